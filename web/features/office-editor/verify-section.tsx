import { VERIFIED_FACTS, type VerifiedFact } from '#domain/places/catalogue.ts';
import type { FactState, Freshness, OfficeSite } from '#domain/places/office-contract.ts';
import { VERIFICATION_METHODS, type VerificationMethod } from '#domain/places/office.ts';
import { photos as en } from '../../client/messages/en/photos.ts';
import { photos as zh } from '../../client/messages/zh/photos.ts';
import { useTexts } from '../../client/texts.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { PhotoStrip } from '../../ui/photo-strip.tsx';
import { CheckPhoto } from './check-photo.tsx';
import { FormSection } from './form-section.tsx';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { dayWords } from './words.ts';

export type Check = {
  method: VerificationMethod;
  day: string;
  note: string;
  /** The id of a photo that was handed in. */
  photo?: string | undefined;
};
/** What is verified together with the save. */
export type Checks = Partial<Record<VerifiedFact, Check>>;

const TONES: Record<Freshness, BadgeTone> = {
  fresh: 'good',
  ageing: 'neutral',
  stale: 'warning',
  contested: 'warning',
  never: 'outline',
};

/** Location, hours and facilities, each checked by itself: when and how. */
export function VerifySection({
  facts,
  photos,
  checks,
  onChange,
  today,
  nowMs,
}: {
  facts: readonly FactState[];
  /** Of earlier checks. */
  photos: OfficeSite['verificationPhotos'];
  checks: Checks;
  onChange: (checks: Checks) => void;
  today: string;
  nowMs: number;
}) {
  const t = useEditorTexts();
  const m = t.verify;
  const words = useTexts({ zh, en });
  const fresh = (): Check => ({ method: 'on_site', day: today, note: '' });

  return (
    <FormSection name="verify" title={t.sections.verify}>
      <p className={styles.quiet}>{m.hint}</p>
      <ul className={styles.checks}>
        {VERIFIED_FACTS.map((fact) => {
          const check = checks[fact];
          const change = (of: Partial<Check>) => onChange({ ...checks, [fact]: { ...check!, ...of } });
          return (
            <li key={fact}>
              <div className={styles.checkHead}>
                <CheckField
                  label={m.check(m.facts[fact])}
                  checked={check !== undefined}
                  onChange={(checked) => {
                    const { [fact]: _was, ...others } = checks;
                    onChange(checked ? { ...others, [fact]: fresh() } : others);
                  }}
                />
                <State state={facts.find((one) => one.fact === fact)} nowMs={nowMs} />
              </div>
              {check && (
                <div className={styles.checkBody}>
                  <ChoiceGroup
                    legend={m.method}
                    value={check.method}
                    onChange={(method) => change({ method })}
                    options={VERIFICATION_METHODS.map((value) => ({ value, label: m.methods[value] }))}
                  />
                  <div className={styles.pair}>
                    <TextField
                      label={m.day}
                      type="date"
                      value={check.day}
                      error={check.day > today ? m.future : null}
                      onChange={(day) => change({ day: day || today })}
                    />
                    <TextField label={m.note} value={check.note} onChange={(note) => change({ note })} />
                  </div>
                  <CheckPhoto photo={check.photo} fact={m.facts[fact]} onChange={(photo) => change({ photo })} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {photos.length > 0 && (
        <details>
          <summary className={styles.summary}>{t.photos.checkPhotos}</summary>
          <PhotoStrip
            small
            label={t.photos.checkPhotos}
            words={words}
            photos={photos.map(({ fact, day, link }) => ({
              id: link.url,
              full: link.url,
              thumb: link.thumb ?? link.url,
              alt: t.photos.lastOfCheck(m.facts[fact], day),
            }))}
          />
        </details>
      )}
      {VERIFIED_FACTS.some((fact) => !checks[fact]) && (
        <Button
          icon="check"
          onClick={() => onChange(Object.fromEntries(VERIFIED_FACTS.map((fact) => [fact, checks[fact] ?? fresh()])))}
        >
          {m.all}
        </Button>
      )}
    </FormSection>
  );
}

function State({ state, nowMs }: { state: FactState | undefined; nowMs: number }) {
  const t = useEditorTexts();
  const freshness = state?.freshness ?? 'never';
  return (
    <span className={styles.inline}>
      <Badge tone={TONES[freshness]}>{t.verify.freshness[freshness]}</Badge>
      {state?.verifiedOn && (
        <span className={styles.quiet}>
          {t.verify.last(
            dayWords(state.verifiedOn, nowMs, t),
            state.method ? t.verify.methods[state.method] : (state.source ?? ''),
          )}
        </span>
      )}
    </span>
  );
}
