// Runs before all else; a file of its own, because the page allows no inline script.

// The theme before the first paint: a white flash at night hurts. The rules: client/preferences.ts.
(() => {
  let chosen;
  try {
    chosen = JSON.parse(localStorage.getItem('luyi.preferences') ?? '{}')?.theme;
  } catch {} // No storage: the device decides.
  const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = chosen === 'dark' || chosen === 'light' ? chosen : device;
})();

// On the first visit the places travel beside the program. Later the phone has a copy and asks only for changes.
if (!navigator.serviceWorker?.controller && /^\/(sites\/[^/]+)?$/.test(location.pathname)) {
  for (const href of ['/api/sites', '/api/city']) {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href });
    document.head.append(link);
  }
}
