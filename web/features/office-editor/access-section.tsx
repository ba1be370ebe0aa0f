import { ACCESS_KINDS } from '#domain/places/catalogue.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { TextField } from '../../ui/field.tsx';
import type { FormPart } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { useEditorTexts } from './use-editor-texts.ts';

export function AccessSection({ document, onChange, problemAt, changedAt }: FormPart) {
  const t = useEditorTexts();
  return (
    <FormSection name="access" title={t.sections.access}>
      <ChoiceGroup
        legend={t.fields.access}
        value={document.access}
        onChange={(access) => onChange({ access })}
        options={ACCESS_KINDS.map((value) => ({ value, label: t.names.access[value]! }))}
      />
      <TextField
        label={t.fields.accessNote}
        hint={t.fields.accessNoteHint}
        rows={2}
        value={document.accessNote ?? ''}
        error={problemAt('accessNote')}
        changed={changedAt('accessNote')}
        onChange={(accessNote) => onChange({ accessNote })}
      />
    </FormSection>
  );
}
