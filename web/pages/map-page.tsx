import { Suspense, useCallback, useEffect, useState } from 'react';
import type { Point } from '#domain/geo/point.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { jurisdictions } from '../client/city.ts';
import { useKept } from '../client/kept-resource.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { DataStatus, NoDataYet } from '../features/places/data-status.tsx';
import { FilterChips } from '../features/places/filter-chips.tsx';
import { goKeepingQuery } from '../features/places/go-keeping-query.ts';
import { originOf, whenInCity } from '../features/places/origin.ts';
import { type OriginChoice, OriginPicker } from '../features/places/origin-picker.tsx';
import type { PlaceFilter } from '../features/places/place-filter.ts';
import type { FoundPlace, NearestPlaces, PlaceFinder, PlaceMatch } from '../features/places/place-finder.ts';
import { KEYED_PLACES, PlaceList } from '../features/places/place-list.tsx';
import { askForPosition, usePosition } from '../features/places/position.ts';
import { middleOf } from '../features/places/middle-of-street.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { useMatches, useNearest } from '../features/places/use-nearest.ts';
import { changePlaceFilter, usePlaceFilter } from '../features/places/use-place-filter.ts';
import { usePlaces } from '../features/places/use-places.ts';
import { type MapView, takeLinkedView } from '../map/url-view.ts';
import { BottomSheet, type SheetStop } from '../ui/bottom-sheet.tsx';
import { useFirstScreen } from '../ui/first-screen.ts';
import { afterFirstScreen, later } from '../ui/later.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import type { MapAreaProps } from './map-area.tsx';
import styles from './map-page.module.css';
import { TopBar } from './top-bar.tsx';
import { useMapCentre } from './use-map-centre.ts';

// The map, and what is behind a tap or a key, come after the list; without them (lost network) the list stays.
const MapArea = afterFirstScreen<MapAreaProps>(async () => (await import('./map-area.tsx')).MapArea, MapMissing);
const ListCompanion = afterFirstScreen(async () => (await import('./list-companion.tsx')).ListCompanion);
const PlacePanel = later(async () => (await import('./place-panel.tsx')).PlacePanel);
const FilterPanel = later(async () => (await import('../features/places/filter-panel.tsx')).FilterPanel);

/** The island's middle, when nobody said where to look. */
const CITY_VIEW: MapView = { lng: 118.118, lat: 24.4885, zoom: 13 };
const NEAR_ZOOM = 15;
const PAGE_SIZE = 20;
const NO_FEATURES: readonly never[] = [];
const ignore = () => {};

