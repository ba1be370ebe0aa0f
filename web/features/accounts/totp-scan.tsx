import { Suspense } from 'react';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { useTexts } from '../../client/texts.ts';
import { later } from '../../ui/later.ts';
import { BackupCodes } from './backup-codes.tsx';
import styles from './me.module.css';
import { totpSecret } from './totp-secret.ts';

const QrCode = later(async () => (await import('../../ui/qr-code.tsx')).QrCode);

/** What an authenticator reads, and the codes for a day without it. */
export function TotpScan({ uri, backupCodes }: { uri: string; backupCodes: readonly string[] }) {
  const { totp: m } = useTexts({ zh, en });
  return (
    <div className={styles.scan}>
      <p>{m.scan}</p>
      <Suspense fallback={<div className={styles.qrRoom} />}>
        <QrCode text={uri} label={m.qrAlt} />
      </Suspense>
      <p>
        {m.secret}: <code className={styles.secret}>{totpSecret(uri) ?? uri}</code>
      </p>
      <BackupCodes codes={backupCodes} />
    </div>
  );
}
