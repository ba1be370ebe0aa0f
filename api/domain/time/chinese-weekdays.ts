import type { Reader } from './osm-reader.ts';

export const EVERY_DAY = 0b1111111;
export const WORKWEEK = 0b0011111;
export const WEEKEND = 0b1100000;

/** Days of the week, as bits from Monday = 1 << 0, and public holidays. */
export type ChineseDays = {
  weekdays: number;
  publicHoliday: boolean;
  /** 工作日: what it does not include is known to be closed or otherwise. */
  officialWorkdays?: true;
  /** 每天, which a more exact word beside it overrules. */
  weak?: true;
};

const PREFIX = '[每逢]?(?:周|星期|礼拜)\\s?';
/** A figure is a weekday only where it is not the beginning of a time. */
const FIGURE = '[1-7](?![\\d.点时月]|:\\d\\d(?![\\d:点]))';
const FIRST = new RegExp(`${PREFIX}([一二三四五六日天]|${FIGURE})`, 'y');
const TO_DAY = new RegExp(`(?:[-~→]{1,3}|至|到)\\s?(?:${PREFIX})?([一二三四五六日天](?![点时月])|${FIGURE})`, 'y');
const NAMED_DAY = new RegExp(`(?:[、/和及与]|以及)?\\s?${PREFIX}([一二三四五六日天]|${FIGURE})`, 'y');
const LISTED_DAY = /[、,/和及与]\s?([一二三四五六日天](?![点时月天十]))/y;
const LISTED_FIGURE = new RegExp(`[、,/和及与]\\s?(${FIGURE})`, 'y');
/** 周六日, 周一三五. */
const NEXT_DAY = /([一二三四五六日](?![点时月间常十]))/y;

const WORDS: [RegExp, ChineseDays][] = [
  [
    /每[天日]|天天|日日|[每一]周[七7]天|每星期[七7]天|每周(?![一二三四五六日天末1-7])|(?:一年)?365天(?:无休)?|一年四季|(?:全年|年中|终年|常年)(?:365天)?(?:均?无休|不休|不打烊)?|(?:周)?一至日/y,
    { weekdays: EVERY_DAY, publicHoliday: false, weak: true },
  ],
  [/非工作日/y, { weekdays: WEEKEND, publicHoliday: true }],
  [/(?:法定|正常)?工作日|上班日/y, { weekdays: WORKWEEK, publicHoliday: false, officialWorkdays: true }],
  [/平日/y, { weekdays: WORKWEEK, publicHoliday: false }],
  [/每?(?:周末|双休日?|双休|休息日)(?:两天)?/y, { weekdays: WEEKEND, publicHoliday: false }],
  [
    /(?:国家|国定)?(?:法定|公众|公共)(?:节|休)?假(?:日|期)?|国家节假日|节?假日|节日|公休日|公假/y,
    { weekdays: 0, publicHoliday: true },
  ],
];

/** Reads days such as 周一至周五, 周一、三、五, 周六日, 工作日, 双休日, 每天, 法定节假日. Null when none stand here. */
export function readChineseDays(reader: Reader): ChineseDays | null {
  const word = WORDS.find(([expression]) => reader.take(expression));
  if (word) return { ...word[1] };
  const first = reader.take(FIRST);
  if (!first) return null;
  let last = weekday(first[1]!);
  let weekdays = 1 << last;
  const inFigures = /\d/.test(first[1]!);
  for (;;) {
    const to = reader.take(TO_DAY);
    if (to) {
      const end = weekday(to[1]!);
      while (last !== end) weekdays |= 1 << (last = (last + 1) % 7);
      continue;
    }
    const more =
      reader.take(NAMED_DAY) ??
      reader.take(LISTED_DAY) ??
      (inFigures ? reader.take(LISTED_FIGURE) : reader.take(NEXT_DAY));
    if (!more) return { weekdays, publicHoliday: false };
    weekdays |= 1 << (last = weekday(more[1]!));
  }
}

function weekday(written: string): number {
  const figure = Number(written);
  return (figure || '一二三四五六日'.indexOf(written === '天' ? '日' : written) + 1) - 1;
}
