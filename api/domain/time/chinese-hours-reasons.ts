/** Why a Chinese text did not become hours. Screens put each into words; the table is closed. */
export const CHINESE_HOURS_REASONS = [
  /** Empty, or a word for it: 无, 暂无, N/A. */
  'not_given',
  'too_long',
  'not_understood',
  /** The hours are written somewhere else: 同营业时间, 随商场, 详询. */
  'refers_elsewhere',
  /** There are no fixed hours, or only rough ones: 不定时, 待定, 8点左右. */
  'not_fixed',
  /** 暂停开放, 装修中, 已撤销. */
  'closed_for_now',
  /** 夏季 and 冬季 without the months they stand for. */
  'season_without_dates',
  /** Other times on 春节, 国庆 and the like, whose days differ from year to year. */
  'named_holiday',
  /** Days or parts of the day without times: 周一至周五, 周六上午. */
  'times_missing',
  /** A single time: 8:00起, 22:00关门. */
  'end_missing',
  /** 午休 without its times. */
  'break_without_times',
  /** Times with two readings: 8:00-6:00. */
  'ambiguous_time',
  /** Figures without 点 or a colon that may be hours of the morning, of the evening, or months: 6-10. */
  'ambiguous_figure',
  /** 25:00, 8:75, 上午15:00. */
  'no_such_time',
  /** 13月, 2月30日. */
  'no_such_date',
  /** Two statements that cannot both hold. */
  'contradiction',
  /** It is not clear which days the times are for. */
  'days_unclear',
  /** Clear, but beyond the hours that are kept: 隔周, 寒暑假, 5月1日起. */
  'not_expressible',
] as const;
export type ChineseHoursReason = (typeof CHINESE_HOURS_REASONS)[number];

/** What a person should look at in hours that were read. */
export const CHINESE_HOURS_NOTES = [
  /** No days are written; the hours are taken for every day. */
  'days_not_stated',
  /** Words about something else were left out: （需扫码）. */
  'remark_left_out',
  /** 8-18 was taken for 08:00-18:00. */
  'figures_read_as_hours',
  /** 春节除外 and the like: public holidays are kept as not known. */
  'named_holiday',
  /** Workdays and weekends have hours, public holidays have not: they are kept as not known. */
  'holidays_not_stated',
  /** 节假日另行通知: public holidays are kept as not known. */
  'holidays_not_fixed',
] as const;
export type ChineseHoursNote = { code: (typeof CHINESE_HOURS_NOTES)[number]; at: string };

/** Ends the reading of a text; `parseChineseHours` turns it into its answer. */
export class Refused extends Error {
  readonly reason: ChineseHoursReason;
  readonly at: string;
  readonly readings: string[] | undefined;
  constructor(reason: ChineseHoursReason, at: string, readings?: string[]) {
    super(reason);
    this.reason = reason;
    this.at = at;
    this.readings = readings;
  }
}

export function refuse(reason: ChineseHoursReason, at: string, readings?: string[]): never {
  throw new Refused(reason, at, readings);
}
