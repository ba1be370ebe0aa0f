/** Before the browser tests: starts one service with the demo city for all files that only read or report. */
import type { TestProject } from 'vitest/node';
import { startAppServer } from '../support/app-server.ts';
import { NOW_ISO } from './now.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string;
  }
}

export default async function startServer(project: TestProject): Promise<() => Promise<void>> {
  const server = await startAppServer({ TEST_CLOCK: NOW_ISO });
  project.provide('serverUrl', server.url);
  return () => server.close();
}
