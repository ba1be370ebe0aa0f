import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, ACTIONS, can, PERMISSIONS, type Scope } from '#domain/accounts/permissions.ts';
import { type Actor, ROLE_HOME, type Role, ROLES } from '#domain/accounts/roles.ts';
import { membershipsInScope } from '../../api/accounts/membership-scope.ts';
import { coversPerson } from '../../api/accounts/person-scope.ts';
import { sitesInScope } from '../../api/places/site-scope.ts';
import type { Connection } from '../../db/connect.ts';
import { memberships, users } from '../../db/tables/accounts.ts';
import { sites } from '../../db/tables/places.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { actorWith } from '../support/accounts.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSites, makeSite } from '../support/factories.ts';

const SITE_ACTIONS = ACTIONS.filter((action) => /^(site|proposal|report|handover|scorecard)\./.test(action));

/** Two places to hold a role in, of which the second has nothing to do with the first. */
const HERE = { organisationId: 'xiamen-ftu', streetCode: '350203011', districtCode: '350203' };
const THERE = { organisationId: 'icbc-jiangtou', streetCode: '350206005', districtCode: '350206' };

/** Somebody who holds the role in one of the two, as such a role is held. */
function holder(role: Role, where: typeof HERE): Actor {
  const home = ROLE_HOME[role];
  return actorWith({
    role,
    organisationId: home === 'organisation' ? where.organisationId : null,
    jurisdictionCode:
      home !== 'jurisdiction' ? null : role === 'district_officer' ? where.districtCode : where.streetCode,
  });
}

const cells = ROLES.flatMap((role) =>
  ACTIONS.map((action) => [role, action, PERMISSIONS[role][action] ?? 'not at all'] as const),
);
const siteCells = cells.filter(([, action]) => SITE_ACTIONS.includes(action));

/** Where a holder of the role in HERE may do it, by the scope: what the table means, said a second time. */
const MAY: Record<Scope | 'not at all', { here: boolean; there: boolean; own: boolean }> = {
  city: { here: true, there: true, own: true },
  jurisdiction: { here: true, there: false, own: false },
  organisation: { here: true, there: false, own: false },
  own: { here: false, there: false, own: true },
  'not at all': { here: false, there: false, own: false },
};

describe('the permission table', () => {
  it('names no scope in which its role is not held', () => {
    for (const [role, action, scope] of cells) {
      if (scope === 'organisation' || scope === 'jurisdiction')
        expect([role, action, ROLE_HOME[role]]).toEqual([role, action, scope]);
    }
  });

  it('gives nobody but the administrator roles to give, data to reveal and passwords to reset', () => {
    for (const action of ['membership.grant', 'person.reveal', 'person.reset'] satisfies Action[]) {
      expect(ROLES.filter((role) => PERMISSIONS[role][action])).toEqual(['administrator']);
    }
  });

  it('lets everybody see to their own data', () => {
    for (const role of ROLES) expect(can(holder(role, HERE), 'own.data', { isOwn: true })).toBe(true);
  });

  it.each(cells)('%s, %s: %s', (role, action, scope) => {
    const actor = holder(role, HERE);
    expect({
      here: can(actor, action, HERE),
      there: can(actor, action, THERE),
      own: can(actor, action, { isOwn: true }),
    }).toEqual(MAY[scope]);
    expect(can(actor, action, {}), 'what belongs to nobody').toBe(scope === 'city');
    expect(can(actorWith(), action, { ...HERE, isOwn: true }), 'somebody without a role').toBe(false);
    if (scope === 'jurisdiction' || scope === 'organisation') {
      expect(can(holder(role, THERE), action, HERE), 'a colleague elsewhere').toBe(false);
      const homeless = actorWith({ role });
      expect(can(homeless, action, { streetCode: null, districtCode: null, organisationId: null })).toBe(false);
    }
  });

  it('lets a street do nothing in another street of its district, and the district in all of them', () => {
    const neighbour = { ...HERE, organisationId: null, streetCode: '350203010' };
    expect(can(holder('officer', HERE), 'site.edit', neighbour)).toBe(false);
    expect(can(holder('district_officer', HERE), 'site.edit', neighbour)).toBe(true);
  });
});

const siteIn = (where: Partial<typeof HERE>, id: string) =>
  makeSite({ id, streetCode: null, districtCode: null, organisationId: null, ...where });

