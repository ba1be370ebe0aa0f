import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHINESE_HOURS_NOTES, CHINESE_HOURS_REASONS } from './chinese-hours-reasons.ts';
import { REFUSALS } from './chinese-hours-refusals.test-support.ts';
import { SPELLINGS } from './chinese-hours-spellings.test-support.ts';
import { parseChineseHours } from './chinese-hours.ts';
import { compileHolidays } from './holidays.ts';
import { daySpans } from './opening-hours.ts';
import type { TimeSpan } from './opening-rules.ts';
import { formatOpeningHours, parseOpeningHours } from './osm-opening-hours.ts';
import { MAX_HOURS_LENGTH, pad } from './osm-reader.ts';
import { addDays } from './shanghai.ts';

const NO_HOLIDAYS = compileHolidays({ coveredYears: [2026], daysOff: [], makeupWorkdays: [] });
const A_MONDAY = '2026-11-23';

describe('parseChineseHours', () => {
  it.each(SPELLINGS)('reads %j as %s', (text, hours, ...notes) => {
    const read = parseChineseHours(text);
    expect(read).toMatchObject({ ok: true, hours });
    if (read.ok) expect(read.notes.map(({ code }) => code)).toEqual(notes);
  });

  it.each(REFUSALS)('refuses %j: %s', (text, reason, at, ...readings) => {
    expect(parseChineseHours(text)).toEqual({ ok: false, reason, at, ...(readings.length && { readings }) });
  });

  it('knows every reason and note it has a name for', () => {
    const reasons = new Set(REFUSALS.map(([, reason]) => reason));
    expect(CHINESE_HOURS_REASONS.filter((reason) => reason !== 'too_long' && !reasons.has(reason))).toEqual([]);
    const notes = new Set(SPELLINGS.flatMap(([, , ...codes]) => codes));
    expect(CHINESE_HOURS_NOTES.filter((note) => !notes.has(note))).toEqual([]);
  });

  it.each(['', '   ', '\n', '　', '无', '／', '——', 'null'])('says that %j gives no hours', (text) => {
    expect(parseChineseHours(text)).toMatchObject({ ok: false, reason: 'not_given' });
  });

  it('says in the notes what was left out or taken for granted', () => {
    expect(parseChineseHours('8-18（需扫码进入），春节除外')).toEqual({
      ok: true,
      hours: '08:00-18:00; PH "春节除外"',
      notes: [
        { code: 'figures_read_as_hours', at: '8-18' },
        { code: 'remark_left_out', at: '需扫码进入' },
        { code: 'days_not_stated', at: '8-18' },
        { code: 'named_holiday', at: '春节除外' },
      ],
    });
  });

  it('leaves hours in OSM’s form as they are, but for their spelling', () => {
    for (const [, hours] of SPELLINGS) {
      if (!/[A-Z]|24\/7/.test(hours)) continue;
      expect(parseChineseHours(hours)).toEqual({ ok: true, hours, notes: [] });
    }
  });

  it('refuses texts that are too long', () => {
    const longest = `8:00-18:00（${'热'.repeat(MAX_HOURS_LENGTH - 12)}）`;
    expect(parseChineseHours(longest)).toMatchObject({ ok: true, hours: '08:00-18:00' });
    expect(parseChineseHours(`${longest} `)).toEqual({ ok: false, reason: 'too_long', at: '' });
    // One sign of this kind becomes eighteen in plain form.
    expect(parseChineseHours('\ufdfa'.repeat(MAX_HOURS_LENGTH))).toMatchObject({ ok: false });
  });

  it('never throws, and everything it reads is hours', () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 520, unit: 'binary' }),
      fc.string({ maxLength: 40, unit: fc.constantFrom(...SIGNS) }),
      pieces,
    );
    fc.assert(
      fc.property(anything, (text) => {
        const read = parseChineseHours(text);
        if (!read.ok) {
          expect(CHINESE_HOURS_REASONS).toContain(read.reason);
          return;
        }
        const parsed = parseOpeningHours(read.hours);
        expect(parsed.ok && formatOpeningHours(parsed.hours)).toBe(read.hours);
      }),
      { seed: 20268, numRuns: 3000 },
    );
  }, 60_000);

  it('reads a week in every spelling of it', () => {
    fc.assert(
      fc.property(week, ({ groups, text }) => {
        const read = parseChineseHours(text);
        expect(read, text).toMatchObject({ ok: true, notes: [] });
        const parsed = parseOpeningHours(read.ok ? read.hours : '');
        if (!parsed.ok) throw new Error(text);
        for (let weekday = 0; weekday < 7; weekday++) {
          const spans = daySpans(parsed.hours, addDays(A_MONDAY, weekday), NO_HOLIDAYS);
          const expected = groups.find(({ weekdays }) => weekdays.includes(weekday))?.spans ?? [];
          expect(
            spans.map(({ startMin, endMin }) => ({ startMin, endMin })),
            text,
          ).toEqual(expected);
        }
      }),
      { seed: 20269, numRuns: 1500 },
    );
  }, 60_000);

  it('comes to an end on the texts that hurt backtracking readers', () => {
    const repeated = [
      '(',
      '（(',
      '周',
      '周一、',
      '1、',
      '一、',
      '8',
      '8:',
      '8:00-',
      '1-1月',
      '零',
      '与',
      '随',
      '以',
      '按',
      '见',
    ];
    const more = [
      ' ',
      '\n ',
      '除',
      '备注:',
      '休',
      '夏',
      '其余',
      '5.1-',
      '二〇',
      '视',
      '暂停',
      '24',
      '同人',
      '初一',
      '-',
    ];
    for (const piece of [...repeated, ...more]) {
      const text = `${piece.repeat(MAX_HOURS_LENGTH).slice(0, MAX_HOURS_LENGTH - 1)}?`;
      expect(parseChineseHours(text).ok, piece).toBe(false);
    }
  });
});

