import { useState } from 'react';
import type { Fairness } from '#domain/insurance/fairness-contract.ts';
import type { SampleRow } from '#domain/insurance/review-contract.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import { insuranceOfficeApiPaths, insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { officeFairness as en } from '../client/messages/en/office-fairness.ts';
import { officeFairness as zh } from '../client/messages/zh/office-fairness.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import styles from '../features/insurance/office/desk.module.css';
import { DrawForm } from '../features/insurance/office/draw-form.tsx';
import { FairnessView } from '../features/insurance/office/fairness-view.tsx';
import { SampleList } from '../features/insurance/office/sample-list.tsx';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp, navigate, useSearch } from '../ui/location.ts';
import { showToast } from '../ui/notices.tsx';
import { OfficeLayout } from './office-layout.tsx';

const DAYS = 90;

/** `/office/fairness?from=&to=`: how long, how decided, and the samples. Assessors see the samples they review. */
export function OfficeFairnessPage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout
      title={m.title}
      action={['claim.supervise', 'claim.review']}
      toolbar={
        <ButtonLink
          variant="quiet"
          icon={laterIcons.external}
          href={insuranceOfficePaths.publicFairness()}
          onClick={goInApp}
        >
          {m.open.title}
        </ButtonLink>
      }
    >
      {(me) => (
        <>
          {me.actions.includes('claim.supervise') && <Period />}
          <Samples mayDraw={me.actions.includes('claim.supervise')} />
        </>
      )}
    </OfficeLayout>
  );
}

function Period() {
  const m = useTexts({ zh, en });
  const today = shanghaiDay(useMinute());
  const said = new URLSearchParams(useSearch());
  const from = said.get('from') || addDays(today, 1 - DAYS);
  const to = said.get('to') || today;
  const asked = useAsked<Fairness>(insuranceOfficeApiPaths.fairness(from, to));
  const show = (change: Record<string, string>) =>
    navigate(insuranceOfficePaths.fairness(`?${new URLSearchParams({ from, to, ...change })}`), { replace: true });
  return (
    <>
      <search className={styles.fields} aria-label={m.period}>
        <TextField label={m.from} type="date" value={from} onChange={(day) => day && show({ from: day })} />
        <TextField label={m.to} type="date" value={to} onChange={(day) => day && show({ to: day })} />
      </search>
      <WhenAsked asked={asked}>{(data) => <FairnessView data={data} />}</WhenAsked>
    </>
  );
}

function Samples({ mayDraw }: { mayDraw: boolean }) {
  const { samples: m } = useTexts({ zh, en });
  const today = shanghaiDay(useMinute());
  const [drawing, setDrawing] = useState(false);
  const asked = useAsked<{ samples: SampleRow[] }>(insuranceOfficeApiPaths.reviews());
  return (
    <section className={styles.card} aria-labelledby="fair-samples">
      <div className={styles.spread}>
        <h2 id="fair-samples">{m.heading}</h2>
        {mayDraw && (
          <Button aria-expanded={drawing} icon="plus" onClick={() => setDrawing(!drawing)}>
            {m.draw}
          </Button>
        )}
      </div>
      <p className={styles.quiet}>{m.hint}</p>
      {drawing && (
        <DrawForm
          today={today}
          onDrawn={({ id, drawn }) => {
            showToast({ text: m.drawn(drawn) });
            navigate(insuranceOfficePaths.sample(id));
          }}
        />
      )}
      <WhenAsked asked={asked}>{({ samples }) => <SampleList samples={samples} />}</WhenAsked>
    </section>
  );
}
