import { useState } from 'react';
import type { ImportView } from '#domain/places/import-contract.ts';
import { undoImport } from '../../../../client/imports.ts';
import { Button } from '../../../../ui/button.tsx';
import { showToast } from '../../../../ui/notices.tsx';
import { InlineAsk } from '../inline-ask.tsx';
import { useImportTexts } from './use-import-texts.ts';

/** Takes back all that an import stored, after asking once more. */
export function UndoImport({ view, onChanged }: { view: ImportView; onChanged: () => void }) {
  const m = useImportTexts().stored;
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <div>
        <Button icon="refresh" onClick={() => setAsking(true)}>
          {m.undo}
        </Button>
      </div>
    );
  }
  return (
    <InlineAsk
      question={m.undoAsk((view.counts.new ?? 0) + (view.counts.changed ?? 0))}
      wordsLabel={m.reason}
      action={m.undo}
      rowGoes={false}
      run={async (reason) => {
        await undoImport(view.id, reason);
        showToast({ text: m.undone });
        onChanged();
      }}
      onClose={() => setAsking(false)}
    />
  );
}
