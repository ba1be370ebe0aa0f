import { useState } from 'react';
import type { SampleView } from '#domain/insurance/review-contract.ts';
import { insuranceOfficeApiPaths, insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { officeFairness as en } from '../client/messages/en/office-fairness.ts';
import { officeFairness as zh } from '../client/messages/zh/office-fairness.ts';
import { yuanOf } from '../client/money.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import styles from '../features/insurance/office/desk.module.css';
import { SampleItems } from '../features/insurance/office/sample-items.tsx';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { Badge } from '../ui/badge.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp } from '../ui/location.ts';
import { showToast } from '../ui/notices.tsx';
import { OfficeLayout } from './office-layout.tsx';

/** `/office/fairness/:id`: one sample, drawn again just now, and its second looks. */
export function OfficeSamplePage({ id }: { id: string }) {
  const { sample: m } = useTexts({ zh, en });
  return (
    <OfficeLayout
      title={m.title}
      action={['claim.supervise', 'claim.review']}
      toolbar={
        <ButtonLink variant="quiet" icon={laterIcons.back} href={insuranceOfficePaths.fairness()} onClick={goInApp}>
          {m.back}
        </ButtonLink>
      }
    >
      {() => <Sample id={id} />}
    </OfficeLayout>
  );
}

function Sample({ id }: { id: string }) {
  const { sample: m, drawnAgain, samples } = useTexts({ zh, en });
  const asked = useAsked<SampleView>(insuranceOfficeApiPaths.sample(id));
  const [latest, setLatest] = useState<SampleView | null>(null);
  return (
    <WhenAsked asked={asked}>
      {(answer) => {
        const sample = latest && latest.reviewed > answer.reviewed ? latest : answer;
        return (
          <div className={styles.part}>
            <section className={styles.card} aria-label={m.title}>
              <dl className={styles.facts}>
                <dt>{m.seed}</dt>
                <dd>{sample.seed}</dd>
                <dt>{m.algorithm}</dt>
                <dd>{sample.algorithm}</dd>
                <dt>{samples.period}</dt>
                <dd>
                  {sample.fromDay} – {sample.toDay}
                </dd>
                <dt>{samples.frame}</dt>
                <dd>
                  {m.frame(sample.frameCount, yuanOf(sample.frameFen))} · {m.size(sample.size, sample.valuePercent)}
                </dd>
                <dt>{m.again}</dt>
                <dd>
                  <Badge tone={sample.drawnAgain === 'same' ? 'good' : 'warning'}>
                    {drawnAgain[sample.drawnAgain]}
                  </Badge>
                </dd>
                <dt>{samples.reviewed}</dt>
                <dd>
                  {sample.reviewed} / {sample.drawn} · {samples.differs} {sample.differs}
                </dd>
              </dl>
            </section>
            <SampleItems
              sample={sample}
              onChange={(next) => {
                showToast({ text: m.done });
                setLatest(next);
              }}
            />
          </div>
        );
      }}
    </WhenAsked>
  );
}
