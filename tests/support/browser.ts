/** A real browser: the one that is installed, else the one that comes with the packages. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';

/** With a picture and a click it works without a graphics card, without the network, and as root in a container. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Launches Chromium: `CHROMIUM_PATH`, else an installed one, else the packaged one (which `CHROMIUM=bundled` demands). */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  // The packaged one's own flags make it one process without a network service, in which pages crash on close and
  // offline fails.
  return chromium.launch({ executablePath: await browserPath(), args: FLAGS });
}

async function browserPath(): Promise<string> {
  const bundled = process.env.CHROMIUM === 'bundled';
  const path = bundled ? undefined : (process.env.CHROMIUM_PATH ?? INSTALLED.find((file) => existsSync(file)));
  if (path) return path;
  // Read when the package is loaded: makes it bring the libraries that a bare system lacks.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

export type KillableBrowser = {
  browser: Browser;
  /** Ends it as a person does, so that it writes everything; answers when it is gone. */
  quit: () => Promise<void>;
  /** `kill -9` of the browser and all of its processes; answers when it is gone. Its profile stays. */
  kill: () => Promise<void>;
};

/** A browser with a profile of its own folder, as a phone has it: it can be killed and started again. */
export async function spawnBrowser(profileDir: string): Promise<KillableBrowser> {
  const { chromium } = await import('playwright-core');
  await rm(join(profileDir, 'DevToolsActivePort'), { force: true });
  const args = [
    ...FLAGS,
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profileDir}`,
    'about:blank',
  ];
  const child = spawn(await browserPath(), args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const said = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (said) resolve(said);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The browser ended (${code}) before it was ready`)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return {
    browser,
    quit: async () => {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => {});
      await gone;
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // The group: what draws the pages are processes of their own.
      process.kill(-child.pid!, 'SIGKILL');
      await gone;
    },
  };
}
