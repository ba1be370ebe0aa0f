import { Suspense } from 'react';
import type { SiteFeature } from '#domain/places/site.ts';
import type { Jurisdictions } from '../../client/city.ts';
import { useMessages } from '../../client/messages.ts';
import { Button } from '../../ui/button.tsx';
import { afterFirstScreen } from '../../ui/later.ts';
import styles from './place-list.module.css';
import { askForPosition, type PhonePosition } from './position.ts';
import { distanceWords } from './words.ts';

// Comes with the list of streets, which is fetched after the places.
const StreetOptions = afterFirstScreen(async () => (await import('./street-options.tsx')).StreetOptions);

/** Where distances start: `position`, `map` (its middle), or a street's code. */
export type OriginChoice = string;

/** Too inexact to call anything near. */
const INACCURATE_M = 1000;

/** From where the list is measured, how to change that, and what became of the question for the position. */
export function OriginPicker({
  choice,
  onChoose,
  position,
  positionOutside,
  jurisdictions,
  features,
  count,
}: {
  /** What is in force now. */
  choice: OriginChoice;
  onChoose: (choice: OriginChoice) => void;
  position: PhonePosition;
  /** The phone is not in the city. */
  positionOutside: boolean;
  jurisdictions: Jurisdictions | null;
  features: readonly SiteFeature[];
  /** How many places fit, in words. */
  count: string;
}) {
  const m = useMessages().places;
  const canAsk = position.status !== 'following' && position.status !== 'unsupported';

  return (
    <div className={styles.origin}>
      <div className={styles.originLine}>
        <select
          className={styles.select}
          aria-label={m.position.streetLabel}
          value={choice}
          onChange={({ target }) => onChoose(target.value)}
        >
          {position.position && !positionOutside && <option value="position">{m.list.nearestFromPosition}</option>}
          <option value="map">{m.list.nearestFromMap}</option>
          {jurisdictions && (
            <Suspense>
              <StreetOptions jurisdictions={jurisdictions} features={features} />
            </Suspense>
          )}
        </select>
        {canAsk && (
          <Button
            variant="primary"
            icon="locate"
            disabled={position.status === 'asking'}
            onClick={() => {
              onChoose('position');
              askForPosition();
            }}
          >
            {position.status === 'asking' ? m.position.asking : m.position.find}
          </Button>
        )}
        {!canAsk && choice !== 'position' && position.position && !positionOutside && (
          <Button icon="locate" onClick={() => onChoose('position')}>
            {m.position.fromPosition}
          </Button>
        )}
      </div>
      <p className={styles.note}>{[count, noteOf()].filter(Boolean).join(' · ')}</p>
    </div>
  );

  function noteOf(): string | null {
    const { status, position: fix } = position;
    if (status === 'idle' || status === 'asking') return m.position.privacy;
    if (status === 'denied') return m.position.denied;
    if (status === 'unavailable') return m.position.unavailable;
    if (status === 'unsupported') return m.position.unsupported;
    if (positionOutside) return m.position.outside;
    if (fix && fix.accuracyM > INACCURATE_M) return m.position.inaccurate(distanceWords(fix.accuracyM, m));
    return null;
  }
}
