import type { EmployerRowView } from '#domain/insurance/employer-file-contract.ts';
import { minuteOfDay, shanghaiDay } from '#domain/time/shanghai.ts';

export function yuan(fen: number): string {
  return (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

const two = (number: number) => String(number).padStart(2, '0');

/** `2026-12-01 09:05`, in Xiamen. */
export function momentOf(instant: string): string {
  const ms = Date.parse(instant);
  const minute = minuteOfDay(ms);
  return `${shanghaiDay(ms)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function daysText(days: EmployerRowView['days']): string {
  return days.map(({ from, to }) => (from === to ? from : `${from} ~ ${to}`)).join('\n');
}
