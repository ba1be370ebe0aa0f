import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { offline } from './web/shell/offline.ts';

export default defineConfig({
  root: 'web',
  plugins: [react(), VitePWA(offline)],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Browsers without module preloading (Safari before 17) fetch the same chunks a moment later.
    modulePreload: { polyfill: false },
    // Leaflet's default pictures are never shown: leave them out of the style sheet.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Building a zod schema has no side effect, nor has refining one of the named: the phone carries no schema that
      // it does not use (today none, which saves 27 KB compressed).
      treeshake: { manualPureFunctions: ['z', 'Day', 'SiteId', 'Facilities', 'ReportSummary'] },
      // What the first screen needs comes in one piece; the map and the other pages have their own.
      // The rider's map is one piece too, also the part of it that the office's editor shares.
      output: {
        codeSplitting: {
          groups: [
            { name: 'first-screen', tags: ['$initial'] },
            {
              name: 'map',
              test: /\/web\/(map\/(?!point-picker|cluster-(index|worker)|gcj-|pmtiles-)|pages\/map-area)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  test: {
    root: '.',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          root: '.',
          include: ['{api,db,web,seed}/**/*.test.{ts,tsx}', 'tests/{support,bench}/**/*.test.ts'],
          testTimeout: 30_000, // property tests run long on a busy machine
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          root: '.',
          include: ['tests/{db,api}/**/*.test.ts'],
          globalSetup: 'tests/support/start-database.ts',
          fileParallelism: false, // the files share one embedded database, and each starts with it empty
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          root: '.',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: 'tests/browser/start-server.ts',
          fileParallelism: false,
          // Beside the database tests, on two cores, a step may take long: these limits only end what hangs.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
