import L from 'leaflet';
import type { ClusterItem } from './cluster-index.ts';
import type { ClusterAnswer, ClusterRequest } from './cluster-protocol.ts';
import { toBox, toLeaflet } from './lng-lat.ts';
import type { MapPlace } from './map-place.ts';
import {
  bubblePx,
  bubbleText,
  createSprites,
  MARK_PX,
  type MarkColors,
  readMarkColors,
  SELECTED_MARK_PX,
  type Sprites,
} from './place-sprites.ts';
import { spreadStacked } from './spread-stacked.ts';

export const PLACE_PANE = 'places';

/** How much is drawn beyond each edge, as a part of the map's size, so that a short pan shows no blank. */
const PADDING = 0.25;
/** More than two device pixels per CSS pixel cost memory on a phone and show nothing more. */
const MAX_PIXEL_RATIO = 2;
/** A finger's half width: touches this near to a mark's middle mean it. */
const TOUCH_PX = 22;
const BUBBLE_FONT = 'system-ui, sans-serif';
/** From this zoom on rough places show their circle of doubt without being selected. */
const DOUBT_ZOOM = 13;

/** What is drawn where, in CSS pixels from the canvas' corner; answers "what did the finger mean". */
type Drawn = { x: number; y: number; radiusPx: number; item: ClusterItem };

export type Hit = { kind: 'place'; place: MapPlace } | { kind: 'cluster'; lng: number; lat: number; zoom: number };

/**
 * Draws the places on one canvas: single marks, bubbles for many, the selected place above all. Ten thousand places
 * move without blocking, because clusters are found in a worker and marks are pictures drawn once.
 * The canvas rides on the map while it is moved and is drawn anew when the map rests.
 */
export class PlaceCanvas extends L.Layer {
  #canvas = document.createElement('canvas');
  #pixelRatio = Math.min(window.devicePixelRatio || 1, MAX_PIXEL_RATIO);
  #theme = document.documentElement.dataset.theme;
  #colors: MarkColors = readMarkColors();
  #sprites: Sprites = createSprites(this.#colors, this.#pixelRatio);
  #map: L.Map | null = null;
  #worker: Worker | null = null;

  #places: readonly MapPlace[] = [];
  #coordinates = new Float64Array();
  #list = 0;
  #selectedId: string | null = null;

  /** The last answer and the list it speaks of. */
  #items: ClusterItem[] = [];
  #itemPlaces: readonly MapPlace[] = [];
  #drawn: Drawn[] = [];
  #corner: L.LatLng | null = null;
  #drawnZoom = 0;

