import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SendMessage } from './message.ts';

export const outboxFile = (dataDir: string): string => join(dataDir, 'outbox.jsonl');

/**
 * Sends nothing: every message is shown on the terminal and appended to `outbox.jsonl` in the data folder, one
 * `{ to, text, code }` per line.
 */
export function developmentOutbox(dataDir: string, say: (line: string) => void): SendMessage {
  return async ({ to, text, code }) => {
    await mkdir(dataDir, { recursive: true });
    await appendFile(outboxFile(dataDir), `${JSON.stringify({ to, text, code: code ?? null })}\n`, { mode: 0o600 });
    say(`Message to ${to} (not sent, no gateway is set): ${text}`);
  };
}
