import { iconPaths } from '../ui/icon-paths.ts';
import { categoryStyle, outlineColor, shapePaths, signPlace } from './category-style.ts';
import type { MapPlace } from './map-place.ts';

/** Colours of the page that marks are drawn with, read from the style sheet of the theme that is on. */
export type MarkColors = { surface: string; text: string; accent: string; lift: string };

export function readMarkColors(): MarkColors {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: read('--surface'),
    text: read('--text'),
    accent: read('--accent'),
    lift: read('--mark-lift'),
  };
}

/** Side of a mark on the screen, in CSS pixels. */
export const MARK_PX = 30;
export const SELECTED_MARK_PX = 42;
/** Room around the outline for its border. */
const MARGIN = 3;

/** Draws each kind of mark once and hands out the picture: thousands of places need only some dozens of pictures. */
export function createSprites(colors: MarkColors, pixelRatio: number) {
  const marks = new Map<string, HTMLCanvasElement>();
  const rings = new Map<string, HTMLCanvasElement>();

  return {
    mark: (category: string, tone: MapPlace['tone'], sizePx: number) =>
      remember(marks, `${category} ${tone} ${sizePx}`, () => drawMark(category, tone, sizePx, colors, pixelRatio)),
    /** The ring of a bubble; the number is written into it at each drawing, because there are many numbers. */
    ring: (sizePx: number) => remember(rings, String(sizePx), () => drawRing(sizePx, colors, pixelRatio)),
  };
}

export type Sprites = ReturnType<typeof createSprites>;

/** Side of a bubble on the screen, in CSS pixels: larger for more places, never smaller than a finger. */
export function bubblePx(count: number): number {
  return count < 10 ? 36 : count < 100 ? 42 : 50;
}

/** Counts beyond a thousand are rounded down, because the bubble is small: 1234 → `1.2k`. */
export function bubbleText(count: number): string {
  return count < 1000 ? String(count) : `${Math.floor(count / 100) / 10}k`;
}

function remember(
  store: Map<string, HTMLCanvasElement>,
  key: string,
  draw: () => HTMLCanvasElement,
): HTMLCanvasElement {
  const known = store.get(key);
  if (known) return known;
  const drawn = draw();
  store.set(key, drawn);
  return drawn;
}

function createPicture(sizePx: number, pixelRatio: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const picture = document.createElement('canvas');
  picture.width = picture.height = Math.ceil(sizePx * pixelRatio);
  const context = picture.getContext('2d')!;
  context.scale(picture.width / sizePx, picture.height / sizePx);
  return [picture, context];
}

/** Open is filled, closed is hollow, not known is hollow with a broken outline: as in place-mark.tsx. */
function drawMark(
  category: string,
  tone: MapPlace['tone'],
  sizePx: number,
  colors: MarkColors,
  pixelRatio: number,
): HTMLCanvasElement {
  const { shape, icon, color, ink } = categoryStyle(category);
  const [picture, context] = createPicture(sizePx, pixelRatio);
  const scale = sizePx / (32 + 2 * MARGIN);
  context.scale(scale, scale);
  context.translate(MARGIN, MARGIN);

  const outline = new Path2D(shapePaths[shape]);
  // A rim in the page's colour keeps neighbours and map apart.
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.strokeStyle = colors.surface;
  context.stroke(outline);
  context.fillStyle = tone === 'open' ? color : colors.surface;
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is no array
  context.fill(outline);
  context.lineWidth = tone === 'open' ? 1 : 2.5;
  context.strokeStyle = color;
  // A browser that cannot mix colours ignores this line.
  if (tone !== 'open') context.strokeStyle = outlineColor(color, colors.lift);
  if (tone === 'unknown') context.setLineDash([4, 3]);
  context.stroke(outline);
  context.setLineDash([]);

  const sign = signPlace[shape];
  context.translate(16 - sign.size / 2, 16 - sign.size / 2 + sign.down);
  context.scale(sign.size / 24, sign.size / 24);
  context.lineWidth = 2.4;
  context.lineCap = 'round';
  context.strokeStyle = tone === 'open' ? ink : colors.text;
  context.stroke(new Path2D(iconPaths[icon]));
  return picture;
}

function drawRing(sizePx: number, colors: MarkColors, pixelRatio: number): HTMLCanvasElement {
  const [picture, context] = createPicture(sizePx, pixelRatio);
  const middle = sizePx / 2;
  context.beginPath();
  context.arc(middle, middle, middle - 2, 0, 2 * Math.PI);
  context.fillStyle = colors.surface;
  context.fill();
  context.lineWidth = 3;
  context.strokeStyle = colors.accent;
  context.stroke();
  return picture;
}
