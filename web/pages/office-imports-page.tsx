import type { ImportView } from '#domain/places/import-contract.ts';
import { importApiPaths } from '../client/imports.ts';
import { useAsked } from '../client/use-asked.ts';
import { PastImports } from '../features/places/office/import/past-imports.tsx';
import { UploadForm } from '../features/places/office/import/upload-form.tsx';
import { useImportTexts } from '../features/places/office/import/use-import-texts.ts';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import styles from '../features/places/office/import/import.module.css';
import { OfficeLayout } from './office-layout.tsx';

/** `/office/import`: hands a list in; the earlier ones below. */
export function OfficeImportsPage() {
  const m = useImportTexts();
  return (
    <OfficeLayout title={m.title} action="site.import">
      {() => <Imports />}
    </OfficeLayout>
  );
}

function Imports() {
  const m = useImportTexts();
  const asked = useAsked<{ imports: ImportView[] }>(importApiPaths.imports());
  const known = asked.status === 'ready' ? [...new Set(asked.data.imports.map(({ source }) => source))] : [];
  return (
    <>
      <p className={styles.lead}>{m.lead}</p>
      <div className={styles.two}>
        <UploadForm known={known} />
        <WhenAsked asked={asked}>
          {({ imports }) => <PastImports imports={imports} onChanged={asked.retry} />}
        </WhenAsked>
      </div>
    </>
  );
}
