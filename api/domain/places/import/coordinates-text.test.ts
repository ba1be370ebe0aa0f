import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '../../geo/geodesic.ts';
import type { Point } from '../../geo/point.ts';
import { type CoordinateReason, readOneColumn, readTwoColumns } from './coordinates-text.ts';

const inChina = fc.record({
  lng: fc.double({ min: 73.5, max: 135, noNaN: true }),
  lat: fc.double({ min: 4, max: 53.5, noNaN: true }),
});
const anywhere = fc.record({
  lng: fc.double({ min: -179.9, max: 179.9, noNaN: true }),
  lat: fc.double({ min: -89.9, max: 89.9, noNaN: true }),
});

/** Degrees, minutes, seconds with three decimals, carried where rounding makes sixty. */
function split(degrees: number): [number, number, string] {
  const thousandths = Math.round(Math.abs(degrees) * 3_600_000);
  const seconds = (thousandths % 60_000) / 1000;
  return [Math.floor(thousandths / 3_600_000), Math.floor(thousandths / 60_000) % 60, seconds.toFixed(3)];
}
function inMinutes(degrees: number): string {
  const millionths = Math.round(Math.abs(degrees) * 60_000_000);
  return `${Math.floor(millionths / 60_000_000)}°${((millionths % 60_000_000) / 1e6).toFixed(6)}′`;
}
const full = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

