/**
 * What lies under the places, as the operator configured it (`baseMap` of GET /api/city).
 * `none`: only the land that comes with the app.
 */
export type BaseMapConfig = {
  kind: 'xyz' | 'pmtiles' | 'none';
  /** XYZ or WMTS template with {z}, {x}, {y} and perhaps {s}; for `pmtiles` the file's address. */
  url: string;
  /** Template of a second layer over the first, for maps that keep their names apart (Tianditu). */
  labelsUrl?: string;
  attribution: string;
  /** 审图号; null while the operator has none. */
  reviewNumber: string | null;
  crs: 'WGS84' | 'GCJ02';
  minZoom: number;
  maxZoom: number;
  subdomains?: string | readonly string[];
};
