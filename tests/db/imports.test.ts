import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { SiteDocument } from '#domain/places/site-document.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { makeActor } from '../support/actors.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import { csvOf, importClient, type ImportClient, listRow } from '../support/imports.ts';

const COORDINATOR = makeActor('coordinator', { role: 'coordinator' });
const HULI_OFFICER = makeActor('officer', { role: 'officer', jurisdictionCode: '350206005' });

describe.each(testEngines())('an import on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let office: ImportClient;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await app?.close();
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    office = importClient(app, COORDINATOR);
  });
  afterAll(() => app.close());

  it('stores what a list says', async () => {
    const checked = await office.upload(csvOf([listRow(1), listRow(2)]));
    expect(checked).toMatchObject({ state: 'checked', missing: ['crs'] });
    const view = await office.choose(checked);
    console.log(JSON.stringify(view), JSON.stringify(await office.rows(view)));
    const stored = await office.store(view);
    expect(stored).toMatchObject({ state: 'stored', counts: { new: 2 } });
    console.log(app.log);
    const rows = await connection.sql`select * from sites`;
    console.log(rows);
    void verifyAudit;
    void SiteDocument;
    void HULI_OFFICER;
  });
});
