import { startSendingReports } from '../client/reports.ts';
import { CLAIMS_DATABASE } from '../client/claims-database.ts';

/** What begins once the first screen is shown: sending what an earlier visit could not, and the offline store. */
export async function startBackground(): Promise<void> {
  startSendingReports();
  if (await hasClaims()) {
    const { startSendingClaims } = await import('../client/claim-sender.ts');
    startSendingClaims();
  }
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { startServiceWorker } = await import('./service-worker.ts');
  await startServiceWorker();
}

/** Who never drafted a claim has no such store, and needs none of its code. */
async function hasClaims(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === CLAIMS_DATABASE);
  } catch {
    // Older browsers do not tell, private windows may refuse.
    return 'indexedDB' in window;
  }
}
