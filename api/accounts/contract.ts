import { z } from '@hono/zod-openapi';
import { CONSENT_PURPOSES } from '#domain/accounts/consent.ts';
import { ACTIONS } from '#domain/accounts/permissions.ts';
import { FOUND_BY, PERSONAL_FIELDS } from '#domain/accounts/personal-data.ts';
import { LOOK_KINDS } from '#domain/accounts/looks.ts';
import { ROLES } from '#domain/accounts/roles.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, USERNAME } from './create-staff-account.ts';

/** What a database cannot keep: NUL and half characters. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

const text = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !UNSTORABLE.test(value), 'must be readable text');

const Field = z.enum(PERSONAL_FIELDS);
const Purpose = z.enum(CONSENT_PURPOSES);
const PersonId = z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a person');
const held = {
  role: z.enum(ROLES),
  organisationId: z.string().nullable(),
  organisation: z.string().nullable(),
  jurisdictionCode: z.string().nullable(),
  jurisdiction: z.string().nullable(),
};

export const Me = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    username: z.string().nullable(),
    phoneMasked: z.string().nullable(),
    demo: z.boolean(),
    twoFactor: z.boolean(),
  }),
  memberships: z.array(z.object(held)),
  actions: z.array(z.enum(ACTIONS)),
});

export const SignInOptions = z.object({
  demoAccounts: z.array(z.object({ username: z.string(), role: z.enum(ROLES) })),
  demoPassword: z.string().nullable(),
});

export const PersonalData = z.object({
  fields: z.array(z.object({ field: Field, masked: z.string(), updatedAt: z.string() })),
  consents: z.array(
    z.object({
      purpose: Purpose,
      wordingVersion: z.string(),
      givenAt: z.string(),
      withdrawnAt: z.string().nullable(),
    }),
  ),
});

export const fieldParam = z.object({ field: Field });
export const purposeParam = z.object({ purpose: Purpose });
export const personParam = z.object({ id: PersonId });
export const membershipParam = z.object({ id: z.uuid() });
export const cursorQuery = z.object({ cursor: z.uuid().optional() });

export const KeepPersonalBody = z.strictObject({
  value: text(1, 4000),
  consent: z.strictObject({ purpose: Purpose, wordingVersion: z.string().min(1).max(40) }),
});
export const EraseBody = z.strictObject({ confirm: z.literal(true) });
export const RevealBody = z.strictObject({ field: Field, reason: text(4, 500) });
export const Revealed = z.object({ value: z.string() });

export const FindPersonBody = z.strictObject({ by: z.enum(FOUND_BY), value: text(4, 40) });
export const FoundPeople = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      username: z.string().nullable(),
      phoneMasked: z.string().nullable(),
      fields: z.array(z.object({ field: Field, masked: z.string(), updatedAt: z.string() })),
    }),
  ),
});
export const Looks = z.object({
  looks: z.array(
    z.object({
      at: z.string(),
      what: z.enum(LOOK_KINDS),
      /** With `person.reveal`: which value; with `person.find`: the kind of number that was looked for. */
      field: Field.nullable(),
      by: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export const MakeResetBody = z.strictObject({
  username: text(1, 100),
  removeSecondFactor: z.boolean().default(false),
  reason: text(4, 500),
});
export const MadeReset = z.object({ token: z.string(), expiresAt: z.string() });

export const GrantBody = z
  .strictObject({
    userId: PersonId.optional(),
    username: text(1, 100).optional(),
    role: z.enum(ROLES),
    organisationId: z.string().max(64).nullish(),
    jurisdictionCode: z.string().max(12).nullish(),
  })
  .refine((body) => (body.userId === undefined) !== (body.username === undefined), {
    path: ['username'],
    message: 'say who: userId or username, one of them',
  });
export const CreateStaffBody = z.strictObject({
  username: z.string().toLowerCase().regex(USERNAME, 'must have 3 to 30 letters, digits, dots or underscores'),
  name: text(1, 60),
  password: z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH),
});
export const Made = z.object({ id: z.string() });
export const Memberships = z.object({
  memberships: z.array(
    z.object({
      id: z.string(),
      userId: z.string(),
      name: z.string(),
      username: z.string().nullable(),
      ...held,
      createdAt: z.string(),
      endedAt: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