/** `/` and `/sites/:id`: the map, the list of the nearest beside it, and the chosen place over both. */
export function MapPage({ siteId = null }: { siteId?: string | null | undefined }) {
  const m = useMessages().places;
  const { appName: title, tagline } = useMessages().shell;
  const places = usePlaces();
  const ready = places.status === 'ready' ? places : null;
  const keptJurisdictions = useKept(jurisdictions);
  const land = keptJurisdictions.status === 'ready' ? keptJurisdictions.data : null;
  const filter = usePlaceFilter();
  const nowMs = useMinute();
  const position = usePosition();

  const [linkedView] = useState(takeLinkedView);
  const [view, setView] = useState<MapView>(linkedView ?? CITY_VIEW);
  const [originChoice, setOriginChoice] = useState<OriginChoice>('position');
  const [stop, setStop] = useState<SheetStop>('middle');
  // Both begin anew with another place or filter.
  const [placeStop, setPlaceStop] = useState<{ of: unknown; stop: SheetStop }>({ of: null, stop: 'middle' });
  const [shown, setShown] = useState<{ of: unknown; count: number }>({ of: filter, count: PAGE_SIZE });
  const shownCount = shown.of === filter ? shown.count : PAGE_SIZE;
  // Once opened it stays, so that closing can give the focus back.
  const [morePanel, setMorePanel] = useState<'unused' | 'open' | 'closed'>('unused');

  const finder = ready?.finder ?? null;
  const features = ready?.features ?? NO_FEATURES;
  const network = ready?.network ?? null;
  const origin = originOf(originChoice, position.position, features, network);
  const [mapCentre, onViewChange] = useMapCentre(view, origin.choice === 'map');
  const from = origin.choice === 'map' ? whenInCity(mapCentre, network) : origin.from;
  const matches = useMatches(finder, filter, nowMs);
  const nearest = useNearest(finder, matches, filter.mode, from, shownCount);

  const stopOfPlace = placeStop.of === siteId ? placeStop.stop : 'middle';
  const lookNear = useCallback(({ lng, lat }: Point) => setView({ lng, lat, zoom: NEAR_ZOOM }), []);

  // A link to a place shows that place; otherwise the map shows where the phone is and what is near.
  const linkedPlace = siteId ? finder?.find(siteId) : undefined;
  const firstLook = linkedView
    ? null
    : linkedPlace
      ? pointsOf([linkedPlace])
      : !siteId && origin.choice === 'position' && position.position && nearest
        ? [
            position.position,
            ...pointsOf(
              exactlyKnown(nearest)
                .slice(0, 3)
                .map(({ feature }) => feature),
            ),
          ]
        : null;

  function chooseOrigin(choice: OriginChoice): void {
    setOriginChoice(choice);
    const point = choice === 'position' ? position.position : choice === 'map' ? null : middleOf(features, choice);
    if (point) lookNear(point);
  }

  const onLocate = useCallback(() => {
    setOriginChoice('position');
    askForPosition();
    if (position.position) lookNear(position.position);
  }, [position.position, lookNear]);
  const close = () => onSelect(null);

  useFirstScreen(places.status !== 'loading');
  useEffect(
    function nameTab() {
      if (!siteId) document.title = `${title} · ${tagline}`;
    },
    [siteId, title, tagline],
  );

  const reachableCount = nearest?.reachable.length ?? 0;
  const canShowMore = reachableCount >= shownCount && matches.length > shownCount;
  return (
    <div className={styles.page}>
      <TopBar>
        <FilterChips filter={filter} onChange={changePlaceFilter} onMore={() => setMorePanel('open')} />
      </TopBar>
      <main>
        <Suspense>
          <MapArea
            view={view}
            firstLook={firstLook}
            lookAt={setView}
            onViewChange={onViewChange}
            land={land}
            finder={finder}
            matches={matches}
            filter={filter}
            nowMs={nowMs}
            selectedId={siteId}
            onSelect={onSelect}
            position={position.position}
            baseMap={ready?.city.baseMap ?? null}
            sheetStop={siteId ? stopOfPlace : stop}
            onLocate={onLocate}
            crosshair={!siteId && origin.choice === 'map'}
          />
        </Suspense>
        <BottomSheet
          label={m.list.heading}
          handleLabel={m.list.handle}
          stop={stop}
          onStopChange={setStop}
          className={siteId ? styles.covered : undefined}
          header={
            <>
              <h2 className="visually-hidden">{m.list.heading}</h2>
              <OriginPicker
                choice={origin.choice}
                onChoose={chooseOrigin}
                position={position}
                positionOutside={origin.positionOutside}
                jurisdictions={land}
                features={features}
                count={ready ? m.list.count(matches.length) : ''}
              />
              {ready && <DataStatus places={ready} nowMs={nowMs} />}
            </>
          }
        >
          {ready ? (
            <PlaceList
              matches={matches}
              withoutTime={() => nearestAtAnyTime(ready.finder, filter, from, nowMs)}
              nearest={nearest}
              from={from}
              network={ready.network}
              filter={filter}
              onChange={changePlaceFilter}
              nowMs={nowMs}
              demo={ready.city.demo}
              {...(canShowMore && {
                onMore: {
                  count: Math.min(PAGE_SIZE, matches.length - shownCount),
                  run: () => setShown({ of: filter, count: shownCount + PAGE_SIZE }),
                },
              })}
            />
          ) : (
            <NoDataYet places={places as Exclude<typeof places, { status: 'ready' }>} />
          )}
        </BottomSheet>
        {siteId && (
          <Suspense
            fallback={
              <BottomSheet label={m.list.loading} handleLabel={m.list.handle} stop="middle" onStopChange={ignore}>
                <Skeleton rows={4} label={m.list.loading} />
              </BottomSheet>
            }
          >
            <PlacePanel
              key={siteId}
              id={siteId}
              places={places}
              filter={filter}
              from={origin.from}
              nowMs={nowMs}
              stop={stopOfPlace}
              onStopChange={(next) => setPlaceStop({ of: siteId, stop: next })}
              onClose={close}
            />
          </Suspense>
        )}
      </main>
      <Suspense>
        <ListCompanion
          keys={{
            ids: siteId ? [] : (nearest?.reachable ?? []).slice(0, KEYED_PLACES).map(({ feature }) => feature.id),
            openId: siteId,
            onOpen: onSelect,
            onClose: close,
          }}
          count={ready ? matches.length : null}
          filter={filter}
          nearestName={(nearest && exactlyKnown(nearest)[0]?.feature.properties.name) ?? null}
        />
      </Suspense>
      {morePanel !== 'unused' && (
        <Suspense>
          <FilterPanel
            open={morePanel === 'open'}
            filter={filter}
            count={matches.length}
            onChange={changePlaceFilter}
            onClose={() => setMorePanel('closed')}
          />
        </Suspense>
      )}
    </div>
  );
}

function MapMissing() {
  return <p className={styles.mapMissing}>{useMessages().places.status.mapMissing}</p>;
}

function onSelect(id: string | null): void {
  goKeepingQuery(id ? paths.site(id) : paths.map());
}

/** Those that may be called the nearest. */
function exactlyKnown({ reachable }: NearestPlaces): FoundPlace[] {
  return reachable.filter(({ distanceRangeM }) => !distanceRangeM);
}

function pointsOf(features: readonly SiteFeature[]): Point[] {
  return features.flatMap(({ geometry }) =>
    geometry ? { lng: geometry.coordinates[0], lat: geometry.coordinates[1] } : [],
  );
}

/** What would fit if it need not be open, the nearest first. */
function nearestAtAnyTime(
  finder: PlaceFinder,
  filter: PlaceFilter,
  from: Point | null,
  nowMs: number,
): readonly PlaceMatch[] {
  const all = finder.match({ ...filter, openNow: false, night: false }, nowMs);
  return from ? finder.nearest(from, filter.mode, all, 100).reachable : all;
}
