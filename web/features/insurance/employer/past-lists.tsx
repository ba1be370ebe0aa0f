import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { goInApp } from '../../../ui/location.ts';
import styles from './employer.module.css';
import { momentOf, yuan } from './employer-words.ts';
import { ListState } from './list-state.tsx';
import { useEmployerTexts } from './use-employer-texts.ts';

/** The newest lists with what became of them. */
export function PastLists({ files }: { files: readonly EmployerFileView[] }) {
  const m = useEmployerTexts();
  return (
    <section className={styles.card} aria-labelledby="past-lists">
      <h2 id="past-lists">{m.past}</h2>
      {files.length === 0 && <p className={styles.quiet}>{m.pastEmpty}</p>}
      <ul className={styles.past}>
        {files.map((file) => (
          <li key={file.id} data-row="">
            <div className={styles.line}>
              <a
                href={insuranceOfficePaths.employerFile(file.id)}
                className={styles.name}
                data-open=""
                onClick={goInApp}
              >
                {file.fileName}
              </a>
              <ListState state={file.state} />
            </div>
            <span className={styles.quiet}>
              {momentOf(file.createdAt)} · {file.employerName}
              {file.state !== 'checking' &&
                file.state !== 'discarded' &&
                ` · ${m.counts(file.counts.good, file.counts.bad, file.counts.already)} · ${m.totals.yuan(yuan(file.ownFen))}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
