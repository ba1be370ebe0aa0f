import { describe, expect, it } from 'vitest';
import { backupName, expiredBackups, findBackupInstant, nextBackupDelayMs } from './backup.ts';

const day = (n: number): string => backupName(Date.UTC(2025, 0, n));
const DAY_MS = 86_400_000;

describe('backup names', () => {
  it('keep the instant to the millisecond', () => {
    const atMs = Date.UTC(2025, 11, 31, 23, 59, 59, 987);
    expect(backupName(atMs)).toBe('luyi-2025-12-31T23-59-59-987Z.tar.gz');
    expect(findBackupInstant(backupName(atMs))).toBe(atMs);
  });

  it.each(['notes.txt', 'luyi-2025-12-31T23-59-59-987Z.tar.gz.part', 'luyi-.tar.gz'])('do not include %s', (name) =>
    expect(findBackupInstant(name)).toBeNull(),
  );
});

describe('rotation', () => {
  it('deletes the oldest and nothing that is not a backup', () => {
    expect(expiredBackups([day(3), 'notes.txt', day(1), day(2)], 2)).toEqual([day(1)]);
  });

  it('deletes nothing while there are few', () => {
    expect(expiredBackups([day(1), day(2)], 7)).toEqual([]);
  });
});

describe('the schedule', () => {
  const noon = Date.UTC(2025, 0, 2, 12);

  it('counts from the newest backup, so that restarts do not put it off', () => {
    expect(nextBackupDelayMs([day(1), day(2)], noon, DAY_MS, 1000)).toBe(DAY_MS / 2);
  });

  it('does not start with an overdue backup at once', () => {
    expect(nextBackupDelayMs([day(1)], noon, DAY_MS, 1000)).toBe(1000);
    expect(nextBackupDelayMs([], noon, DAY_MS, 1000)).toBe(1000);
  });

  it('does not wait for a clock that was wrong', () => {
    expect(nextBackupDelayMs([day(31)], noon, DAY_MS, 1000)).toBe(DAY_MS);
  });
});
