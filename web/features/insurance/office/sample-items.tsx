import { useState } from 'react';
import type { SampleView } from '#domain/insurance/review-contract.ts';
import { insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { claimWords as wordsEn } from '../../../client/messages/en/claim-words.ts';
import { officeClaims as claimsEn } from '../../../client/messages/en/office-claims.ts';
import { officeFairness as en } from '../../../client/messages/en/office-fairness.ts';
import { claimWords as wordsZh } from '../../../client/messages/zh/claim-words.ts';
import { officeClaims as claimsZh } from '../../../client/messages/zh/office-claims.ts';
import { officeFairness as zh } from '../../../client/messages/zh/office-fairness.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { goInApp } from '../../../ui/location.ts';
import { Folded } from '../folded.tsx';
import { CalculationSteps } from './calculation-steps.tsx';
import styles from './desk.module.css';
import { ReviewForm } from './review-form.tsx';

type Item = SampleView['items'][number];

/** The claims of a sample, each with its second look or the form for one. */
export function SampleItems({ sample, onChange }: { sample: SampleView; onChange: (sample: SampleView) => void }) {
  return (
    <ul className={styles.part}>
      {sample.items.map((item) => (
        <li key={item.claimId} data-row="">
          <OneItem item={item} sampleId={sample.id} onChange={onChange} />
        </li>
      ))}
    </ul>
  );
}

function OneItem({
  item,
  sampleId,
  onChange,
}: {
  item: Item;
  sampleId: string;
  onChange: (sample: SampleView) => void;
}) {
  const { sample: m } = useTexts({ zh, en });
  const { states } = useTexts({ zh: claimsZh, en: claimsEn });
  const [open, setOpen] = useState(false);
  const { claimId, number, by, decidedFen, state, mayReview, review } = item;
  return (
    <section className={styles.card} aria-label={number}>
      <div className={styles.spread}>
        <span className={styles.row}>
          <a
            href={insuranceOfficePaths.claim(claimId)}
            data-open=""
            className={styles.rowLink}
            aria-label={m.claim(number)}
            onClick={goInApp}
          >
            {number}
          </a>
          <Badge tone="outline">{m.bys[by] ?? by}</Badge>
          <span className={styles.quiet}>{states[state]}</span>
        </span>
        <span>
          {m.decided} {yuanOf(decidedFen)}
        </span>
      </div>
      {review ? (
        <Reviewed review={review} />
      ) : mayReview ? (
        <div>
          <Button aria-expanded={open} aria-label={m.reviewOf(number)} onClick={() => setOpen(!open)}>
            {open ? m.close : m.review}
          </Button>
        </div>
      ) : (
        <p className={styles.quiet}>{m.waiting}</p>
      )}
      {open && !review && <ReviewForm sampleId={sampleId} claimId={claimId} onDone={onChange} />}
    </section>
  );
}

function Reviewed({ review }: { review: NonNullable<Item['review']> }) {
  const { sample: m } = useTexts({ zh, en });
  const { kinds, declines } = useTexts({ zh: wordsZh, en: wordsEn });
  return (
    <div className={styles.part}>
      <span className={styles.row}>
        {review.agrees ? (
          <Badge tone="good">{m.agrees}</Badge>
        ) : (
          <Badge tone="warning">{m.differs(yuanOf(review.differenceFen))}</Badge>
        )}
        {!review.agrees && review.reviewedFen !== null && <span>{m.reviewedFen(yuanOf(review.reviewedFen))}</span>}
        {review.declineCode && <span>{declines[review.declineCode]}</span>}
      </span>
      {review.words && <p className={styles.text}>{review.words}</p>}
      {review.lines.length > 0 && (
        <Folded title={m.steps}>
          {review.lines.map(({ id, kind, steps, amountFen }) => (
            <div key={id} className={styles.part}>
              <h3>{kinds[kind]}</h3>
              <CalculationSteps steps={steps} amountFen={amountFen} />
            </div>
          ))}
        </Folded>
      )}
    </div>
  );
}
