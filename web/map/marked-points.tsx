import 'leaflet/dist/leaflet.css';
import './leaflet.css';
import L from 'leaflet';
import { useEffect, useState } from 'react';
import { MapContainer, useMap } from 'react-leaflet';
import { CITY_BOX, isInBox } from '#domain/geo/city-box.ts';
import { Attribution } from './attribution.tsx';
import type { BaseMapConfig } from './base-map-config.ts';
import { BaseMap } from './base-map.tsx';
import { type Land, LandLayer } from './land-layer.tsx';
import { type LngLat, toLeaflet } from './lng-lat.ts';
import { MapControls } from './map-controls.tsx';
import { MAX_ZOOM, MIN_ZOOM } from './url-view.ts';

/** `path`: an outline on a 32 × 32 grid. */
export type MarkedPoint = { point: LngLat; path: string; color: string; label: string };

const CITY = { lng: 118.11, lat: 24.52 };
const CITY_ZOOM = 11;
/** One point alone is shown with its street. */
const CLOSEST_ZOOM = 16;
const SIZE_PX = 16;

/** A map of very many small marks, told apart by shape and colour; pointing at one shows its label. */
export function MarkedPoints({
  points,
  land,
  baseMap,
  label,
}: {
  points: readonly MarkedPoint[];
  land: Land | null;
  baseMap: BaseMapConfig | null;
  label: string;
}) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  return (
    <div ref={setHost} style={{ position: 'absolute', inset: 0 }}>
      <MapContainer
        style={{ position: 'absolute', inset: 0 }}
        center={toLeaflet(CITY)}
        zoom={CITY_ZOOM}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        zoomControl={false}
        attributionControl={false}
        // A page with a map in its middle is scrolled past it.
        scrollWheelZoom={false}
      >
        <LandLayer land={land} />
        {baseMap && <BaseMap config={baseMap} />}
        <Marks points={points} label={label} />
        {baseMap && <Attribution config={baseMap} />}
        {host && <MapControls host={host} />}
      </MapContainer>
    </div>
  );
}

function Marks({ points, label }: { points: readonly MarkedPoint[]; label: string }) {
  const map = useMap();
  useEffect(
    function nameMap() {
      const container = map.getContainer();
      container.setAttribute('role', 'region');
      container.setAttribute('aria-label', label);
    },
    [map, label],
  );
  useEffect(
    function drawPoints() {
      const group = L.layerGroup().addTo(map);
      const renderer = L.canvas({ padding: 0.2, tolerance: 6 });
      for (const { point, path, color, label: text } of points) {
        const mark = new ShapeMark(toLeaflet(point), new Path2D(path), color, renderer);
        mark.bindTooltip(text).addTo(group);
      }
      return () => {
        group.remove();
        renderer.remove();
      };
    },
    [map, points],
  );
  useEffect(
    function showAll() {
      // A point on the other side of the world would make all others one dot.
      const inCity = points.filter(({ point }) => isInBox(point, CITY_BOX));
      if (inCity.length === 0) return;
      const bounds = L.latLngBounds(inCity.map(({ point }) => toLeaflet(point)));
      map.fitBounds(bounds, { padding: [32, 32], maxZoom: CLOSEST_ZOOM, animate: false });
    },
    [map, points],
  );
  return null;
}

/** Leaflet's canvas draws circles only; this one draws any outline in the same place. */
class ShapeMark extends L.CircleMarker {
  private readonly shape: Path2D;
  private readonly fill: string;

  constructor(at: L.LatLng, shape: Path2D, fill: string, renderer: L.Canvas) {
    super(at, { radius: SIZE_PX / 2, renderer });
    this.shape = shape;
    this.fill = fill;
  }

  /** Called by Leaflet for every mark in view. */
  _updatePath(): void {
    const { _renderer: renderer, _point: middle } = this as unknown as {
      _renderer: { _ctx: CanvasRenderingContext2D; _drawing: boolean };
      _point: L.Point;
    };
    const { _ctx: pen, _drawing: isDrawing } = renderer;
    if (!isDrawing) return;
    const scale = SIZE_PX / 32;
    pen.save();
    pen.translate(middle.x - SIZE_PX / 2, middle.y - SIZE_PX / 2);
    pen.scale(scale, scale);
    pen.fillStyle = this.fill;
    pen.fill(this.shape);
    pen.lineWidth = 2.5;
    pen.strokeStyle = '#10181e';
    pen.stroke(this.shape);
    pen.restore();
  }
}
