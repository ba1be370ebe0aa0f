import { cpus, totalmem } from 'node:os';

export type Machine = { cpu: string; cores: number; memoryGb: number; node: string; date: string };

export function describeMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    date: new Date().toISOString(),
  };
}
