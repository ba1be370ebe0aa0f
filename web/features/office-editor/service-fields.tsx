import { PRICES, type Price } from '#domain/places/catalogue.ts';
import type { ServiceDocument } from '#domain/places/site-document.ts';
import { PlaceMark } from '../../map/place-mark.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { TextField } from '../../ui/field.tsx';
import { FacilitiesField } from './facilities-field.tsx';
import type { FormPart } from './form-context.ts';
import { hoursWords, seasonWords } from './hours-words.ts';
import { HoursField } from './hours-field.tsx';
import { SeasonField } from './season-field.tsx';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';

export function ServiceFields({
  service,
  open,
  onOpenChange,
  onServiceChange,
  onRemove,
  onCopyHours,
  problemAt,
  changedAt,
  today,
  nowMs,
}: FormPart & {
  service: ServiceDocument;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onServiceChange: (change: Partial<ServiceDocument>) => void;
  onRemove: () => void;
  /** Null where there is no other service. */
  onCopyHours: (() => void) | null;
}) {
  const t = useEditorTexts();
  const path = `services.${service.service}`;
  const name = t.names.services[service.service];
  const summary = [
    service.season && seasonWords(service.season, t),
    service.hours === null ? t.services.summaryUnknown : hoursWords(service.hours, t),
    service.price && t.services.priceNames[service.price],
  ];

  return (
    <details
      className={styles.service}
      data-service={service.service}
      open={open}
      onToggle={({ currentTarget }) => onOpenChange(currentTarget.open)}
    >
      <summary>
        <PlaceMark category={service.service} size={28} />
        <span className={styles.serviceName}>
          <strong>{name}</strong>
          <span className={styles.serviceSummary}>{summary.filter(Boolean).join(' · ')}</span>
        </span>
        {changedAt(path) && <Badge tone="accent">{t.change.after}</Badge>}
      </summary>
      {open && (
        <div className={styles.serviceBody}>
          <section data-part="hours" className={styles.part}>
            <h3>{t.fields.hours}</h3>
            <HoursField
              hours={service.hours}
              error={problemAt(`${path}.hours`)}
              changed={changedAt(`${path}.hours`)}
              today={today}
              nowMs={nowMs}
              onChange={(hours) => onServiceChange({ hours })}
            />
            <SeasonField season={service.season} onChange={(season) => onServiceChange({ season })} />
            {onCopyHours && <Button onClick={onCopyHours}>{t.services.copyHours}</Button>}
          </section>
          <section data-part="facilities" className={styles.part}>
            <h3>{t.services.facilities}</h3>
            <FacilitiesField
              facilities={service.facilities}
              onChange={(facilities) => onServiceChange({ facilities })}
            />
          </section>
          <section className={styles.part}>
            <ChoiceGroup<Price | 'unknown'>
              legend={t.fields.price}
              value={service.price ?? 'unknown'}
              onChange={(price) => onServiceChange({ price: price === 'unknown' ? null : price })}
              options={[
                ...PRICES.map((value) => ({ value, label: t.services.priceNames[value] })),
                { value: 'unknown', label: t.notKnown },
              ]}
            />
            <div className={styles.pair}>
              <TextField
                label={t.fields.priceNote}
                value={service.priceNote ?? ''}
                error={problemAt(`${path}.priceNote`)}
                changed={changedAt(`${path}.priceNote`)}
                onChange={(priceNote) => onServiceChange({ priceNote })}
              />
              <TextField
                label={t.fields.capacity}
                type="number"
                inputMode="numeric"
                value={service.capacity === null ? '' : String(service.capacity)}
                error={problemAt(`${path}.capacity`)}
                changed={changedAt(`${path}.capacity`)}
                onChange={(text) => onServiceChange({ capacity: text === '' ? null : Number(text) })}
              />
            </div>
            <TextField
              label={t.fields.serviceNote}
              rows={2}
              value={service.note ?? ''}
              error={problemAt(`${path}.note`)}
              changed={changedAt(`${path}.note`)}
              onChange={(note) => onServiceChange({ note })}
            />
          </section>
          <Button icon="close" onClick={onRemove} className={styles.remove}>
            {t.services.remove(name)}
          </Button>
        </div>
      )}
    </details>
  );
}
