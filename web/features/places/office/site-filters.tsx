import { SERVICES, SITE_STATUSES } from '#domain/places/catalogue.ts';
import { office as officeEn } from '../../../client/messages/en/office.ts';
import { officeSites as en } from '../../../client/messages/en/office-sites.ts';
import { office as officeZh } from '../../../client/messages/zh/office.ts';
import { officeSites as zh } from '../../../client/messages/zh/office-sites.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Field, inputClass } from '../../../ui/field.tsx';
import { useDetails } from '../use-details.ts';
import styles from './site-filters.module.css';
import { AreaSelect } from './area-select.tsx';
import { isNarrowed, NO_QUERY, SITE_SORTS, type SiteQuery } from './site-query.ts';

/** Street, status, service, what is to be checked, and the order. */
export function SiteFilters({ query, onChange }: { query: SiteQuery; onChange: (change: Partial<SiteQuery>) => void }) {
  const m = useTexts({ zh, en });
  const office = useTexts({ zh: officeZh, en: officeEn });
  const card = useDetails();
  return (
    <search className={styles.filters} aria-label={m.filters}>
      <Field label={m.street}>
        {(control) => (
          <AreaSelect
            control={control}
            value={query.street || query.district}
            none={m.all}
            districts
            onChange={(code) =>
              onChange(code.length === 6 ? { district: code, street: '' } : { street: code, district: '' })
            }
          />
        )}
      </Field>
      <Field label={m.status}>
        {(control) => (
          <select
            {...control}
            className={inputClass}
            value={query.status}
            onChange={({ target }) => onChange({ status: target.value as SiteQuery['status'] })}
          >
            <option value="">{m.all}</option>
            {SITE_STATUSES.map((status) => (
              <option key={status} value={status}>
                {office.statuses[status]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={m.service}>
        {(control) => (
          <select
            {...control}
            className={inputClass}
            value={query.service}
            onChange={({ target }) => onChange({ service: target.value as SiteQuery['service'] })}
          >
            <option value="">{m.all}</option>
            {SERVICES.map((service) => (
              <option key={service} value={service}>
                {card.services[service]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={m.sort.label}>
        {(control) => (
          <select
            {...control}
            className={inputClass}
            value={query.sort}
            onChange={({ target }) => onChange({ sort: target.value as SiteQuery['sort'] })}
          >
            {SITE_SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {m.sort[sort]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className={styles.chips}>
        <Chip icon="clock" pressed={query.stale} onPressedChange={(stale) => onChange({ stale })}>
          {m.stale}
        </Chip>
        <Chip icon="pin" pressed={query.unplaced} onPressedChange={(unplaced) => onChange({ unplaced })}>
          {m.unplaced}
        </Chip>
        {isNarrowed(query) && (
          <Button variant="quiet" icon="close" onClick={() => onChange({ ...NO_QUERY, sort: query.sort })}>
            {m.clear}
          </Button>
        )}
      </div>
    </search>
  );
}
