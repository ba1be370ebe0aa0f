import { useState } from 'react';
import { decideImportRow, type RowDecision } from '../../../../client/imports.ts';
import { useRefusals } from '../../../../client/refusals.ts';
import { announce, showToast } from '../../../../ui/notices.tsx';
import { useImportTexts } from './use-import-texts.ts';

/** Decides one row and says what became of it; null takes the decision back. */
export function useDecision(importId: string, row: number, onChanged: () => void) {
  const m = useImportTexts();
  const refusal = useRefusals();
  const [busy, setBusy] = useState(false);

  async function decide(decision: RowDecision | null): Promise<void> {
    setBusy(true);
    try {
      const { fate } = await decideImportRow(importId, row, decision);
      announce(m.duplicate.said(row, m.fates[fate]));
    } catch (error) {
      showToast({ text: refusal(error) });
    }
    setBusy(false);
    onChanged();
  }
  return { decide, busy };
}