const SIGNS = [
  ...'周一二三五六日天末每工作节假休息除外至到、，；：-~（）() 0123456789:.点半时分上下中午早晚夜次夏冬季月号24小时不照常含其余\n"',
];
const PIECES =
  '周一至周五|周六|周日|周末|工作日|每天|节假日|法定节假日|除外|除|外|休息|午休|照常|8:30|12:00|14:30|8:30-17:30|9:00-12:00|' +
  '14:30-18:00|22:00-次日6:00|24小时|-|至|、|，|；|\n| |(|)|（|）|夏季|冬季|5月-9月|10月-4月|其余|春节|上午|下午|早|晚|8点|半|6-10|8-18|' +
  '次日|不休|无休|含节假日|详询|待定|备注：|1|一|5.1-9.30|7、8月|2026年6月|电话|不含|全年无休|10月1日-7日|关闭|"';
const pieces = fc.array(fc.constantFrom(...PIECES.split('|')), { maxLength: 9 }).map((parts) => parts.join(''));

type Group = { weekdays: number[]; spans: TimeSpan[] };

/** One to three groups of weekdays with one or two spans each, and one of the many ways to write them. */
const week = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
    shut: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null, freq: 2 }),
    spans: fc.array(fc.oneof(morningAndAfternoon(), oneSpan(), overnight()), { minLength: 3, maxLength: 3 }),
    spelling: fc.record({
      prefix: fc.constantFrom('周', '星期', '礼拜', '每周'),
      to: fc.constantFrom('-', '至', '到', '～', '—', '－', '——', ' - '),
      time: fc.constantFrom<TimeSpelling>('8:05', '08:05', '８：０５', '8点05分', '八点零五分', '上午'),
      between: fc.constantFrom('，', ', ', '、', ' ', '；', '\n', ' / '),
      after: fc.constantFrom('', ' ', '：', '\n', '（', '营业时间：'),
      joint: fc.constantFrom('；', '\n', '，', '。', '; '),
      off: fc.constantFrom('休息', '不开放', '闭馆', '：关闭', ' 休息'),
      daysLast: fc.boolean(),
    }),
  })
  .map(({ cuts, shut, spans, spelling }) => {
    const edges = [0, ...cuts.sort((a, b) => a - b), 7];
    const groups = edges.slice(1).map((end, index): Group => {
      const weekdays = Array.from({ length: end - edges[index]! }, (_, day) => edges[index]! + day);
      return { weekdays, spans: edges.length > 2 && index === shut ? [] : spans[index]! };
    });
    return { groups, text: groups.map((group) => write(group, spelling)).join(spelling.joint) };
  });

