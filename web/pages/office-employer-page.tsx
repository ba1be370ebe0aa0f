import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { employerApiPaths } from '../client/employer-files.ts';
import { useAsked } from '../client/use-asked.ts';
import styles from '../features/insurance/employer/employer.module.css';
import { PastLists } from '../features/insurance/employer/past-lists.tsx';
import { UploadList } from '../features/insurance/employer/upload-list.tsx';
import { useEmployerTexts } from '../features/insurance/employer/use-employer-texts.ts';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { OfficeLayout } from './office-layout.tsx';

/** `/office/employer`: hands a list of workers in; the earlier ones below. */
export function OfficeEmployerPage() {
  const m = useEmployerTexts();
  return (
    <OfficeLayout title={m.title} action="enrolment.employ" search={null}>
      {() => <Lists />}
    </OfficeLayout>
  );
}

function Lists() {
  const m = useEmployerTexts();
  const asked = useAsked<{ files: EmployerFileView[] }>(employerApiPaths.files());
  return (
    <>
      <p className={styles.lead}>{m.lead}</p>
      <div className={styles.two}>
        <UploadList />
        <WhenAsked asked={asked}>{({ files }) => <PastLists files={files} />}</WhenAsked>
      </div>
    </>
  );
}
