import type { VitePWAOptions } from 'vite-plugin-pwa';

const DAY_S = 86_400;

/**
 * What the app is called when it is installed and what works without a network (read by vite.config.ts).
 * The worker is generated: all chunks are stored at the first visit, tiles that were seen stay up to a bound. The
 * city's data is none of its business: client/kept-resource.ts keeps its own copy and says how old it is.
 */
export const offline: Partial<VitePWAOptions> = {
  strategies: 'generateSW',
  filename: 'sw.js',
  // `service-worker.ts` registers it, and asks before a new version takes over.
  registerType: 'prompt',
  injectRegister: false,
  manifest: {
    name: '鹭驿 · 厦门骑手的歇脚地图',
    short_name: '鹭驿',
    description: '找最近的休息驿站、饮水、爱心餐、调解和益鹭保服务点，没有网络也能用。',
    lang: 'zh-CN',
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    orientation: 'any',
    theme_color: '#00618f',
    background_color: '#cfe0e8',
    categories: ['navigation', 'utilities'],
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
    shortcuts: [
      { name: '出事故了', url: '/accident', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
      { name: '按街道看', url: '/streets', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
    ],
  },
  includeManifestIcons: false,
  workbox: {
    globPatterns: ['**/*.{html,js,css,svg}', 'icons/*.png'],
    // A rider's phone does not store the office, whose chunks are named after its pages; see below.
    globIgnores: ['**/maskable-*', 'assets/office-*'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/api\//],
    cleanupOutdatedCaches: true,
    clientsClaim: true,
    skipWaiting: false,
    runtimeCaching: [
      {
        // Named by their content, so what was fetched once never changes: the office opens without a network too.
        urlPattern: /\/assets\/office-[^/]+$/,
        handler: 'CacheFirst',
        options: { cacheName: 'office', expiration: { maxEntries: 80, purgeOnQuotaError: true } },
      },
      {
        // Images from elsewhere are map tiles. Asked for with CORS, because browsers count an opaque answer as
        // megabytes of storage; a tile server without CORS is still shown, only not kept.
        urlPattern: ({ request, sameOrigin }) => !sameOrigin && request.destination === 'image',
        handler: 'CacheFirst',
        options: {
          cacheName: 'tiles',
          fetchOptions: { mode: 'cors', credentials: 'omit' },
          cacheableResponse: { statuses: [200] },
          expiration: { maxEntries: 300, maxAgeSeconds: 30 * DAY_S, purgeOnQuotaError: true },
          plugins: [{ handlerDidError: async ({ request }) => fetch(request) }],
        },
      },
    ],
  },
};
