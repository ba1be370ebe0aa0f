import type { EnrolmentView } from '#domain/insurance/enrolment-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insurancePaths } from '../../client/insurance-paths.ts';
import { cover as en } from '../../client/messages/en/cover.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { cover as zh } from '../../client/messages/zh/cover.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { yuanOf } from '../../client/money.ts';
import { useTexts } from '../../client/texts.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { goInApp } from '../../ui/location.ts';
import { dayWords, rangesWords } from './day-words.ts';
import styles from './insurance.module.css';

const TONES: Record<EnrolmentView['state'], BadgeTone> = {
  held: 'warning',
  insured: 'good',
  expired: 'neutral',
  cancelled: 'neutral',
};

/** One enrolment: who bought which days, its certificate, refunds, and what can still be done. */
export function EnrolmentCard({
  enrolment,
  today,
  onCancel,
}: {
  enrolment: EnrolmentView;
  today: string;
  onCancel: () => void;
}) {
  const m = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const { time } = useMessages().places;
  const { state, payer, employerName, days, certificateCode, refunds, payment, cancelFrom, id } = enrolment;
  const isOver = state === 'insured' && days.every(({ to }) => to < today);
  return (
    <li className={styles.card}>
      <p className={styles.cardHead}>
        <strong>{payer === 'employer' ? m.byEmployer(employerName ?? '') : m.own}</strong>
        <Badge tone={isOver ? 'neutral' : TONES[state]}>{isOver ? m.over : m.states[state]}</Badge>
      </p>
      <p>
        {[
          days.length > 0 && `${rangesWords(days, today, time, texts)} · ${texts.days(enrolment.coveredDays)}`,
          payer === 'self' && `${texts.price.own} ${texts.yuan(yuanOf(enrolment.ownFen))}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {refunds.map((refund) => (
        <p key={refund.id} className={styles.quiet}>
          {m.refund(
            yuanOf(refund.amountFen),
            refund.days,
            dayWords(shanghaiDay(Date.parse(refund.createdAt)), today, time),
          )}{' '}
          <Badge tone={refund.state === 'failed' ? 'warning' : 'neutral'}>{m.refundStates[refund.state]}</Badge>
          {payment?.provider === 'simulated' && ` ${m.simulated}`}
        </p>
      ))}
      <div className={styles.actions}>
        {state === 'held' && (
          <ButtonLink variant="primary" href={insurancePaths.enrol({ channel: 'me' }, id)} onClick={goInApp}>
            {m.pay}
          </ButtonLink>
        )}
        {state === 'insured' && (
          <ButtonLink icon={laterIcons.paper} href={insurancePaths.certificate(certificateCode)} onClick={goInApp}>
            {m.certificate}
          </ButtonLink>
        )}
        {cancelFrom && (
          <Button variant="quiet" onClick={onCancel}>
            {m.cancel}
          </Button>
        )}
      </div>
    </li>
  );
}
