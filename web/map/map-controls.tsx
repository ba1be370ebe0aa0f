import { useMap } from 'react-leaflet';
import { createPortal } from 'react-dom';
import { IconButton } from '../ui/button.tsx';
import styles from './city-map.module.css';
import { useMapTexts } from './use-map-texts.ts';

/** Large buttons within the thumb's reach. They stand beside Leaflet's container, so that a touch is not the map's. */
export function MapControls({ host, onLocate }: { host: HTMLElement; onLocate?: (() => void) | undefined }) {
  const map = useMap();
  const { zoomIn, zoomOut, locate } = useMapTexts();
  return createPortal(
    <div className={styles.controls}>
      <IconButton icon="plus" label={zoomIn} floating onClick={() => map.zoomIn()} />
      <IconButton icon="minus" label={zoomOut} floating onClick={() => map.zoomOut()} />
      {onLocate && <IconButton icon="locate" label={locate} floating onClick={onLocate} />}
    </div>,
    host,
  );
}