type TimeSpelling = '8:05' | '08:05' | '８：０５' | '8点05分' | '八点零五分' | '上午';
type Spelling = Record<'prefix' | 'to' | 'between' | 'after' | 'joint' | 'off', string> & {
  time: TimeSpelling;
  daysLast: boolean;
};

function write({ weekdays, spans }: Group, spelling: Spelling): string {
  const { prefix, to, between, after, off, time } = spelling;
  const name = (weekday: number) => prefix + '一二三四五六日'[weekday]!;
  const [first, last] = [weekdays[0]!, weekdays.at(-1)!];
  const days = first === last ? name(first) : `${name(first)}${to}${name(last)}`;
  if (!spans.length) return days + off;
  const times = spans
    .map(({ startMin, endMin }) => writeTime(startMin, time) + to + writeTime(endMin, time))
    .join(between);
  if (spelling.daysLast && !/[；\n]/.test(between)) return `${times}（${days}）`;
  return days + after + times + (after === '（' ? '）' : '');
}

function writeTime(minutes: number, spelling: TimeSpelling): string {
  const nextDay = minutes > 1440 ? '次日' : '';
  const [hour, minute] = [Math.floor((minutes > 1440 ? minutes - 1440 : minutes) / 60), minutes % 60];
  switch (spelling) {
    case '8:05':
      return `${nextDay}${hour}:${pad(minute)}`;
    case '08:05':
      return `${nextDay}${pad(hour)}:${pad(minute)}`;
    case '８：０５':
      return nextDay + `${hour}：${pad(minute)}`.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!);
    case '8点05分':
      return `${nextDay}${hour}点${pad(minute)}分`;
    case '八点零五分':
      return `${nextDay}${numerals(hour)}点${minute ? `${minute < 10 ? '零' : ''}${numerals(minute)}分` : ''}`;
    case '上午': {
      const period = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 18 ? '下午' : '晚上';
      return `${nextDay}${period}${hour > 12 ? hour - 12 : hour}:${pad(minute)}`;
    }
  }
}

function numerals(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10 || !tens ? '零一二三四五六七八九'[number % 10]! : '';
  return (tens > 1 ? '零一二三四五六七八九'[tens]! : '') + (tens ? '十' : '') + ones;
}

function oneSpan(): fc.Arbitrary<TimeSpan[]> {
  return span(8 * 60, 11 * 60, 13 * 60, 24 * 60).map((one) => [one]);
}

function morningAndAfternoon(): fc.Arbitrary<TimeSpan[]> {
  return fc.tuple(span(8 * 60, 9 * 60, 10 * 60, 12 * 60), span(13 * 60, 15 * 60, 16 * 60, 23 * 60));
}

/** Ends no later than its start on the next day, and at 2:00 at the earliest, so that it does not reach 24:00 exactly. */
function overnight(): fc.Arbitrary<TimeSpan[]> {
  return span(18 * 60, 23 * 60, 26 * 60, 31 * 60).map((one) => [one]);
}

function span(earliest: number, latestStart: number, earliestEnd: number, latest: number): fc.Arbitrary<TimeSpan> {
  return fc
    .tuple(fc.integer({ min: earliest, max: latestStart }), fc.integer({ min: earliestEnd, max: latest }))
    .map(([startMin, endMin]) => ({ startMin, endMin }));
}
