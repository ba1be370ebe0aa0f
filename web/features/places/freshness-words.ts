import { VERIFIED_FACTS, type VerifiedFact } from '#domain/places/catalogue.ts';
import { type FreshnessBasis, judgeFact, type JudgedFact, type OpenComplaint } from '#domain/places/freshness.ts';
import type { Freshness } from '#domain/places/office-contract.ts';
import type { SiteProperties } from '#domain/places/site.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { PlacesMessages } from '../../client/messages/zh/places.ts';
import { agoWords, dayWords } from './words.ts';

/** From the surest to the least sure; what is in question is said apart. */
const DECAY: readonly Freshness[] = ['fresh', 'ageing', 'stale', 'never'];

export type FreshnessWords = { freshness: Freshness; text: string };

/**
 * How far one can rely on what the list says of a place, as of now and in one phrase: what riders say against any fact,
 * else the least sure of where it is and when it opens.
 */
export function freshnessWords(site: SiteProperties, nowMs: number, m: PlacesMessages): FreshnessWords {
  let contested = false;
  let complaint: OpenComplaint | null = null;
  let weakest: JudgedFact | null = null;
  for (const fact of VERIFIED_FACTS) {
    const judged = judgeFact(fact, site, shanghaiDay(nowMs));
    contested ||= judged.freshness === 'contested';
    if (judged.complaint && (!complaint || judged.complaint.last > complaint.last)) complaint = judged.complaint;
    if (fact !== 'facilities' && isStated(site, fact) && (!weakest || isWeaker(judged, weakest))) weakest = judged;
  }
  if (contested || complaint) {
    const text = complaint ? complaintWords(complaint, nowMs, m) : m.freshness.contested;
    return { freshness: contested ? 'contested' : 'ageing', text };
  }
  if (!weakest?.basis) return { freshness: 'never', text: m.freshness.never };
  const text = basisWords(weakest.basis, nowMs, m);
  return { freshness: weakest.freshness, text: weakest.freshness === 'stale' ? m.freshness.stale(text) : text };
}

/** Of two that are as sure, the older one. */
function isWeaker(a: JudgedFact, b: JudgedFact): boolean {
  const order = DECAY.indexOf(a.freshness) - DECAY.indexOf(b.freshness);
  return order > 0 || (order === 0 && (a.basis?.day ?? '') < (b.basis?.day ?? ''));
}

/** Whether anything is said of a fact, so that it can be right or wrong. */
export function isStated(site: SiteProperties, fact: VerifiedFact): boolean {
  if (fact === 'location') return site.precisionM !== null;
  return fact === 'hours' ? site.services.some(({ hours }) => hours !== null) : Object.keys(site.facilities).length > 0;
}

/** `昨天有人说“锁着门”` */
export function complaintWords({ kind, last }: OpenComplaint, nowMs: number, m: PlacesMessages): string {
  return m.freshness.warning(agoWords(last, nowMs, m), m.reportKinds[kind]);
}

/** `3 天前核实`, `昨天骑手确认`, `资料日期 11月23日` */
export function basisWords({ by, day }: FreshnessBasis, nowMs: number, m: PlacesMessages): string {
  if (by === 'publication') return m.freshness.reported(dayWords(day, nowMs, m));
  return m.freshness[by === 'check' ? 'verified' : 'confirmed'](agoWords(day, nowMs, m));
}
