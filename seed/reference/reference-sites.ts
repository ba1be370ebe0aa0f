import type { Facilities } from '#domain/places/site.ts';
import type { SiteSeed } from '../site-seed.ts';
import { isDay, type Station, type Street } from './data.ts';

const STATED_CONFIDENCE = { high: null, medium: '资料可信度：中', low: '资料可信度：低' } as const;

/** The 76 real public places: the stations of public reports and a 益鹭保 claims office in every street and town. */
export function referenceSites(stations: readonly Station[], streets: readonly Street[]): SiteSeed[] {
  return [...stations.map(stationSite), ...streets.map(claimsOffice)];
}

function joinNotes(...notes: (string | null)[]): string | null {
  return notes.filter((note) => note !== null).join(' ') || null;
}

/**
 * A station as its report tells it. What the report states counts as `reported` on the day of the report; what it does
 * not state, or states without a date, is `unknown`.
 */
function stationSite(station: Station): SiteSeed {
  const { sourceDate } = station;
  const source = sourceDate ? `公开报道（${sourceDate}）` : '公开报道（日期不详）';
  const verify = (isStated: boolean) =>
    isStated && sourceDate
      ? { status: 'reported' as const, date: isDay(sourceDate) ? sourceDate : null, source }
      : { status: 'unknown' as const, date: null, source: null };
  const location = verify(station.address !== null);
  const hours = verify(station.services.some((point) => point.hours !== undefined));
  const facilities = verify(station.facilities.length > 0);
  const has: Facilities = Object.fromEntries(station.facilities.map((facility) => [facility, true]));
  return {
    site: {
      id: station.id,
      name: station.name,
      nameEn: station.nameEn,
      districtCode: station.districtCode,
      streetCode: station.streetCode,
      organisationId: station.organisation,
      address: station.address,
      access: station.access,
      accessNote: station.accessNote,
      ...placed(station),
      coordinateBasis: station.coordinateBasis,
      locationStatus: location.status,
      locationDate: location.date,
      locationSource: location.source,
      hoursStatus: hours.status,
      hoursDate: hours.date,
      hoursSource: hours.source,
      facilitiesStatus: facilities.status,
      facilitiesDate: facilities.date,
      facilitiesSource: facilities.source,
      source,
      sourceDate,
      note: joinNotes(station.note, STATED_CONFIDENCE[station.confidence]),
    },
    services: station.services.map((point, position) => ({
      ...point,
      facilities: position === 0 && station.facilities.length > 0 ? has : null,
    })),
  };
}

/**
 * The report of September 2023 says that every street and town receives claims at its 便民服务站. That is all that is
 * known of them: no door, no hours, no telephone. The point is where a geocoder puts the street's name.
 */
function claimsOffice(street: Street): SiteSeed {
  return {
    site: {
      id: `office-${street.code}`,
      name: `${street.name}便民服务站（益鹭保理赔）`,
      nameEn: `${street.nameEn} service station (Yilubao claims)`,
      districtCode: street.districtCode,
      streetCode: street.code,
      access: 'unknown',
      ...placed(street),
      coordinateBasis: street.point
        ? `geocode of the street's name, not of the office's door${street.note ? `; ${street.note}` : ''}`
        : null,
      source: '公开报道（2023-09）：各街道（镇）便民服务站受理益鹭保理赔',
      sourceDate: '2023-09',
      note: joinNotes(
        street.point
          ? '点位是街道（镇）名称的大致位置，不是门口，去之前请先问清（12333）。'
          : '位置未查到，去之前请先问清（12333）。',
        street.officeAddress ? `街道（镇）办事处地址：${street.officeAddress}；便民服务站是否同址未核实。` : null,
      ),
    },
    services: [{ service: 'insurance_office' }],
  };
}

/** The sources give WGS-84, so the original coordinate and the point are the same numbers. */
function placed({ point, precisionM }: Pick<Street, 'point' | 'precisionM'>) {
  if (!point) return {};
  return {
    point,
    precisionM,
    originalLng: point.lng,
    originalLat: point.lat,
    originalCrs: 'WGS84' as const,
  };
}
