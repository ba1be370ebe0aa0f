import { useState } from 'react';
import { decideImportRow, type RowDecision } from '../../../../client/imports.ts';
import { useRefusals } from '../../../../client/refusals.ts';
import { announce, showToast } from '../../../../ui/notices.tsx';
import { useImportTexts } from './use-import-texts.ts';

/** Decides one row and says what became of it; null takes the decision back. */
export function useDecision(importId: string, rowNumber: number, onChanged: () => void) {
  const m = useImportTexts();
  const refusal = useRefusals();
  const [busy, setBusy] = useState(false);

  async function decide(decision: RowDecision | null): Promise<void> {
    const row = document.activeElement?.closest('tr');
    setBusy(true);
    try {
      const { fate } = await decideImportRow(importId, rowNumber, decision);
      announce(m.duplicate.said(rowNumber, m.fates[fate]));
    } catch (error) {
      showToast({ text: refusal(error) });
    }
    // The answers go away, often with their row: the keyboard goes on at the next one.
    const next = row?.nextElementSibling?.querySelector<HTMLElement>('td button');
    (next ?? document.getElementById('import-rows'))?.focus({ preventScroll: true });
    setBusy(false);
    onChanged();
  }
  return { decide, busy };
}
