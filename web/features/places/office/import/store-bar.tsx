import { useState } from 'react';
import type { ImportView } from '#domain/places/import-contract.ts';
import { stopImport, storeImport } from '../../../../client/imports.ts';
import { useRefusals } from '../../../../client/refusals.ts';
import { Button } from '../../../../ui/button.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { showToast } from '../../../../ui/notices.tsx';
import { InlineAsk } from '../inline-ask.tsx';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

/** Where each thing that is missing can be decided. */
const PLACES: Record<string, string> = {
  crs: 'import-crs',
  name_column: 'import-columns',
  duplicates: 'import-rows',
  settings: 'import-settings',
};

/** Says what is missing and leads there; stores only when nothing is. Stays in view while one scrolls. */
export function StoreBar({
  view,
  dirty,
  onShowDuplicates,
  onChanged,
}: {
  view: ImportView;
  dirty: boolean;
  onShowDuplicates: () => void;
  onChanged: () => void;
}) {
  const m = useImportTexts();
  const refusal = useRefusals();
  const [busy, setBusy] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const { new: fresh = 0, changed = 0, same = 0, error = 0, duplicate = 0 } = view.counts;
  const missing = [...(dirty ? ['settings'] : []), ...view.missing];
  const words: Record<string, string> = {
    crs: m.missing.crs,
    name_column: m.missing.name_column,
    duplicates: m.missing.duplicates(duplicate),
    settings: m.missing.settings,
  };
  const rows = fresh + changed + same;

  function goTo(what: string): void {
    if (what === 'duplicates') onShowDuplicates();
    const target = document.getElementById(PLACES[what] ?? '');
    target?.scrollIntoView({ block: 'start' });
    (target?.querySelector<HTMLElement>('input, select') ?? target)?.focus({ preventScroll: true });
  }

  async function store(): Promise<void> {
    setBusy(true);
    try {
      await storeImport(view.id);
    } catch (failure) {
      showToast({ text: refusal(failure), staysMs: null });
    }
    setBusy(false);
    onChanged();
  }

  if (discarding) {
    return (
      <div className={styles.bar}>
        <InlineAsk
          question={m.store.discardAsk}
          action={m.store.discard}
          rowGoes={false}
          run={async () => {
            await stopImport(view.id);
            showToast({ text: m.store.discarded });
            onChanged();
          }}
          onClose={() => setDiscarding(false)}
        />
      </div>
    );
  }
  return (
    <section className={styles.bar} aria-labelledby="import-missing">
      <div className={styles.barText}>
        <h2 id="import-missing">
          {missing.length > 0 ? m.missing.heading : rows > 0 ? m.missing.ready : m.missing.nothing}
        </h2>
        {missing.length > 0 ? (
          <ul className={styles.missing}>
            {missing.map((what) => (
              <li key={what}>
                <button type="button" className={styles.go} onClick={() => goTo(what)}>
                  <Icon name="warning" size={1} /> {words[what] ?? what}
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <p className={styles.quiet}>
            {m.store.hint(fresh, changed)} {error > 0 && m.store.left(error)}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {missing.length === 0 && rows > 0 && (
          <Button variant="primary" icon="check" disabled={busy} onClick={() => void store()}>
            {busy ? m.store.sending : m.store.button(rows)}
          </Button>
        )}
        <Button variant="quiet" onClick={() => setDiscarding(true)}>
          {m.store.discard}
        </Button>
      </div>
    </section>
  );
}
