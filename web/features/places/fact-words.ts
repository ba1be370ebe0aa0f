import type { VerifiedFact } from '#domain/places/catalogue.ts';
import { readFactSource } from '#domain/places/fact-source.ts';
import { judgeFact } from '#domain/places/freshness.ts';
import type { Freshness } from '#domain/places/office-contract.ts';
import type { SiteProperties } from '#domain/places/site.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { basisWords, complaintWords, isStated } from './freshness-words.ts';
import type { CardMessages } from './use-details.ts';
import { agoWords, dayWords } from './words.ts';

/** `said` is how sure the fact is, `behind` who says so and how they know. */
export type FactWords = { freshness: Freshness; said: string[]; behind: string[] };

/** What the card says under one fact, as of now; null where nothing is known of it and nobody speaks against it. */
export function factWords(site: SiteProperties, fact: VerifiedFact, nowMs: number, m: CardMessages): FactWords | null {
  const { freshness, basis, complaint } = judgeFact(fact, site, shanghaiDay(nowMs));
  const { status, date, source } = site.verification[fact];
  if (!isStated(site, fact) && !complaint && status !== 'disputed') return null;

  const checkedOn = status === 'verified' || status === 'disputed' ? date : null;
  const { who, how } = source === null ? { who: null, how: null } : readFactSource(source);
  const said: string[] = [];
  const behind: string[] = [];

  if (complaint) said.push(complaintWords(complaint, nowMs, m));
  else if (freshness === 'contested') said.push(m.freshness.contested);
  if (basis?.by === 'publication' && how === 'changed') said.push(m.fact.changed(dayWords(basis.day, nowMs, m)));
  else if (basis && (basis.by !== 'check' || !complaint)) said.push(basisWords(basis, nowMs, m));
  if (freshness === 'stale') said.push(m.fact.stale);
  else if (checkedOn === null) said.push(m.fact.neverChecked);
  else if (freshness === 'ageing' && !complaint) said.push(m.fact.ageing);

  const toldAbove = basis?.by === 'check' && !complaint;
  if (who !== null) {
    behind.push(checkedOn && !toldAbove ? m.fact.checkedBefore(who, agoWords(checkedOn, nowMs, m)) : who);
  }
  if (how !== null && how !== 'changed') behind.push(m.fact.methods[how]);
  return { freshness, said, behind };
}
