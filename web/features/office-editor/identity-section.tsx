import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import type { FormPart } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';

/** What the place is called, who runs it, in which street it is and how it is addressed. */
export function IdentitySection({
  organisations,
  handoverTo,
  ...form
}: FormPart & {
  organisations: readonly { id: string; name: string }[];
  /** The street that will be asked to take the place. */
  handoverTo: string | null;
}) {
  const t = useEditorTexts();
  const { document, stored, onChange, problemAt, changedAt, ground } = form;
  const streets = ground.streets.filter(
    ({ parentCode }) => !document.districtCode || parentCode === document.districtCode,
  );
  return (
    <FormSection name="identity" title={t.sections.identity}>
      <TextField
        label={t.fields.name}
        value={document.name}
        required
        error={problemAt('name')}
        changed={changedAt('name')}
        onChange={(name) => onChange({ name })}
      />
      <div className={styles.pair}>
        <SelectField
          label={t.fields.districtCode}
          value={document.districtCode ?? ''}
          changed={changedAt('districtCode')}
          onChange={(code) => onChange({ districtCode: code || null, streetCode: null })}
        >
          <option value="">{t.fields.districtNone}</option>
          {ground.districts.map((district) => (
            <option key={district.code} value={district.code}>
              {ground.nameOf(district)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t.fields.streetCode}
          value={document.streetCode ?? ''}
          changed={changedAt('streetCode')}
          error={problemAt('streetCode')}
          onChange={(code) =>
            onChange({ streetCode: code || null, districtCode: code ? code.slice(0, 6) : document.districtCode })
          }
        >
          <option value="">{t.fields.streetNone}</option>
          {streets.map((street) => (
            <option key={street.code} value={street.code}>
              {ground.nameOf(street)}
            </option>
          ))}
        </SelectField>
      </div>
      {handoverTo && stored && (
        <output className={styles.note}>
          {t.handover.why(ground.names.jurisdiction(stored.streetCode!), ground.names.jurisdiction(handoverTo))}{' '}
          <Button onClick={() => onChange({ streetCode: stored.streetCode, districtCode: stored.districtCode })}>
            {t.position.undo}
          </Button>
        </output>
      )}
      <TextField
        label={t.fields.address}
        hint={t.fields.addressHint}
        rows={2}
        value={document.address ?? ''}
        error={problemAt('address')}
        changed={changedAt('address')}
        onChange={(address) => onChange({ address })}
      />
      <div className={styles.pair}>
        <SelectField
          label={t.fields.organisationId}
          value={document.organisationId ?? ''}
          changed={changedAt('organisationId')}
          onChange={(id) => onChange({ organisationId: id || null })}
        >
          <option value="">{t.fields.organisationNone}</option>
          {document.organisationId && !organisations.some(({ id }) => id === document.organisationId) && (
            <option value={document.organisationId}>{document.organisationId}</option>
          )}
          {organisations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t.fields.nameEn}
          value={document.nameEn ?? ''}
          error={problemAt('nameEn')}
          changed={changedAt('nameEn')}
          onChange={(nameEn) => onChange({ nameEn })}
        />
      </div>
    </FormSection>
  );
}
