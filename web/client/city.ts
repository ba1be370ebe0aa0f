import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { ReachData } from '#domain/geo/reach-data.ts';
import type { HolidayCalendar } from '#domain/time/holidays.ts';
import { firstScreenShown } from '../ui/first-screen.ts';
import { createKeptResource } from './kept-resource.ts';
import { apiPaths } from './paths.ts';

/** The street map that the operator chose. */
export type CityBaseMap = {
  kind: 'xyz' | 'pmtiles' | 'none';
  url: string;
  /** Tiles with the names, to lie over those of `url`. */
  labelsUrl?: string;
  attribution: string;
  reviewNumber: string | null;
  crs: 'WGS84' | 'GCJ02';
  minZoom: number;
  maxZoom: number;
  subdomains?: string;
  /** False while the operator has chosen nothing and the default is only for trying out. */
  configured: boolean;
};

/** What a phone needs besides the sites to decide everything by itself. */
export type City = { calendar: HolidayCalendar; reach: ReachData; baseMap: CityBaseMap; demo: boolean };

export type JurisdictionProperties = {
  code: string;
  kind: 'district' | 'street' | 'town';
  name: string;
  nameEn: string | null;
  parentCode: string | null;
};

/** Districts have polygons; streets only where an operator imported them. */
export type Jurisdictions = FeatureCollection<Polygon | MultiPolygon | null, JurisdictionProperties>;

export const city = createKeptResource<City>({ path: apiPaths.city() });
export const jurisdictions = createKeptResource<Jurisdictions>({
  path: apiPaths.jurisdictions(),
  after: firstScreenShown,
});
