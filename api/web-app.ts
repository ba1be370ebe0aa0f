import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { PMTILES_PATH } from './config.ts';
import { answerEncoded, type EncodedBody, encodeBody } from './http/encoded-body.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Paths that the app draws by itself; everything else that is no file is a 404 that the app draws too. */
const PAGES = [
  /^\/$/,
  /^\/sites\/[^/]+(\/poster)?$/,
  /^\/(streets|accident|about|sign-in|reset-password|me)$/,
  /^\/office(\/(sites|import|scorecard|posters|accounts|people))?$/,
  /^\/office\/sites\/[^/]+(\/history)?$/,
  /^\/office\/import\/[^/]+$/,
];

/** Serves the built web app from memory. Without a build it answers 503 in words. */
export async function createWebApp(distDir: string, pmtilesFile: string | undefined): Promise<Hono> {
  const files = await readFiles(distDir);
  const app = new Hono();

  if (pmtilesFile) {
    app.use(
      PMTILES_PATH,
      serveStatic({ root: dirname(pmtilesFile), rewriteRequestPath: () => `/${basename(pmtilesFile)}` }),
    );
  }

  app.get('*', async (c) => {
    const file = files.get(c.req.path);
    if (file) {
      const response = await answerEncoded(c, file);
      // What the build names by its content never changes; everything else asks first.
      if (c.req.path.startsWith('/assets/'))
        response.headers.set('cache-control', 'public, max-age=31536000, immutable');
      return response;
    }
    const index = files.get('/index.html');
    if (!index) return c.text('The web app is not built yet: run "npm run build" and start again.', 503);
    const isPage = PAGES.some((page) => page.test(c.req.path));
    if (!isPage && extname(c.req.path) !== '') return c.text('Not found', 404);
    const response = await answerEncoded(c, index);
    return isPage || response.status === 304
      ? response
      : new Response(response.body, { status: 404, headers: response.headers });
  });
  return app;
}

async function readFiles(dir: string): Promise<Map<string, EncodedBody>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, EncodedBody>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${relative(dir, path).split(sep).join('/')}`;
    files.set(url, encodeBody(await readFile(path), TYPES[extname(url)] ?? 'application/octet-stream'));
  }
  return files;
}
