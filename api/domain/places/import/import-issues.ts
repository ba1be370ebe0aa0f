import type { CoordinateReason } from './coordinates-text.ts';
import type { ImportField } from './columns.ts';
import { ROW_PROBLEMS } from '../../tables/table-row.ts';

/**
 * What can be said about a row. An `error` keeps it out, a `warning` is for the person to look at, a `note` tells what
 * was done. The screens put these codes into words, with `params`.
 */
export const ISSUE_CODES = {
  cell_too_long: 'error',
  too_many_cells: 'error',
  not_a_feature: 'error',
  not_a_point: 'error',
  name_missing: 'error',
  /** `max` */
  text_too_long: 'error',
  /** `firstRow` */
  external_id_repeated: 'error',
  /** `reason`, a `CoordinateReason` */
  coordinates_not_read: 'error',
  /** The file has points and nobody has said in which system. */
  system_not_chosen: 'error',
  /** `lng`, `lat`: WGS-84 */
  point_at_sea: 'error',
  /** `lng`, `lat`: WGS-84 */
  point_outside_city: 'error',
  /** The same three where such a row is to be listed without its point. */
  point_left_out: 'warning',
  coordinates_swapped: 'warning',
  /** `resolutionM` */
  coordinates_rough: 'warning',
  /** `stated`, `found`: codes */
  point_not_in_district: 'warning',
  district_unknown: 'warning',
  /** `suggestions`: streets spelt nearly so */
  street_unknown: 'warning',
  /** `streetDistrict`, `stated`: codes; the street counts */
  street_not_in_district: 'warning',
  /** `reason`, `at`: what the reader of hours says; the text is kept */
  hours_not_read: 'warning',
  /** `reason`, `at`: read, but with an assumption that the reader names */
  hours_assumed: 'note',
  /** `words` */
  facilities_unknown: 'warning',
  /** `words` */
  services_unknown: 'warning',
  /** No date selector of OSM's, such as `Jun 01-Sep 30`. */
  season_not_read: 'warning',
  price_not_read: 'warning',
  access_not_read: 'warning',
  status_not_read: 'warning',
  date_not_read: 'warning',
  capacity_not_read: 'warning',
  /** `services`: taken because the row names none */
  services_assumed: 'note',
  /** To be placed by hand. */
  point_missing: 'note',
  street_missing: 'note',
} as const satisfies Record<string, 'error' | 'warning' | 'note'> & Record<(typeof ROW_PROBLEMS)[number], 'error'>;
export type IssueCode = keyof typeof ISSUE_CODES;

/** `text` is the cell as written, cut short. */
export interface ImportIssue {
  /** Null when the row as a whole is meant. */
  field: ImportField | null;
  code: IssueCode;
  params: {
    text?: string;
    max?: number;
    firstRow?: number;
    column?: number;
    reason?: CoordinateReason | string;
    at?: string;
    lng?: number;
    lat?: number;
    resolutionM?: number;
    stated?: string;
    found?: string;
    streetDistrict?: string;
    suggestions?: { code: string; name: string }[];
    words?: string[];
    services?: string[];
  };
}
