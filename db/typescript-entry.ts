import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * A module that loads a TypeScript file. Node 20 does not apply `--import tsx` to the entry of a worker. Both are named
 * by their full addresses, so that it works from any working directory, in the server and in the tests.
 */
export function typeScriptEntry(file: URL): URL {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(/\.cjs$/, '.mjs');
  const code = `import { register } from '${loader}'; register(); await import('${file.href}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