  override onAdd(map: L.Map): this {
    this.#map = map;
    this.#canvas.className = 'leaflet-zoom-animated';
    this.#canvas.style.pointerEvents = 'none';
    this.#canvas.setAttribute('aria-hidden', 'true');
    map.getPane(PLACE_PANE)!.appendChild(this.#canvas);
    this.#worker = new Worker(new URL('./cluster-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<ClusterAnswer>) => this.#receive(data));
    this.#load();
    return this;
  }

  override onRemove(): this {
    this.#worker?.terminate();
    this.#worker = null;
    this.#map = null;
    this.#canvas.remove();
    return this;
  }

  override getEvents() {
    return {
      moveend: () => this.#ask(),
      resize: () => this.#ask(),
      viewreset: () => this.#ride(),
      zoom: () => this.#ride(),
      zoomanim: (event: L.LeafletEvent) => {
        const { center, zoom } = event as L.ZoomAnimEvent;
        this.#ride(center, zoom);
      },
    };
  }

  setPlaces(places: readonly MapPlace[]): void {
    const coordinates = new Float64Array(places.length * 2);
    places.forEach(({ lng, lat }, index) => {
      coordinates[index * 2] = lng;
      coordinates[index * 2 + 1] = lat;
    });
    const samePoints =
      coordinates.length === this.#coordinates.length &&
      coordinates.every((value, index) => value === this.#coordinates[index]);
    const hadAnswer = this.#itemPlaces === this.#places;
    this.#places = places;
    this.#coordinates = coordinates;
    if (samePoints && hadAnswer) {
      // Only who is open has changed: the clusters stay.
      this.#itemPlaces = places;
      this.#draw();
    } else {
      this.#load();
    }
  }

  setSelected(id: string | null): void {
    this.#selectedId = id;
    this.#draw();
  }

  /** Marks take their rims from the theme. Called when it is on the page already. */
  setTheme(theme: string): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#colors = readMarkColors();
    this.#sprites = createSprites(this.#colors, this.#pixelRatio);
    this.#draw();
  }

  /** What lies under a point of the map's container, the topmost and nearest first; null: nothing. */
  findAt(containerPoint: L.Point): Hit | null {
    if (!this.#corner || !this.#map) return null;
    const corner = this.#map.latLngToContainerPoint(this.#corner);
    let best: { distance: number; item: ClusterItem } | null = null;
    for (const { x, y, radiusPx, item } of this.#drawn) {
      const distance = Math.hypot(corner.x + x - containerPoint.x, corner.y + y - containerPoint.y);
      if (distance <= Math.max(radiusPx, TOUCH_PX) && (!best || distance <= best.distance)) best = { distance, item };
    }
    if (!best) return null;
    const { item } = best;
    if (item.kind === 'cluster') return { kind: 'cluster', lng: item.lng, lat: item.lat, zoom: item.expansionZoom };
    const place = this.#itemPlaces[item.index];
    return place ? { kind: 'place', place } : null;
  }

  #load(): void {
    if (!this.#worker) return;
    this.#list += 1;
    this.#send({ kind: 'load', list: this.#list, coordinates: this.#coordinates });
    this.#ask();
  }

  #ask(): void {
    if (!this.#map) return;
    const box = toBox(this.#map.getBounds().pad(PADDING));
    this.#send({ kind: 'query', list: this.#list, box, zoom: this.#map.getZoom() });
  }

  #send(request: ClusterRequest): void {
    this.#worker?.postMessage(request, []);
  }

  #receive(answer: ClusterAnswer): void {
    if (answer.list !== this.#list || !this.#map || answer.zoom !== this.#map.getZoom()) return;
    this.#items = answer.items;
    this.#itemPlaces = this.#places;
    this.#draw();
  }

  /** Moves and scales the drawn canvas to where it belongs at this centre and zoom, also in the midst of a zoom. */
  #ride(center?: L.LatLng, toZoom?: number): void {
    const map = this.#map;
    if (!map || !this.#corner) return;
    const zoom = toZoom ?? map.getZoom();
    const size = map.getSize();
    const origin = map
      .project(center ?? map.getCenter(), zoom)
      .subtract(size.divideBy(2))
      .subtract(map.containerPointToLayerPoint([0, 0]))
      .round();
    L.DomUtil.setTransform(
      this.#canvas,
      map.project(this.#corner, zoom).subtract(origin),
      map.getZoomScale(zoom, this.#drawnZoom),
    );
  }

  #draw(): void {
    const map = this.#map;
    if (!map) return;
    const size = map.getSize();
    const width = Math.round(size.x * (1 + 2 * PADDING));
    const height = Math.round(size.y * (1 + 2 * PADDING));
    if (width === 0 || height === 0) return;
    const layerCorner = map.containerPointToLayerPoint(size.multiplyBy(-PADDING)).round();
    this.#corner = map.layerPointToLatLng(layerCorner);
    this.#drawnZoom = map.getZoom();
    const canvas = this.#canvas;
    // Setting the size also wipes the canvas.
    canvas.width = width * this.#pixelRatio;
    canvas.height = height * this.#pixelRatio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    L.DomUtil.setTransform(canvas, layerCorner, 1);

    const context = canvas.getContext('2d')!;
    context.scale(this.#pixelRatio, this.#pixelRatio);
    const toCanvas = (point: { lng: number; lat: number }) =>
      map.latLngToLayerPoint(toLeaflet(point)).subtract(layerCorner);

    const places = this.#items.flatMap((item) => (item.kind === 'place' ? [item] : []));
    const selected = this.#places.find((place) => place.id === this.#selectedId);
    if (this.#drawnZoom >= DOUBT_ZOOM) {
      for (const { index } of places) this.#drawDoubt(context, toCanvas, this.#itemPlaces[index], false);
    }
    this.#drawDoubt(context, toCanvas, selected, true);

    this.#drawn = [];
    const offsets = spreadStacked(places);
    places.forEach((item, n) => {
      const place = this.#itemPlaces[item.index];
      if (!place) return;
      const [dx, dy] = offsets[n]!;
      const at = toCanvas(item).add([dx, dy]);
      if (place.id === selected?.id) this.#drawSelected(context, place, at);
      else stamp(context, this.#sprites.mark(place.category, place.tone, MARK_PX), at, MARK_PX);
      this.#drawn.push({ x: at.x, y: at.y, radiusPx: MARK_PX / 2, item });
    });
    context.font = `650 14px ${BUBBLE_FONT}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = this.#colors.text;
    for (const item of this.#items) {
      if (item.kind !== 'cluster') continue;
      const at = toCanvas(item);
      const sizePx = bubblePx(item.count);
      stamp(context, this.#sprites.ring(sizePx), at, sizePx);
      context.fillText(bubbleText(item.count), at.x, at.y + 1);
      this.#drawn.push({ x: at.x, y: at.y, radiusPx: sizePx / 2, item });
    }
    // A selected place that is hidden in a bubble stands above it.
    const alone = places.some(({ index }) => this.#itemPlaces[index]?.id === selected?.id);
    if (selected && !alone) this.#drawSelected(context, selected, toCanvas(selected));
  }

  #drawSelected(context: CanvasRenderingContext2D, place: MapPlace, at: L.Point): void {
    context.beginPath();
    context.arc(at.x, at.y, SELECTED_MARK_PX / 2 + 4, 0, 2 * Math.PI);
    context.fillStyle = this.#colors.surface;
    context.fill();
    context.lineWidth = 3.5;
    context.strokeStyle = this.#colors.accent;
    context.stroke();
    stamp(context, this.#sprites.mark(place.category, place.tone, SELECTED_MARK_PX), at, SELECTED_MARK_PX);
  }

  /** The circle within which a rough place really is; left out where the mark itself covers it. */
  #drawDoubt(
    context: CanvasRenderingContext2D,
    toCanvas: (point: { lng: number; lat: number }) => L.Point,
    place: MapPlace | undefined,
    selected: boolean,
  ): void {
    if (!place?.roughM) return;
    const at = toCanvas(place);
    const radiusPx = place.roughM / metresPerPixel(place.lat, this.#drawnZoom);
    if (radiusPx < MARK_PX) return;
    context.beginPath();
    context.arc(at.x, at.y, radiusPx, 0, 2 * Math.PI);
    if (selected) {
      context.globalAlpha = 0.12;
      context.fillStyle = this.#colors.accent;
      context.fill();
      context.globalAlpha = 1;
    }
    // Dashes cost many times what a plain line does, and there may be hundreds of these circles.
    if (selected) context.setLineDash([6, 5]);
    context.lineWidth = selected ? 2.5 : 1.25;
    context.strokeStyle = selected ? this.#colors.accent : this.#colors.text;
    context.globalAlpha = selected ? 1 : 0.28;
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}

function stamp(context: CanvasRenderingContext2D, picture: HTMLCanvasElement, at: L.Point, sizePx: number): void {
  context.drawImage(picture, at.x - sizePx / 2, at.y - sizePx / 2, sizePx, sizePx);
}

/** Of Web Mercator with 256 px tiles. */
function metresPerPixel(lat: number, zoom: number): number {
  return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** zoom);
}
