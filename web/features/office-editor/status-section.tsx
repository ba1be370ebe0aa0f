import { useState } from 'react';
import { isPublicStatus, SITE_STATUSES } from '#domain/places/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { TextField } from '../../ui/field.tsx';
import type { FormPart } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';

export function StatusSection({ siteId, ...form }: FormPart & { siteId: string | null }) {
  const t = useEditorTexts();
  const { document, onChange, changedAt } = form;
  return (
    <FormSection name="status" title={t.sections.status}>
      <ChoiceGroup
        legend={t.fields.status}
        value={document.status}
        onChange={(status) => onChange({ status })}
        options={SITE_STATUSES.map((value) => ({ value, label: t.status.names[value] }))}
      />
      {document.status === 'closed_for_now' && (
        <TextField
          label={t.status.until}
          type="date"
          value={document.statusUntil ?? ''}
          changed={changedAt('statusUntil')}
          onChange={(day) => onChange({ statusUntil: day || null })}
        />
      )}
      {document.status === 'replaced' && <ReplacedBy {...form} siteId={siteId} />}
      {!isPublicStatus(document.status) && <p className={styles.note}>{t.status.hidden}</p>}
      {document.status === 'planned' && form.stored?.status === 'planned' && (
        <Button icon="check" onClick={() => onChange({ status: 'open' })}>
          {t.status.openNow}
        </Button>
      )}
    </FormSection>
  );
}

const MOST_FOUND = 8;

/** The place that took its place, found by name or address among those that riders see. */
function ReplacedBy({ siteId, document, onChange, problemAt, ground }: FormPart & { siteId: string | null }) {
  const t = useEditorTexts();
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length
    ? ground.features
        .filter(({ id, properties }) => {
          const said = `${properties.name} ${properties.address ?? ''}`.toLowerCase();
          return id !== siteId && words.every((word) => said.includes(word));
        })
        .slice(0, MOST_FOUND)
    : [];
  if (document.replacedBy) {
    return (
      <p className={styles.inline}>
        <strong>{t.status.replacedChosen(ground.names.site(document.replacedBy))}</strong>
        <Button onClick={() => onChange({ replacedBy: null })}>{t.status.clear}</Button>
      </p>
    );
  }
  return (
    <div className={styles.part}>
      <TextField
        label={t.status.replacedSearch}
        type="search"
        value={text}
        error={problemAt('replacedBy')}
        hint={words.length && !found.length ? t.status.replacedNone : undefined}
        onChange={setText}
      />
      <div className={styles.choices}>
        {found.map(({ id, properties }) => (
          <Button key={id} wide onClick={() => onChange({ replacedBy: id })} className={styles.found}>
            {properties.name}
            {properties.address && <small>{properties.address}</small>}
          </Button>
        ))}
      </div>
    </div>
  );
}
