import { useState } from 'react';
import type { EnrolmentView, MyCover } from '#domain/insurance/enrolment-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { useSession } from '../client/accounts.ts';
import { insurancePaths } from '../client/insurance-paths.ts';
import { cover as en } from '../client/messages/en/cover.ts';
import { enrol as enrolEn } from '../client/messages/en/enrol.ts';
import { cover as zh } from '../client/messages/zh/cover.ts';
import { enrol as enrolZh } from '../client/messages/zh/enrol.ts';
import { useMessages } from '../client/messages.ts';
import { knownFrom, useMyCover } from '../client/my-cover.ts';
import { paths } from '../client/paths.ts';
import { useInsuranceRefusals } from '../client/insurance-refusals.ts';
import { useTexts } from '../client/texts.ts';
import { CancelDialog } from '../features/insurance/cancel-dialog.tsx';
import { ConfirmPerson } from '../features/insurance/confirm-person.tsx';
import { CoverNow } from '../features/insurance/cover-now.tsx';
import { coveredDays } from '../features/insurance/covered-days.ts';
import { CalendarLegend, DayCalendar } from '../features/insurance/day-calendar.tsx';
import { EnrolmentCard } from '../features/insurance/enrolment-card.tsx';
import styles from '../features/insurance/insurance.module.css';
import { RenewButton } from '../features/insurance/renew-button.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { goInApp } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { InlineSignIn } from './inline-sign-in.tsx';

/** `/cover`: on which days one is covered and by whom, certificates, refunds, renewing and giving back. */
export function CoverPage() {
  const { shell } = useMessages();
  const m = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const session = useSession();
  const refusal = useInsuranceRefusals();
  const state = useMyCover(session.status === 'in');
  const failed = session.status === 'failed' ? session.error : state.status === 'failed' ? state.error : null;
  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.me(), label: shell.back }}
    >
      {session.status === 'out' && (
        <section className={styles.section}>
          <p>{m.signedOut}</p>
          <InlineSignIn />
        </section>
      )}
      {failed !== null && (
        <div className={styles.notice} role="alert">
          <p>{refusal(failed)}</p>
          <Button icon="refresh" onClick={state.retry}>
            {texts.retry}
          </Button>
        </div>
      )}
      {(session.status === 'loading' || state.status === 'loading') && <Skeleton rows={5} label={texts.loading} />}
      {state.status === 'ready' && (
        <>
          {state.refresh === 'failed' && <p className={styles.quiet}>{m.offline}</p>}
          <Cover cover={state.cover} onChange={state.retry} />
        </>
      )}
    </Page>
  );
}

function Cover({ cover, onChange }: { cover: MyCover; onChange: () => void }) {
  const m = useTexts({ zh, en });
  const [cancelling, setCancelling] = useState<EnrolmentView | null>(null);
  const { today, enrolments } = cover;
  const known = knownFrom(cover);
  const days = coveredDays(known);
  const all = [...days.keys(), today].sort();
  const later = addDays(today, 40);
  return (
    <>
      <CoverNow known={known} today={today} />
      <ConfirmPerson cover={cover} onDone={onChange} />
      <RenewButton cover={cover} />
      <ButtonLink icon="plus" href={insurancePaths.enrol({ channel: 'me' })} onClick={goInApp}>
        {m.enrol}
      </ButtonLink>
      <section className={styles.section} aria-labelledby="covered-days">
        <h2 id="covered-days">{m.calendar}</h2>
        <DayCalendar
          today={today}
          firstMonth={all[0]!.slice(0, 7)}
          lastMonth={(all.at(-1)! > later ? all.at(-1)! : later).slice(0, 7)}
          initialMonth={today.slice(0, 7)}
          covered={days}
          label={m.calendar}
        />
        <CalendarLegend covered={days} />
      </section>
      <section className={styles.section} aria-labelledby="enrolments">
        <h2 id="enrolments">{m.mine}</h2>
        {enrolments.length === 0 && <p className={styles.quiet}>{m.nothing}</p>}
        <ul className={styles.rows}>
          {enrolments.map((enrolment) => (
            <EnrolmentCard
              key={enrolment.id}
              enrolment={enrolment}
              today={today}
              onCancel={() => setCancelling(enrolment)}
            />
          ))}
        </ul>
      </section>
      <CancelDialog enrolment={cancelling} today={today} onClose={() => setCancelling(null)} onDone={onChange} />
    </>
  );
}
