import { useState } from 'react';
import type { VerifiedFact } from '#domain/places/catalogue.ts';
import { VERIFICATION_METHODS } from '#domain/places/office.ts';
import type { FactState, SiteRef } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { office as en } from '../../../client/messages/en/office.ts';
import { office as zh } from '../../../client/messages/zh/office.ts';
import { verifyFact } from '../../../client/office.ts';
import { randomUuid } from '../../../client/random-uuid.ts';
import { useRefusals } from '../../../client/refusals.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/notices.tsx';
import { BoardRow } from '../../../ui/panel-board.tsx';
import { focusBesideRow } from '../../../ui/use-row-keys.ts';
import { useDetails } from '../use-details.ts';
import { FactBadge } from './fact-badge.tsx';
import styles from './office.module.css';
import { editorQuery } from './report-fact.ts';
import { SiteLine } from './site-line.tsx';

/** A place with facts that go stale: each can be said to have been checked today, or opened to be corrected. */
export function StaleRow({
  site,
  facts,
  nowMs,
  mayVerify,
  onChanged,
}: {
  site: SiteRef;
  facts: readonly FactState[];
  nowMs: number;
  mayVerify: boolean;
  onChanged: () => void;
}) {
  const { verify: m, methods, cancel } = useTexts({ zh, en });
  const card = useDetails();
  const refusal = useRefusals();
  const [checking, setChecking] = useState<{ fact: VerifiedFact; id: string } | null>(null);
  const [busy, setBusy] = useState(false);

  async function save(method: (typeof VERIFICATION_METHODS)[number], button: Element): Promise<void> {
    if (!checking) return;
    setBusy(true);
    try {
      await verifyFact(site.id, { ...checking, method, day: shanghaiDay(nowMs) });
      showToast({ text: m.done(card.facts[checking.fact]) });
      focusBesideRow(button);
      setChecking(null);
      onChanged();
    } catch (error) {
      // The same id again: what did arrive is stored once.
      showToast({ text: refusal(error) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <BoardRow>
      <SiteLine site={site} query={editorQuery({ fact: facts[0]?.fact ?? null })} />
      {facts.map((state) => (
        <div key={state.fact} className={styles.line}>
          <FactBadge state={state} nowMs={nowMs} named />
          {mayVerify && checking?.fact !== state.fact && (
            <Button
              variant="quiet"
              className={styles.push}
              aria-label={m.nowFor(card.facts[state.fact], site.name)}
              onClick={() => setChecking({ fact: state.fact, id: randomUuid() })}
            >
              {m.now}
            </Button>
          )}
        </div>
      ))}
      {checking && (
        <fieldset className={styles.ask} aria-label={m.nowFor(card.facts[checking.fact], site.name)}>
          <p>
            {card.facts[checking.fact]}: {m.how}
          </p>
          <div className={styles.actions}>
            {VERIFICATION_METHODS.map((method, index) => (
              <Button
                key={method}
                disabled={busy}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this
                autoFocus={index === 0}
                onClick={({ currentTarget }) => void save(method, currentTarget)}
              >
                {methods[method]}
              </Button>
            ))}
            <Button variant="quiet" onClick={() => setChecking(null)}>
              {cancel}
            </Button>
          </div>
        </fieldset>
      )}
    </BoardRow>
  );
}
