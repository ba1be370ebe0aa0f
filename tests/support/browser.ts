/** A real browser: the one that is installed, else the one that comes with the packages. */
import { existsSync } from 'node:fs';
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

/**
 * Launches Chromium: `CHROMIUM_PATH`, else an installed one, else the packaged one (which `CHROMIUM=bundled` demands).
 */
export async function launchBrowser(): Promise<Browser> {
  const bundled = process.env.CHROMIUM === 'bundled';
  const path = bundled ? undefined : (process.env.CHROMIUM_PATH ?? INSTALLED.find((file) => existsSync(file)));
  if (path) {
    const { chromium } = await import('playwright-core');
    return chromium.launch({ executablePath: path, args: FLAGS });
  }
  // Read when the package is loaded: makes it bring the libraries that a bare system lacks.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const { chromium } = await import('playwright-core');
  // Its own flags make it one process without a network service, in which pages crash on close and offline fails.
  return chromium.launch({ executablePath: await packaged.executablePath(), args: FLAGS });
}
