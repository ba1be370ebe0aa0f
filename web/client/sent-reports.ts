import { useEffect, useState } from 'react';
import type { ReportState } from '#domain/places/office-contract.ts';
import { ask } from './ask.ts';
import { officeApiPaths } from './office-paths.ts';
import { readSent, SENT_KEY, type SentReport } from './reports.ts';
import { RequestRefused } from './request.ts';

/** What became of a report. `unknown`: it could not be asked; `gone`: the server no longer has it. */
export type Fate = { status: 'asking' | 'unknown' | 'gone' } | ({ status: 'known' } & ReportState);

/** The reports sent from this phone, the latest first, each with what became of it. */
export function useSentReports(): { reports: { report: SentReport; fate: Fate }[]; forget: () => void } {
  const [sent, setSent] = useState(readSent);
  const [fates, setFates] = useState<ReadonlyMap<string, Fate>>(new Map());

  useEffect(
    function askForEach() {
      let left = false;
      async function askAll(): Promise<void> {
        // One after the other: fifty at once would count as too many requests.
        for (const { id } of sent) {
          if (left) return;
          const fate = await askFate(id);
          if (!left) setFates((known) => new Map(known).set(id, fate));
        }
      }
      void askAll();
      return () => {
        left = true;
      };
    },
    [sent],
  );

  useEffect(function followOtherPages() {
    const reread = () => setSent(readSent());
    addEventListener('online', reread);
    addEventListener('storage', reread);
    return () => {
      removeEventListener('online', reread);
      removeEventListener('storage', reread);
    };
  }, []);

  return {
    reports: sent.map((report) => ({ report, fate: fates.get(report.id) ?? { status: 'asking' } })),
    forget: () => {
      try {
        localStorage.removeItem(SENT_KEY);
      } catch {
        // Nothing was kept then.
      }
      setSent([]);
    },
  };
}

async function askFate(id: string): Promise<Fate> {
  try {
    return { status: 'known', ...(await ask<ReportState>(officeApiPaths.report(id))) };
  } catch (error) {
    return { status: error instanceof RequestRefused && error.status === 404 ? 'gone' : 'unknown' };
  }
}
