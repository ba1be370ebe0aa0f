import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { PERSONAL_FIELDS } from '#domain/accounts/personal-data.ts';
import { CONSENT_PURPOSES } from '#domain/accounts/consent.ts';
import { ROLES } from '#domain/accounts/roles.ts';
import { instant, oneOf } from '../columns.ts';
import { jurisdictions, organisations } from './places.ts';

/*
 * The first six tables are better-auth's; its names for the columns are the keys here. Nobody but the library writes
 * them, except for what commands make (the first administrator, the demo accounts).
 */

/** Everybody who can sign in. The name is what staff are called at work; a rider's real name is in `personal_fields`. */
export const users = pgTable('users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  phoneNumber: text('phone_number').unique(),
  phoneNumberVerified: boolean('phone_number_verified'),
  username: text('username').unique(),
  displayUsername: text('display_username'),
  twoFactorEnabled: boolean('two_factor_enabled').default(false),
  demo: boolean('demo').notNull().default(false),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

const userId = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    token: text('token').notNull().unique(),
    expiresAt: instant('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [index('sessions_by_user').on(t.userId)],
);

/** How a user signs in: `credential` holds a hashed password. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [index('credentials_by_user').on(t.userId)],
);

/** One-time codes (hashed) and what else waits to be confirmed. */
export const verifications = pgTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [index('verifications_by_identifier').on(t.identifier), index('verifications_by_expiry').on(t.expiresAt)],
);

export const twoFactors = pgTable(
  'two_factors',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: boolean('verified').default(true),
    failedVerificationCount: integer('failed_verification_count').default(0),
    lockedUntil: instant('locked_until'),
  },
  (t) => [index('two_factors_by_user').on(t.userId)],
);

/** Counters of requests by phone, device and address, each in a window. */
export const rateLimits = pgTable('rate_limits', {
  id: text('id').primaryKey(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
});

/** Who holds which role, where and since when. A membership that has ended stays, because old deeds refer to it. */
export const memberships = pgTable(
  'memberships',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: userId(),
    role: text('role', { enum: ROLES }).notNull(),
    organisationId: text('organisation_id').references(() => organisations.id),
    jurisdictionCode: text('jurisdiction_code').references(() => jurisdictions.code),
    grantedBy: text('granted_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    check('memberships_role', oneOf(t.role, ROLES)),
    uniqueIndex('memberships_held_once')
      .on(t.userId, t.role, sql`coalesce(${t.organisationId}, '')`, sql`coalesce(${t.jurisdictionCode}, '')`)
      .where(sql`${t.endedAt} is null`),
  ],
);

/** The key that opens one person's fields, itself encrypted by a master key. Destroying it erases the person's data. */
export const personKeys = pgTable('person_keys', {
  personId: text('person_id').primaryKey(),
  /** base64 of nonce, ciphertext and tag; null once destroyed. */
  wrappedKey: text('wrapped_key'),
  masterKeyId: text('master_key_id').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  destroyedAt: instant('destroyed_at'),
});

/** Personal data, one encrypted value per field. `lookup` is a keyed hash, for the fields that are searched by. */
export const personalFields = pgTable(
  'personal_fields',
  {
    personId: text('person_id')
      .notNull()
      .references(() => personKeys.personId),
    field: text('field', { enum: PERSONAL_FIELDS }).notNull(),
    ciphertext: text('ciphertext').notNull(),
    lookup: text('lookup'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.field] }),
    check('personal_fields_field', oneOf(t.field, PERSONAL_FIELDS)),
    index('personal_fields_by_lookup').on(t.field, t.lookup),
  ],
);

/** A person's consent to one purpose, with the version of the wording they saw. */
export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    personId: text('person_id').notNull(),
    purpose: text('purpose', { enum: CONSENT_PURPOSES }).notNull(),
    wordingVersion: text('wording_version').notNull(),
    givenAt: instant('given_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    check('consents_purpose', oneOf(t.purpose, CONSENT_PURPOSES)),
    index('consents_by_person').on(t.personId, t.purpose),
  ],
);
