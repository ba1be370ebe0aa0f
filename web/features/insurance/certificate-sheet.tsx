import { useState } from 'react';
import type { CertificateView } from '#domain/insurance/enrolment-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insuranceApiPaths } from '../../client/insurance-paths.ts';
import { cover as en } from '../../client/messages/en/cover.ts';
import { enrol as enrolEn } from '../../client/messages/en/enrol.ts';
import { cover as zh } from '../../client/messages/zh/cover.ts';
import { enrol as enrolZh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { yuanOf } from '../../client/money.ts';
import { useTexts } from '../../client/texts.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './certificate.module.css';
import { dayWords, momentWords, rangesWords } from './day-words.ts';

/** What anybody may see who has the code: on a phone, and on one sheet of A4. */
export function CertificateSheet({ certificate }: { certificate: CertificateView }) {
  const { cert: m } = useTexts({ zh, en });
  const texts = useTexts({ zh: enrolZh, en: enrolEn });
  const { shell, places } = useMessages();
  const [qrFailed, setQrFailed] = useState(false);
  const { state, maskedName, idEnding, days, insuredAt, code } = certificate;
  const checkedAtMs = Date.parse(certificate.checkedAt);
  const today = shanghaiDay(checkedAtMs);
  const holds = state === 'covered_today' || state === 'covers_later_days';
  return (
    <article className={styles.sheet}>
      <p className={styles.title}>{m.title}</p>
      <p className={styles.name}>{m.name}</p>
      <p className={styles.state} data-state={state}>
        <Icon name={holds ? 'check' : 'warning'} /> {m.states[state]}
      </p>
      {certificate.demo && <p className={styles.demo}>{m.demo}</p>}
      <dl className={styles.facts}>
        <div>
          <dt>{m.person}</dt>
          <dd>
            <strong>{maskedName ?? m.erased}</strong>
            {idEnding && <span>{m.idEnding(idEnding)}</span>}
          </dd>
        </div>
        <div>
          <dt>{m.days}</dt>
          <dd>
            <strong>
              {days.length
                ? `${rangesWords(days, today, places.time, texts)} · ${texts.days(certificate.coveredDays)}`
                : m.none}
            </strong>
          </dd>
        </div>
        <div>
          <dt>{m.limit}</dt>
          <dd>{texts.yuan(yuanOf(certificate.coverLimitFen))}</dd>
        </div>
        {insuredAt && (
          <div>
            <dt>{m.since}</dt>
            <dd>{`${dayWords(shanghaiDay(Date.parse(insuredAt)), '', places.time)} ${momentWords(Date.parse(insuredAt), shanghaiDay(Date.parse(insuredAt)), places.time)}`}</dd>
          </div>
        )}
        <div>
          <dt>{m.terms}</dt>
          <dd>{certificate.termsVersion}</dd>
        </div>
        <div>
          <dt>{m.code}</dt>
          <dd className={styles.code}>{code}</dd>
        </div>
      </dl>
      {qrFailed ? (
        <p role="alert">{m.qrFailed}</p>
      ) : (
        <img
          className={styles.qr}
          src={insuranceApiPaths.certificateQr(code)}
          alt={m.qrAlt}
          width={240}
          height={240}
          onError={() => setQrFailed(true)}
        />
      )}
      <p className={styles.small}>
        {m.scan} {idEnding && m.compare}
      </p>
      <p className={styles.small}>
        {shell.appName} ·{' '}
        {m.checked(`${dayWords(today, '', places.time)} ${momentWords(checkedAtMs, today, places.time)}`)}
      </p>
    </article>
  );
}
