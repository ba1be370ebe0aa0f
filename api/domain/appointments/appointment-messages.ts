import { minuteOfDay, shanghaiDay } from '../time/shanghai.ts';

export const APPOINTMENT_MESSAGES = ['booked', 'moved', 'cancelled', 'reminder', 'slot_free'] as const;
export type AppointmentMessageKind = (typeof APPOINTMENT_MESSAGES)[number];

/** Long before its beginning somebody is reminded of an appointment. */
export const REMIND_BEFORE_MS = 24 * 3_600_000;

/**
 * The text that goes to a phone. It tells the time and the place only, never which service it is: a phone lies on tables.
 */
export function appointmentMessage(kind: AppointmentMessageKind, startMs: number, siteName: string): string {
  const minutes = minuteOfDay(startMs);
  const [, month, day] = shanghaiDay(startMs).split('-');
  const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  const when = `${Number(month)}月${Number(day)}日 ${time}，${siteName}`;
  return `【鹭驿】${WORDS[kind].replace('{when}', when)}登录鹭驿“我的预约”查看详情。`;
}

const WORDS: Readonly<Record<AppointmentMessageKind, string>> = {
  booked: '预约成功：{when}。如不能到场请提前取消。',
  moved: '预约已改到：{when}。',
  cancelled: '预约已取消：{when}。',
  reminder: '提醒您的预约：{when}。请带好所需材料。',
  slot_free: '您候补的时段有空位：{when}。先约先得。',
};
