import type { CertificateView } from '#domain/insurance/enrolment-contract.ts';
import { insuranceApiPaths, insurancePaths } from '../client/insurance-paths.ts';
import { cover as en } from '../client/messages/en/cover.ts';
import { cover as zh } from '../client/messages/zh/cover.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { useInsuranceRefusals } from '../client/insurance-refusals.ts';
import { RequestRefused } from '../client/request.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { CertificateSheet } from '../features/insurance/certificate-sheet.tsx';
import certificateStyles from '../features/insurance/certificate.module.css';
import styles from '../features/insurance/insurance.module.css';
import { Button, ButtonLink, IconButton } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp } from '../ui/location.ts';
import { showToast } from '../ui/notices.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** `/certificates/:code`: anybody who has the code checks here whether somebody is covered. */
export function CertificatePage({ code }: { code: string }) {
  const { shell } = useMessages();
  const { cert: m } = useTexts({ zh, en });
  const asked = useAsked<CertificateView>(insuranceApiPaths.certificate(code));
  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.map(), label: shell.back }}
      actions={<IconButton icon={laterIcons.share} label={m.share} onClick={() => void share()} />}
    >
      {asked.status === 'loading' && <Skeleton rows={5} label={m.loading} />}
      {asked.status === 'failed' && <NoCertificate error={asked.error} retry={asked.retry} />}
      {asked.status === 'ready' && (
        <>
          <CertificateSheet certificate={asked.data} />
          <div className={classes(styles.actions, styles.grow, certificateStyles.aside)}>
            <Button variant="primary" icon={laterIcons.printer} onClick={() => window.print()}>
              {m.print}
            </Button>
            <ButtonLink icon={laterIcons.paper} href={insurancePaths.newClaim({ channel: 'me' })} onClick={goInApp}>
              {m.claim}
            </ButtonLink>
          </div>
        </>
      )}
    </Page>
  );

  async function share(): Promise<void> {
    const url = window.location.href;
    if ('share' in navigator) {
      // Closing the sheet of the phone is no failure.
      await navigator.share({ title: m.title, url }).catch(() => {});
      return;
    }
    await (navigator as Navigator).clipboard?.writeText(url).then(() => showToast({ text: m.shared }));
  }
}

function NoCertificate({ error, retry }: { error: unknown; retry: () => void }) {
  const { cert: m } = useTexts({ zh, en });
  const refusal = useInsuranceRefusals();
  const unknown = error instanceof RequestRefused && (error.status === 404 || error.status === 400);
  return (
    <div className={styles.notice} data-tone="warning" role="alert">
      <p>{unknown ? m.notFound : refusal(error)}</p>
      {!unknown && (
        <Button icon="refresh" onClick={retry}>
          {m.retry}
        </Button>
      )}
    </div>
  );
}
