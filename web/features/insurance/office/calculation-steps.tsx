import type { CalculationStep } from '#domain/insurance/claim-contract.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import styles from './desk.module.css';

/** From what was put in to the amount: each step with the clause behind it and whether that is verified. */
export function CalculationSteps({ steps, amountFen }: { steps: readonly CalculationStep[]; amountFen: number }) {
  const words = useTexts({ zh: wordsZh, en: wordsEn });
  const { one, assess: m } = useTexts({ zh, en });
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => (
        <li key={`${step.code} ${index}`}>
          <span>
            <span>
              {words.steps[step.code]?.(step.params) ?? words.otherStep}{' '}
              {step.certainty === 'unverified' && <Badge tone="warning">{m.unverified}</Badge>}
            </span>
            {step.clause && <span className={styles.quiet}>{words.clause(step.clause)}</span>}
          </span>
          <span>{yuanOf(step.amountFen)}</span>
        </li>
      ))}
      <li>
        <strong>{one.sum}</strong>
        <strong>{yuanOf(amountFen)}</strong>
      </li>
    </ol>
  );
}
