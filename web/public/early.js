// First of all, and no inline script, which the page forbids: the theme, so that nothing flashes white at night.
(() => {
  let chosen;
  try {
    chosen = JSON.parse(localStorage.getItem('luyi.preferences') ?? '{}')?.theme;
  } catch {}
  const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = chosen === 'dark' || chosen === 'light' ? chosen : device;
})();

// On the first visit the places travel beside the program.
if (!navigator.serviceWorker?.controller && /^\/(sites\/[^/]+)?$/.test(location.pathname)) {
  for (const href of ['/api/sites', '/api/city']) {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href });
    document.head.append(link);
  }
}
