import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarEvent, calendarText, escapeText, foldLine } from './calendar-text.ts';

const event = (changes: Partial<CalendarEvent> = {}): CalendarEvent => ({
  id: '0b5d4c6e-0000-4000-8000-000000000001',
  version: 2,
  startMs: Date.parse('2026-03-11T09:30:00+08:00'),
  endMs: Date.parse('2026-03-11T10:00:00+08:00'),
  summary: '法律援助',
  location: '嘉莲街道, 1号; 二楼',
  description: '请带：身份证\n合同',
  point: { lng: 118.118, lat: 24.4885 },
  isCancelled: false,
  remindMin: 60,
  ...changes,
});
const octets = (line: string) => new TextEncoder().encode(line).length;
/** Read back as RFC 5545 says, by nothing of the writer. */
const read = (text: string) =>
  text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const);
const unescape = (text: string) => text.replaceAll(/\\([\\;,nN])/g, (_, c: string) => (/n/i.test(c) ? '\n' : c));

describe('a calendar file', () => {
  it('holds an appointment as calendars read it', () => {
    const lines = Object.fromEntries(read(calendarText('我的预约', [event()], Date.parse('2026-03-10T04:00:00Z'))));
    expect(lines).toMatchObject({
      DTSTAMP: '20260310T040000Z',
      DTSTART: '20260311T013000Z',
      DTEND: '20260311T020000Z',
      SEQUENCE: '2',
      STATUS: 'CONFIRMED',
      LOCATION: String.raw`嘉莲街道\, 1号\; 二楼`,
      GEO: '24.488500;118.118000',
      TRIGGER: '-PT60M',
    });
  });

  it('says that an appointment is cancelled, and reminds of it no more', () => {
    const text = calendarText('x', [event({ isCancelled: true })], 0);
    expect(text).toContain('STATUS:CANCELLED');
    expect(text).not.toContain('VALARM');
  });

  it('is well formed with any text, which comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', ';', ',', '\\', '\n', '\r', '号', '🛵', ':', ' ', 'END:VEVENT\n'),
          maxLength: 200,
        }),
        (words) => {
          const text = calendarText(words, [event({ summary: words, description: words })], 0);
          expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
          expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
          for (const line of text.split('\r\n')) {
            expect(octets(line)).toBeLessThanOrEqual(75);
            expect(new TextDecoder().decode(new TextEncoder().encode(line))).toBe(line);
          }
          const lines = read(text);
          expect(lines.filter(([key]) => key === 'BEGIN')).toHaveLength(3);
          expect(lines.filter(([key]) => key === 'END')).toHaveLength(3);
          const summary = lines.find(([key]) => key === 'SUMMARY')![1];
          expect(unescape(summary)).toBe(words.replaceAll(/\r\n?/g, '\n'));
        },
      ),
      { seed: 8, numRuns: 300 },
    );
  });

  it('never holds a control character', () => {
    expect(escapeText('a\u0000b\u001bc\td')).toBe('a b c d');
    expect(foldLine('x'.repeat(75))).toBe('x'.repeat(75));
    expect(foldLine('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x`);
  });
});
