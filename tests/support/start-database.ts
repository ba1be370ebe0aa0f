/**
 * Before the database tests: starts one embedded database for the whole run (opening one for every test would take
 * most of the time) and, if TEST_DATABASE_URL names a server, makes a template database there.
 */
import { rm } from 'node:fs/promises';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { connectDatabase, migrate } from '../../db/connect.ts';
import { startEmbedded } from '../../db/embedded/start.ts';
import { keepPristineRows, newDataDir } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    embeddedSocket: string;
    serverTemplate: string | null;
  }
}

export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await newDataDir();
  const embedded = await startEmbedded({ dataDir });
  const server = await makeServerTemplate(process.env.TEST_DATABASE_URL);
  project.provide('embeddedSocket', embedded.socketPath);
  project.provide('serverTemplate', server?.name ?? null);
  return async () => {
    await embedded.close();
    await rm(dataDir, { recursive: true });
    await server?.remove();
  };
}

async function makeServerTemplate(
  url: string | undefined,
): Promise<{ name: string; remove: () => Promise<void> } | null> {
  if (!url) return null;
  const name = `luyi_test_template_${process.pid}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)}`;
  const connection = await connectDatabase({ url: databaseUrl(url, name), dataDir: '', poolSize: 1 });
  await migrate(connection);
  await keepPristineRows(connection);
  await connection.close();
  return {
    name,
    async remove() {
      await admin`drop database if exists ${admin(name)} with (force)`;
      await admin.end();
    },
  };
}

/** The address of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
