import { insuranceRefusals as en } from './messages/en/insurance-refusals.ts';
import { refusals as refusalsEn } from './messages/en/refusals.ts';
import { insuranceRefusals as zh } from './messages/zh/insurance-refusals.ts';
import { refusals as refusalsZh } from './messages/zh/refusals.ts';
import { refusalWords, type RefusalTexts } from './refusals.ts';
import { useTexts } from './texts.ts';

const texts: Record<'zh' | 'en', RefusalTexts> = {
  zh: { ...refusalsZh, codes: { ...refusalsZh.codes, ...zh } },
  en: { ...refusalsEn, codes: { ...refusalsEn.codes, ...en } },
};

/** `useRefusals` with what the insurance may say. */
export function useInsuranceRefusals(): (error: unknown) => string {
  const words = useTexts(texts);
  return (error) => refusalWords(error, words);
}

/** The words for a code that was kept. */
export function useRefusalOfCode(): (code: string) => string {
  const words = useTexts(texts);
  return (code) => words.codes[code] ?? words.unknown;
}
