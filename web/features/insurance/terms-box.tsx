import type { Figure, PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { enrol as en } from '../../client/messages/en/enrol.ts';
import { enrol as zh } from '../../client/messages/zh/enrol.ts';
import { useLanguage } from '../../client/messages.ts';
import { yuanOf } from '../../client/money.ts';
import { useTexts } from '../../client/texts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Folded } from './folded.tsx';
import styles from './insurance.module.css';

/** The terms in a few lines; each figure that is not verified wears a badge. */
export function TermsBox({ terms }: { terms: PolicyTerms }) {
  const m = useTexts({ zh, en });
  const language = useLanguage();
  const t = m.terms;
  const { medical, hospital, disability, death } = terms;
  const firm: [figures: Figure<unknown>[], words: string][] = [
    [[terms.coverLimitFen], t.limit(yuanOf(terms.coverLimitFen.value))],
    [[terms.minAge, terms.maxAge], t.ages(terms.minAge.value, terms.maxAge.value)],
    [
      [terms.ownShareFenPerDay, terms.subsidyFenPerDay],
      m.price.perDay(yuanOf(terms.ownShareFenPerDay.value), yuanOf(terms.subsidyFenPerDay.value)),
    ],
    [[terms.startsAfterDays], t.starts(terms.startsAfterDays.value)],
    [[terms.longestTermDays], t.longest(terms.longestTermDays.value)],
    [[terms.cancelAheadDays], t.cancel(terms.cancelAheadDays.value)],
    [[terms.reportWithinHours], t.report(terms.reportWithinHours.value)],
    [
      [medical],
      t.medical(medical.value.sharePercent, yuanOf(medical.value.deductibleFen), yuanOf(medical.value.limitFen)),
    ],
    [[hospital], t.hospital(yuanOf(hospital.value.fenPerDay), hospital.value.daysPerStay, hospital.value.daysInAll)],
    [[disability], t.disability(yuanOf(disability.value.limitFen))],
    [[death], t.death(yuanOf(death.value.limitFen))],
  ];
  const someUnverified = firm.some(([figures]) => figures.some(({ certainty }) => certainty === 'unverified'));
  return (
    <Folded title={t.heading} note={t.limit(yuanOf(terms.coverLimitFen.value))}>
      <p>{terms.name[language]}</p>
      <ul className={styles.terms}>
        {firm.map(([figures, words]) => (
          <li key={words} title={figures[0]?.source}>
            <span>{words}</span>
            {figures.some(({ certainty }) => certainty === 'unverified') && (
              <Badge tone="warning">{m.unverified}</Badge>
            )}
          </li>
        ))}
      </ul>
      {someUnverified && <p className={styles.quiet}>{m.unverifiedLong}</p>}
      <p className={styles.quiet}>{t.version(terms.version)}</p>
    </Folded>
  );
}

/** A mark beside one figure. */
export function UnverifiedMark({ figures }: { figures: readonly Figure<unknown>[] }) {
  const { unverified } = useTexts({ zh, en });
  return figures.some(({ certainty }) => certainty === 'unverified') && <Badge tone="warning">{unverified}</Badge>;
}
