import { TextField } from '../../ui/field.tsx';
import type { FormPart } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { useEditorTexts } from './use-editor-texts.ts';

export function NoteSection({ document, onChange, problemAt, changedAt }: FormPart) {
  const t = useEditorTexts();
  return (
    <FormSection name="note" title={t.sections.note}>
      <TextField
        label={t.fields.phone}
        type="tel"
        value={document.phone ?? ''}
        error={problemAt('phone')}
        changed={changedAt('phone')}
        onChange={(phone) => onChange({ phone })}
      />
      <TextField
        label={t.fields.note}
        hint={t.fields.noteHint}
        rows={3}
        value={document.note ?? ''}
        error={problemAt('note')}
        changed={changedAt('note')}
        onChange={(note) => onChange({ note })}
      />
    </FormSection>
  );
}
