import { nothingFits as en } from '../../client/messages/en/nothing-fits.ts';
import { nothingFits as zh } from '../../client/messages/zh/nothing-fits.ts';
import { useMessages } from '../../client/messages.ts';
import { paths } from '../../client/paths.ts';
import { useTexts } from '../../client/texts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { goInApp } from '../../ui/location.ts';
import { clearedFilter, isCleared, type PlaceFilter } from './place-filter.ts';
import { nextToOpen, type PlaceMatch, shownService } from './place-finder.ts';
import styles from './place-list.module.css';
import { PlaceRow } from './place-row.tsx';

/** No place fits: what opens next when only the time is in the way, else how to ask for less. */
export function NothingFits({
  withoutTime,
  filter,
  onChange,
  nowMs,
}: {
  withoutTime: () => readonly PlaceMatch[];
  filter: PlaceFilter;
  onChange: (change: Partial<PlaceFilter>) => void;
  nowMs: number;
}) {
  const { byStreet } = useMessages().places.list;
  const m = useTexts({ zh, en });
  const atOtherTimes = filter.openNow || filter.night ? withoutTime() : [];
  if (atOtherTimes.length) {
    const soon = nextToOpen(atOtherTimes, 3);
    return (
      <>
        <div className={styles.empty}>
          <h3>{m.noneOpen}</h3>
          <p>{soon.length ? m.noneOpenHint : m.noneOpenUnknown}</p>
        </div>
        <ol className={styles.list}>
          {soon.map((found) => (
            <PlaceRow
              key={found.feature.id}
              found={found}
              category={shownService(found.feature, filter.services)}
              mode={filter.mode}
              nowMs={nowMs}
            />
          ))}
        </ol>
        <p className={styles.more}>
          <Button wide onClick={() => onChange({ openNow: false, night: false })}>
            {m.showAll}
          </Button>
        </p>
      </>
    );
  }
  return (
    <div className={styles.empty}>
      <h3>{isCleared(filter) ? m.none : m.empty}</h3>
      {!isCleared(filter) && (
        <>
          <p>{m.emptyHint}</p>
          <Button icon="close" onClick={() => onChange(clearedFilter(filter))}>
            {m.clear}
          </Button>
        </>
      )}
      <ButtonLink variant="quiet" icon="list" href={paths.streets()} onClick={goInApp}>
        {byStreet}
      </ButtonLink>
    </div>
  );
}
