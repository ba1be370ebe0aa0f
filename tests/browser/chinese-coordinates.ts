/** GCJ-02 and BD-09 as they are published, written anew so that the app's own conversion is checked by another one. */

type LngLat = [lng: number, lat: number];

const SEMI_MAJOR_M = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006693421622965943;
const { PI, sin, cos, sqrt, abs, atan2 } = Math;

/** WGS-84 → GCJ-02. */
export function toGcj02([lng, lat]: LngLat): LngLat {
  const x = lng - 105;
  const y = lat - 35;
  const wave = (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * (2 / 3);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * sqrt(abs(x)) +
    wave +
    (20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * (2 / 3) +
    (160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * (2 / 3);
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * sqrt(abs(x)) +
    wave +
    (20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * (2 / 3) +
    (150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * (2 / 3);
  const radians = (lat / 180) * PI;
  const magic = 1 - ECCENTRICITY_SQUARED * sin(radians) ** 2;
  const metresPerDegreeNorth = ((SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / (magic * sqrt(magic)) / 180) * PI;
  const metresPerDegreeEast = ((SEMI_MAJOR_M / sqrt(magic)) * cos(radians) * PI) / 180;
  return [lng + east / metresPerDegreeEast, lat + north / metresPerDegreeNorth];
}

/** GCJ-02 → BD-09. */
export function toBd09([lng, lat]: LngLat): LngLat {
  const radius = sqrt(lng * lng + lat * lat) + 0.00002 * sin((lat * PI * 3000) / 180);
  const angle = atan2(lat, lng) + 0.000003 * cos((lng * PI * 3000) / 180);
  return [radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006];
}
