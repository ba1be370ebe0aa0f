import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUEST_KINDS } from './request.ts';
import {
  findResponsible,
  type ResponsibilityFacts,
  type ResponsibilityRule,
  RULE_TARGETS,
  WINDOW,
} from './responsibility.ts';

const rule = (changes: Partial<ResponsibilityRule> = {}): ResponsibilityRule => ({
  id: 'r1',
  name: 'rule',
  kinds: [],
  jurisdictionCodes: [],
  respondentIds: [],
  hasArea: false,
  target: 'street_of_site',
  targetOrganisationId: null,
  ...changes,
});
const facts = (changes: Partial<ResponsibilityFacts> = {}): ResponsibilityFacts => ({
  kind: 'pay',
  streetCode: '350203011',
  districtCode: '350203',
  respondentId: 'meituan',
  inAreaOf: new Set(),
  nearestMediation: { kind: 'organisation', id: 'union-station' },
  ...changes,
});

describe('who is responsible for a request', () => {
  it('is the target of the first rule that holds', () => {
    const rules = [
      rule({ id: 'a', kinds: ['injury'], target: 'window' }),
      rule({ id: 'b', kinds: ['pay'], target: 'organisation', targetOrganisationId: 'centre' }),
      rule({ id: 'c' }),
    ];
    expect(findResponsible(rules, facts())).toEqual({ body: { kind: 'organisation', id: 'centre' }, ruleId: 'b' });
    expect(findResponsible(rules, facts({ kind: 'advice' }))).toMatchObject({ ruleId: 'c' });
  });

  it('takes a district for all its streets, and an outline only where the place lies in it', () => {
    expect(findResponsible([rule({ jurisdictionCodes: ['350203'] })], facts()).ruleId).toBe('r1');
    expect(findResponsible([rule({ jurisdictionCodes: ['350206'] })], facts()).ruleId).toBeNull();
    expect(findResponsible([rule({ hasArea: true })], facts()).body).toEqual(WINDOW);
    expect(findResponsible([rule({ hasArea: true })], facts({ inAreaOf: new Set(['r1']) })).ruleId).toBe('r1');
  });

  it('passes over a rule that leads nowhere', () => {
    const rules = [rule({ id: 'a' }), rule({ id: 'b', target: 'nearest_mediation' })];
    expect(findResponsible(rules, facts({ streetCode: null })).body).toEqual({
      kind: 'organisation',
      id: 'union-station',
    });
    expect(findResponsible(rules, facts({ streetCode: null, nearestMediation: null }))).toEqual({
      body: WINDOW,
      ruleId: null,
    });
  });

  it('is somebody, whatever the rules and the request', () => {
    const anyRule = fc.record({
      id: fc.string({ minLength: 1 }),
      name: fc.constant('x'),
      kinds: fc.subarray([...REQUEST_KINDS]),
      jurisdictionCodes: fc.subarray(['350203', '350206', '350203011']),
      respondentIds: fc.subarray(['meituan', 'sf']),
      hasArea: fc.boolean(),
      target: fc.constantFrom(...RULE_TARGETS),
      targetOrganisationId: fc.option(fc.constantFrom('centre', 'union'), { nil: null }),
    });
    const anyFacts = fc.record({
      kind: fc.constantFrom(...REQUEST_KINDS),
      streetCode: fc.option(fc.constantFrom('350203011', '350206005'), { nil: null }),
      districtCode: fc.option(fc.constantFrom('350203', '350206'), { nil: null }),
      respondentId: fc.option(fc.constantFrom('meituan', 'sf'), { nil: null }),
      inAreaOf: fc.constant(new Set<string>()),
      nearestMediation: fc.option(fc.constant({ kind: 'street' as const, id: '350203011' }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), anyFacts, (rules, known) => {
        const { body, ruleId } = findResponsible(rules, known);
        expect(body.kind === 'window' || body.id !== '').toBe(true);
        if (ruleId === null) expect(body).toEqual(WINDOW);
        else expect(rules.some(({ id }) => id === ruleId)).toBe(true);
      }),
    );
  });
});