const NUMBERS: [string, (degrees: number) => string][] = [
  ['decimal', (v) => Math.abs(v).toFixed(6)],
  ['24°29′18.6″', (v) => split(v).reduce<string>((t, part, i) => `${t}${part}${'°′″'[i]}`, '')],
  [`24°29'18.6"`, (v) => split(v).reduce<string>((t, part, i) => `${t}${part}${`°'"`[i]}`, '')],
  ["24° 29' 18.6''", (v) => `${split(v)[0]}° ${split(v)[1]}' ${split(v)[2]}''`],
  ['24º29’18.6”', (v) => `${split(v)[0]}º${split(v)[1]}’${split(v)[2]}”`],
  ['24度29分18.6秒', (v) => `${split(v)[0]}度${split(v)[1]}分${split(v)[2]}秒`],
  ['24:29:18.6', (v) => split(v).join(':')],
  ['24°29.3100′', inMinutes],
  ['24.488500°', (v) => `${Math.abs(v).toFixed(7)}°`],
  ['full-width', (v) => full(Math.abs(v).toFixed(6))],
];
const LETTERS: [string, (text: string, v: number, axis: 'lng' | 'lat') => string][] = [
  ['after', (text, v, axis) => `${text}${letter(v, axis)}`],
  ['after a blank', (text, v, axis) => `${text} ${letter(v, axis)}`],
  ['before', (text, v, axis) => `${letter(v, axis)}${text}`],
  ['in words', (text, v, axis) => `${{ E: '东经', W: '西经', N: '北纬', S: '南纬' }[letter(v, axis)]}${text}`],
];
function letter(v: number, axis: 'lng' | 'lat'): 'E' | 'W' | 'N' | 'S' {
  return axis === 'lng' ? (v < 0 ? 'W' : 'E') : v < 0 ? 'S' : 'N';
}
const JOINTS = [',', ', ', '，', '、', ' ', ';', '；', '/', '|', '\t'];

function expectNear(read: ReturnType<typeof readOneColumn>, point: Point, swapped: boolean) {
  expect(read).toMatchObject({ ok: true, swapped });
  if (read.ok) expect(distanceM(read.point, point)).toBeLessThan(0.5);
}

function fine(lng: string, lat: string): number {
  const read = readTwoColumns(lng, lat);
  return read.ok ? read.resolutionM : NaN;
}

describe('coordinates as people write them', () => {
  it.each(NUMBERS)('are read back within half a metre from %s, in one column and two, in either order', (_, write) => {
    fc.assert(
      fc.property(inChina, fc.constantFrom(...JOINTS), (point, joint) => {
        const [lng, lat] = [write(point.lng), write(point.lat)];
        expectNear(readTwoColumns(lng, lat), point, false);
        expectNear(readTwoColumns(lat, lng), point, true);
        expectNear(readOneColumn(`${lng}${joint}${lat}`), point, false);
        expectNear(readOneColumn(`${lat}${joint}${lng}`), point, false);
        expectNear(readOneColumn(` (${lng}${joint}${lat}) `), point, false);
      }),
      { seed: 20_260_310, numRuns: 200 },
    );
  });

  const lettered = NUMBERS.flatMap(([how, write]) => LETTERS.map(([where, add]) => [how, where, write, add] as const));
  it.each(lettered)('are read anywhere on earth from %s with letters %s', (_, __, write, add) => {
    fc.assert(
      fc.property(anywhere, fc.constantFrom(',', '，', ' ', ', '), (point, joint) => {
        const lng = add(write(point.lng), point.lng, 'lng');
        const lat = add(write(point.lat), point.lat, 'lat');
        expectNear(readTwoColumns(lng, lat), point, false);
        expectNear(readTwoColumns(lat, lng), point, true);
        expectNear(readOneColumn(`${lng}${joint}${lat}`), point, false);
        expectNear(readOneColumn(`${lat}${joint}${lng}`), point, false);
      }),
      { seed: 20_260_310, numRuns: 60 },
    );
  });

  it.each([
    '经度:118.118033,纬度:24.488454',
    '经度118.118033 纬度24.488454',
    '纬度=24.488454；经度=118.118033',
    'lng: 118.118033, lat: 24.488454',
    '{"lng":118.118033,"lat":24.488454}',
    '{"lat": 24.488454, "lng": 118.118033}',
    '[118.118033,24.488454]',
    '（118.118033，24.488454）',
    'POINT(118.118033 24.488454)',
    '坐标：118.118033,24.488454。',
    '118.118033,24.488454,',
    'N24.488454 E118.118033',
    '24.488454N,118.118033E',
    '118 7 4.9188 24 29 18.4344',
    `118°7'4.9188,24°29'18.4344`,
    `24°29'18.4344 N 118°7'4.9188 E`,
    '24°29.30724N, 118°7.08198E',
  ])('are read from %s', (text) => {
    expectNear(readOneColumn(text), { lng: 118.118033, lat: 24.488454 }, false);
  });

  it('may stand together in one of two columns', () => {
    expectNear(readTwoColumns('118.118033,24.488454', ''), { lng: 118.118033, lat: 24.488454 }, false);
    expectNear(readTwoColumns('', '24.488454, 118.118033'), { lng: 118.118033, lat: 24.488454 }, false);
  });

  it.each<[string, CoordinateReason]>([
    ['', 'none'],
    ['　 ', 'none'],
    ['118.118', 'one_missing'],
    ['118.1,24.4,118.2,24.5', 'too_many_numbers'],
    ["'", 'not_understood'],
    ['待定', 'not_understood'],
    ['118.118,见附件', 'not_understood'],
    ['24°75′00″,118°07′00″', 'bad_minutes'],
    ['24°10′60″,118°07′00″', 'bad_minutes'],
    ['2709874.1,452310.5', 'not_degrees'],
    ['118118033,24488454', 'not_degrees'],
    ['118.1E,118.2E', 'axis_unclear'],
    ['北纬24.1，北纬24.2', 'axis_unclear'],
  ])('are refused with a reason: %s is %s', (text, reason) => {
    expect(readOneColumn(text)).toEqual({ ok: false, reason });
  });

  it('tell how fine the writing is', () => {
    expect(fine('118.118033', '24.488454')).toBeLessThan(0.1);
    expect(fine('118.12', '24.49')).toBeCloseTo(557, -1);
    expect(fine('118.1', '24.488454')).toBeLessThan(0.1);
    expect(fine('118°07′05″', '24°29′18″')).toBeCloseTo(15.5, 0);
  });

  it('never make the reader throw, whatever stands in the cell', () => {
    const bits = fc.constantFrom(...'0123456789.,°\'"′″NSEW东经北纬度分秒:;()[]{}- \t+eE，x/\u0000\uD800');
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: bits, maxLength: 60 })),
        fc.string({ unit: bits }),
        (a, b) => {
          for (const read of [readOneColumn(a), readTwoColumns(a, b)]) {
            if (!read.ok) continue;
            expect(Math.abs(read.point.lng)).toBeLessThanOrEqual(180);
            expect(Math.abs(read.point.lat)).toBeLessThanOrEqual(90);
            expect(read.resolutionM).toBeGreaterThan(0);
          }
        },
      ),
      { seed: 20_260_310, numRuns: 2000 },
    );
  });
});
