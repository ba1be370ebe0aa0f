import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { poster as en } from '../client/messages/en/poster.ts';
import { poster as zh } from '../client/messages/zh/poster.ts';
import { NoDataYet } from '../features/places/data-status.tsx';
import { MissingPlace } from '../features/places/missing-place.tsx';
import { type Places, usePlaces } from '../features/places/use-places.ts';
import { useDetails } from '../features/places/use-details.ts';
import { Button } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { Page } from '../ui/page.tsx';
import styles from './poster-page.module.css';
import { PosterSheet } from './poster-sheet.tsx';

/** A sheet of A4 to put up at a place: its name, a large QR code of its page, what there is and when. */
export function PosterPage({ siteId }: { siteId: string }) {
  const m = useDetails();
  const poster = useTexts({ zh, en });
  const places = usePlaces();
  return (
    <Page
      title={m.place.poster}
      documentTitle={`${m.place.poster} · ${poster.title}`}
      back={{ href: paths.site(siteId), label: poster.back }}
      actions={
        <Button variant="primary" icon={laterIcons.printer} onClick={() => window.print()}>
          {poster.print}
        </Button>
      }
    >
      <p className={styles.hint}>{poster.printHint}</p>
      {places.status === 'ready' ? <Poster siteId={siteId} places={places} /> : <NoDataYet places={places} />}
    </Page>
  );
}

function Poster({ siteId, places }: { siteId: string; places: Extract<Places, { status: 'ready' }> }) {
  const feature = places.finder.find(siteId);
  if (!feature) return <MissingPlace id={siteId} nameOf={(id) => places.finder.find(id)?.properties.name} />;
  return <PosterSheet feature={feature} calendar={places.calendar} />;
}
