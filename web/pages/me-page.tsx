import { useSession } from '../client/accounts.ts';
import { doors as doorsEn } from '../client/messages/en/doors.ts';
import { me as en } from '../client/messages/en/me.ts';
import { doors as doorsZh } from '../client/messages/zh/doors.ts';
import { me as zh } from '../client/messages/zh/me.ts';
import { useMessages } from '../client/messages.ts';
import { officePaths } from '../client/office-paths.ts';
import { paths } from '../client/paths.ts';
import { useRefusals } from '../client/refusals.ts';
import { useTexts } from '../client/texts.ts';
import { LooksSection } from '../features/accounts/looks-section.tsx';
import { MyProtection, TakeOrErase, WhoIAm } from '../features/accounts/me-sections.tsx';
import styles from '../features/accounts/me.module.css';
import { PersonalDataSection } from '../features/accounts/personal-data-section.tsx';
import { MyInsurance } from '../features/insurance/my-insurance.tsx';
import { MyReports } from '../features/places/my-reports.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { ButtonLink } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SettingsButton } from '../shell/settings-button.tsx';

/** `/me`: what one reported from this phone; and, signed in, who one is and what is kept of one. */
export function MePage() {
  const { shell } = useMessages();
  const m = useTexts({ zh, en });
  const session = useSession();
  const doors = useTexts({ zh: doorsZh, en: doorsEn });
  const refusal = useRefusals();
  const nowMs = useMinute();
  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.map(), label: shell.back }}
      actions={<SettingsButton />}
    >
      {session.status === 'loading' && <Skeleton rows={2} label={m.loading} />}
      {session.status === 'failed' && <p role="alert">{refusal(session.error)}</p>}
      {session.status === 'out' && (
        <section className={styles.section}>
          <p>{m.signedOut}</p>
          <div className={styles.actions}>
            <ButtonLink
              variant="primary"
              icon={laterIcons.person}
              href={officePaths.signIn(officePaths.me())}
              onClick={goInApp}
            >
              {m.signIn}
            </ButtonLink>
          </div>
        </section>
      )}
      {session.status === 'in' && <WhoIAm me={session.me} />}
      <section className={styles.section} aria-labelledby="my-insurance">
        <h2 id="my-insurance">{doors.heading}</h2>
        <MyInsurance signedIn={session.status === 'in'} nowMs={nowMs} />
      </section>
      <section className={styles.section} aria-labelledby="my-reports">
        <h2 id="my-reports">{m.reports.heading}</h2>
        <MyReports />
      </section>
      {session.status === 'in' && (
        <>
          <PersonalDataSection />
          <LooksSection />
          <MyProtection me={session.me} />
          <TakeOrErase />
        </>
      )}
    </Page>
  );
}
