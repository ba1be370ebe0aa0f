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
void firstScreenShown.then(async () => (await import('./background.ts')).startBackground());
