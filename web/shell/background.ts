import { startSendingReports } from '../client/reports.ts';
import { WAITING_KEY } from '../client/waiting-claims.ts';

/** What begins once the first screen is shown: sending what an earlier visit could not, and the offline store. */
export async function startBackground(): Promise<void> {
  startSendingReports();
  if (someClaimWaits()) {
    const { startSendingClaims } = await import('../client/claim-sender.ts');
    startSendingClaims();
  }
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { startServiceWorker } = await import('./service-worker.ts');
  await startServiceWorker();
}

function someClaimWaits(): boolean {
  try {
    return localStorage.getItem(WAITING_KEY) !== null;
  } catch {
    return false;
  }
}