describe.each(testEngines())('the permission table in SQL on %s', (engine) => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    await seedBase(connection.db);
    await addSites(
      connection.db,
      siteIn(HERE, 'here'),
      siteIn(THERE, 'there'),
      siteIn({ ...HERE, streetCode: '350203010', organisationId: undefined }, 'next-street'),
      siteIn({}, 'nobodys'),
    );
  });
  afterAll(() => connection.close());

  const found = async (actor: Actor, action: Action) => {
    const rows = await connection.db.select({ id: sites.id }).from(sites).where(sitesInScope(actor, action));
    return rows.map(({ id }) => id).sort();
  };

  it.each(siteCells)('%s, %s: %s', async (role, action, scope) => {
    const district = role === 'district_officer';
    const expected = {
      city: ['here', 'next-street', 'nobodys', 'there'],
      jurisdiction: district ? ['here', 'next-street'] : ['here'],
      organisation: ['here'],
      own: [],
      'not at all': [],
    }[scope];
    expect(await found(holder(role, HERE), action)).toEqual(expected);
    expect(await found(actorWith(), action)).toEqual([]);
    if (scope !== 'city') expect(await found(actorWith({ role }), action), 'held nowhere').toEqual([]);
  });

  it('agrees with the rule for every place, also for somebody with several roles', async () => {
    const actor = actorWith(
      { role: 'officer', jurisdictionCode: '350203010' },
      { role: 'keeper', organisationId: THERE.organisationId },
      { role: 'rider' },
    );
    const rows = await connection.db.select().from(sites);
    for (const action of SITE_ACTIONS) {
      const expected = rows.filter((site) => can(actor, action, site)).map(({ id }) => id);
      expect(await found(actor, action)).toEqual(expected.sort());
    }
    expect(await found(actor, 'report.answer')).toEqual(['next-street', 'there']);
  });

  it('stays part of a longer condition', async () => {
    const actor = actorWith(
      { role: 'officer', jurisdictionCode: HERE.streetCode },
      { role: 'keeper', organisationId: THERE.organisationId },
    );
    const rows = await connection.db
      .select({ id: sites.id })
      .from(sites)
      .where(and(eq(sites.id, 'nobodys'), sitesInScope(actor, 'report.answer')));
    expect(rows).toEqual([]);
  });

  it('narrows memberships by the same grants', async () => {
    await connection.db.insert(users).values({ id: 'u', name: 'u', email: 'u@test.invalid' });
    await connection.db.insert(memberships).values([
      { userId: 'u', role: 'officer', jurisdictionCode: HERE.streetCode },
      { userId: 'u', role: 'keeper', organisationId: HERE.organisationId },
    ]);
    const count = async (actor: Actor, action: Action) => {
      const scope = membershipsInScope(connection.db, actor, action);
      return connection.db.$count(memberships, scope);
    };
    for (const role of ROLES) {
      for (const action of ['membership.view', 'membership.grant', 'own.data', 'site.edit'] satisfies Action[]) {
        const scope = PERMISSIONS[role][action];
        const expected = { city: 2, jurisdiction: 1, organisation: 1, own: 0, none: 0 }[scope ?? 'none'];
        expect([role, action, await count(holder(role, HERE), action)]).toEqual([role, action, expected]);
      }
    }
  });

  it('covers a person only with everything that they are', async () => {
    const people = {
      here: [{ role: 'officer', jurisdictionCode: HERE.streetCode }],
      there: [{ role: 'officer', jurisdictionCode: THERE.streetCode }],
      both: [
        { role: 'officer', jurisdictionCode: HERE.streetCode },
        { role: 'administrator', jurisdictionCode: null },
      ],
      nothing: [],
      nothingAnyMore: [{ role: 'officer', jurisdictionCode: HERE.streetCode, endedAt: new Date(0) }],
      hereNow: [
        { role: 'officer', jurisdictionCode: HERE.streetCode },
        { role: 'administrator', jurisdictionCode: null, endedAt: new Date(0) },
      ],
    } as const;
    for (const [id, held] of Object.entries(people)) {
      await connection.db.insert(users).values({ id, name: id, email: `${id}@test.invalid` });
      for (const membership of held) await connection.db.insert(memberships).values({ userId: id, ...membership });
    }
    const covered = async (actor: Actor, action: Action) => {
      const ids: string[] = [];
      for (const id of Object.keys(people)) if (await coversPerson(connection.db, actor, action, id)) ids.push(id);
      return ids;
    };
    for (const role of ROLES) {
      for (const action of ACTIONS) {
        const scope = PERMISSIONS[role][action];
        const expected = scope === 'city' ? Object.keys(people) : scope === 'jurisdiction' ? ['here', 'hereNow'] : [];
        expect([role, action, await covered(holder(role, HERE), action)]).toEqual([role, action, expected]);
      }
    }
    const oneself = { ...holder('rider', HERE), personId: 'there' };
    expect(await covered(oneself, 'own.data')).toEqual(['there']);
  });
});
