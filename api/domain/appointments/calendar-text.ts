/** An appointment in a calendar file (RFC 5545). Instants in epoch milliseconds. */
export type CalendarEvent = {
  id: string;
  /** Counts its changes, so that a calendar takes the newest. */
  version: number;
  startMs: number;
  endMs: number;
  summary: string;
  location: string;
  description: string;
  point: { lng: number; lat: number } | null;
  isCancelled: boolean;
  /** The calendar reminds this long before. */
  remindMin: number;
};

/** The text of a calendar file: CRLF, lines of at most 75 octets, every text escaped. */
export function calendarText(name: string, events: readonly CalendarEvent[], nowMs: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Luyi//Appointments//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    ...events.flatMap((event) => eventLines(event, nowMs)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent, nowMs: number): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${event.id}@luyi`,
    `DTSTAMP:${instantText(nowMs)}`,
    `DTSTART:${instantText(event.startMs)}`,
    `DTEND:${instantText(event.endMs)}`,
    `SEQUENCE:${event.version}`,
    `STATUS:${event.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${escapeText(event.summary)}`,
    `LOCATION:${escapeText(event.location)}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    // RFC 5545, 3.8.1.6: latitude first.
    ...(event.point ? [`GEO:${event.point.lat.toFixed(6)};${event.point.lng.toFixed(6)}`] : []),
    ...(event.isCancelled
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `TRIGGER:-PT${event.remindMin}M`,
          `DESCRIPTION:${escapeText(event.summary)}`,
          'END:VALARM',
        ]),
    'END:VEVENT',
  ];
}

/** RFC 5545, 3.3.11; control characters, which no text may hold, are left out. */
export function escapeText(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
      .replaceAll(/[\\;,]/g, String.raw`\$&`)
      .replaceAll('\n', String.raw`\n`)
  );
}

const MAX_OCTETS = 75;

/** RFC 5545, 3.1: longer lines go on in the next, after a blank. Never cuts within a character. */
export function foldLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** `20260310T040000Z` */
function instantText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
