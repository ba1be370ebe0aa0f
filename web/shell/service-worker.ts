import { getMessages } from '../client/messages.ts';
import { showToast } from '../ui/notices.tsx';

/**
 * Starts the worker that keeps the app usable without a network (built by vite-plugin-pwa, see vite.config.ts).
 * A new version is fetched quietly and offered; it takes over when the person says so, or when the app was closed.
 * It never takes over under somebody's hands: the old page would ask for chunks that are gone.
 */
export async function startServiceWorker(): Promise<void> {
  try {
    const hadController = navigator.serviceWorker.controller !== null;
    const registration = await navigator.serviceWorker.register('/sw.js');
    if (registration.waiting) offerUpdate(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        // The very first worker is no update and needs no word.
        if (worker.state === 'installed' && hadController) offerUpdate(worker);
      });
    });
  } catch (error) {
    // No worker (private window, no HTTPS): the app works, only not offline.
    console.warn('The app will not work offline', error);
  }
}

function offerUpdate(worker: ServiceWorker): void {
  const { ready, apply } = getMessages().shell.update;
  showToast({
    text: ready,
    action: {
      label: apply,
      run: () => {
        navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is no window and has no origin argument
        worker.postMessage({ type: 'SKIP_WAITING' });
      },
    },
  });
}
