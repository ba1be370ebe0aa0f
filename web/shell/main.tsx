import '../ui/tokens.css';
import '../ui/base.css';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguage } from '../client/messages.ts';
import { startPreferences } from '../client/preferences.ts';
import { firstScreenShown } from '../ui/first-screen.ts';
import { App } from './app.tsx';

startPreferences();
await startLanguage();

// As a transition the first drawing is done in slices, and a slow phone answers touches in between.
const root = createRoot(document.getElementById('root')!);
startTransition(() =>
  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);

// Neither filling the offline store nor what an earlier visit could not send competes with the first screen.
async function startBackground(): Promise<void> {
  await firstScreenShown;
  const { startSendingReports } = await import('../client/reports.ts');
  startSendingReports();
  // A claim that an earlier visit could not report.
  if (readFlag('luyi.claims-waiting')) {
    const { startSendingClaims } = await import('../client/claim-sender.ts');
    startSendingClaims();
  }
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { startServiceWorker } = await import('./service-worker.ts');
  await startServiceWorker();
}

function readFlag(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

void startBackground();
