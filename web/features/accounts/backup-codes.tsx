import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { useTexts } from '../../client/texts.ts';
import styles from './me.module.css';

/** Codes that stand in for the authenticator, each once; to be written down now. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { totp: m } = useTexts({ zh, en });
  return (
    <div className={styles.form}>
      <h3>{m.backup}</h3>
      <p className={styles.quiet}>{m.backupHint}</p>
      <ul className={styles.codes} aria-label={m.backup}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
