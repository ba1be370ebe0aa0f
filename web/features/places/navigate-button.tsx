import { useState } from 'react';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { MAP_APPS, mapHandoverUrl } from './map-handover.ts';
import styles from './place-sheet.module.css';
import { useDetails } from './use-details.ts';

/** Hands the place over to the map app of the rider's choice. */
export function NavigateButton({
  place,
  rough,
  quiet,
  mode,
}: {
  place: Point & { name: string };
  rough: boolean;
  /** Not what one should do first: the place cannot be reached. */
  quiet: boolean;
  mode: TravelMode;
}) {
  const m = useDetails();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button {...(!quiet && { variant: 'primary' })} icon={laterIcons.navigate} onClick={() => setOpen(true)}>
        {m.place.navigate}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={m.place.navigateWith} closeLabel={m.place.close}>
        {rough && <p className={styles.warning}>{m.place.navigateRough}</p>}
        <ul className={styles.apps}>
          {MAP_APPS.map((app) => (
            <li key={app}>
              <ButtonLink
                wide
                icon={laterIcons.external}
                href={mapHandoverUrl(app, place, mode)}
                target="_blank"
                rel="noopener noreferrer"
                onClick={() => setOpen(false)}
              >
                {m.place.maps[app]}
              </ButtonLink>
            </li>
          ))}
        </ul>
        <p className={styles.quiet}>{m.place.navigateHint}</p>
      </Dialog>
    </>
  );
}
