import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { PAYMENT_PROVIDERS, type PaymentProviderName } from '#domain/insurance/enrolment.ts';
import { SEEDS } from '../seed/seed.ts';

const Url = (protocols: RegExp, message: string) => z.url({ protocol: protocols, error: message });
const blankIsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, fallback: string | number) =>
  z.preprocess((value) => blankIsUnset(value) ?? fallback, schema);

const whole = (min: number, max: number) =>
  z.preprocess(
    // No blanks, no hex and no exponents, which `Number()` would let through.
    (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.number({ error: 'must be a whole number' }).int().min(min).max(max),
  );

const BASEMAPS = ['osm', 'tianditu', 'xyz', 'pmtiles', 'none'] as const;

const Environment = z
  .object({
    PORT: withDefault(whole(0, 65_535), 3000),
    HOST: withDefault(z.string().max(253), '127.0.0.1'),
    DATA_DIR: withDefault(z.string(), '.data'),
    DATABASE_URL: optional(Url(/^postgres(ql)?$/, 'must look like postgres://user:password@host:5432/database')),
    DATABASE_POOL_SIZE: withDefault(whole(1, 200), 10),
    SEED: withDefault(z.enum(SEEDS), 'demo'),
    BASEMAP: withDefault(z.enum(BASEMAPS), 'osm'),
    BASEMAP_URL: optional(z.string().max(2000)),
    BASEMAP_KEY: optional(z.string().max(200)),
    BASEMAP_ATTRIBUTION: optional(z.string().max(300)),
    BASEMAP_REVIEW_NUMBER: optional(z.string().max(60)),
    BASEMAP_CRS: withDefault(z.enum(['WGS84', 'GCJ02']), 'WGS84'),
    BASEMAP_MAX_ZOOM: withDefault(whole(10, 22), 18),
    ROUTING_URL: optional(Url(/^https?$/, 'must be the http(s) address of an OSRM-compatible router')),
    PUBLIC_URL: optional(Url(/^https?$/, 'must be the http(s) address that riders open, for QR codes')),
    TRUSTED_PROXIES: withDefault(whole(0, 5), 0),
    MASTER_KEY: optional(z.string().max(200)),
    SMS_WEBHOOK_URL: optional(Url(/^https?$/, 'must be the http(s) address of your message gateway')),
    SMS_WEBHOOK_SECRET: optional(z.string().min(16, 'must have at least 16 characters').max(200)),
    PAYMENT: optional(z.enum(PAYMENT_PROVIDERS)),
    WECHAT_PAY_MERCHANT_ID: optional(
      z.string().regex(/^\d{8,10}$/, 'must be the 8 to 10 digits of the merchant number'),
    ),
    WECHAT_PAY_APP_ID: optional(z.string().regex(/^wx\w{6,30}$/, 'must look like wxd678efh567hg6787')),
    WECHAT_PAY_SERIAL: optional(
      z.string().regex(/^[0-9A-Fa-f]{8,64}$/, "must be the hex serial number of the merchant's certificate"),
    ),
    WECHAT_PAY_KEY_FILE: optional(z.string().max(1000)),
    WECHAT_PAY_API_KEY: optional(z.string().regex(/^[\x21-\x7e]{32}$/, 'must be the 32 characters of the APIv3 key')),
    WECHAT_PAY_PUBLIC_KEY_FILE: optional(z.string().max(1000)),
    WECHAT_PAY_PUBLIC_KEY_ID: optional(z.string().regex(/^\w{8,80}$/, 'must look like PUB_KEY_ID_0119…')),
    WECHAT_PAY_API_ROOT: optional(Url(/^https?$/, 'must be an http(s) address; leave it out for the real WeChat Pay')),
    DEMO_PUBLIC: optional(z.literal('1', { error: 'must be 1, or left out' })),
    FILES_S3_ENDPOINT: optional(Url(/^https?$/, 'must be the http(s) address of an S3-compatible store')),
    FILES_S3_BUCKET: optional(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')),
    FILES_S3_REGION: withDefault(z.string().max(60), 'us-east-1'),
    FILES_S3_ACCESS_KEY: optional(z.string().max(200)),
    FILES_S3_SECRET_KEY: optional(z.string().max(200)),
  })
  .superRefine(checkFiles, { when: () => true })
  .superRefine(checkMessages, { when: () => true })
  .superRefine(checkDemo, { when: () => true })
  .superRefine(checkPayment, { when: () => true })
  .superRefine(checkWechatPay, { when: () => true })
  .superRefine(checkBaseMap, { when: () => true }); // also when a setting by itself is wrong: all are named at once

const S3_SETTINGS = ['FILES_S3_ENDPOINT', 'FILES_S3_BUCKET', 'FILES_S3_ACCESS_KEY', 'FILES_S3_SECRET_KEY'] as const;

function checkFiles(
  env: Partial<Record<(typeof S3_SETTINGS)[number], string | undefined>>,
  context: z.RefinementCtx,
): void {
  if (S3_SETTINGS.every((name) => env[name] === undefined)) return;
  for (const name of S3_SETTINGS) {
    if (env[name] !== undefined) continue;
    const message = `${S3_SETTINGS.join(', ')} are set together, or none of them`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
}

type MessageSettings = Partial<Record<'SMS_WEBHOOK_URL' | 'SMS_WEBHOOK_SECRET', string | undefined>>;

function checkMessages(env: MessageSettings, context: z.RefinementCtx): void {
  if ((env.SMS_WEBHOOK_URL === undefined) === (env.SMS_WEBHOOK_SECRET === undefined)) return;
  const missing = env.SMS_WEBHOOK_URL === undefined ? 'SMS_WEBHOOK_URL' : 'SMS_WEBHOOK_SECRET';
  context.addIssue({
    code: 'custom',
    path: [missing],
    message: 'SMS_WEBHOOK_URL and SMS_WEBHOOK_SECRET are set together, or neither',
  });
}

/** Everybody knows the demo accounts' password, so nobody beyond this machine may meet them by accident. */
function checkDemo(
  env: { SEED: string; HOST: string; DEMO_PUBLIC?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (env.SEED !== 'demo' || env.DEMO_PUBLIC === '1' || isLoopback(env.HOST)) return;
  context.addIssue({
    code: 'custom',
    path: ['SEED'],
    message: `SEED=demo makes staff accounts whose password is public, and HOST=${env.HOST} can be reached from other machines. Set SEED=reference or SEED=none, or DEMO_PUBLIC=1 if this is a demo for everybody`,
  });
}

/** A simulation that takes no money must not be met by accident by people who believe that they are insured. */
function checkPayment(
  env: { HOST: string; PAYMENT?: string | undefined; DEMO_PUBLIC?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (env.PAYMENT !== undefined || env.DEMO_PUBLIC === '1' || isLoopback(env.HOST)) return;
  context.addIssue({
    code: 'custom',
    path: ['PAYMENT'],
    message: `say how people pay, because HOST=${env.HOST} can be reached from other machines: PAYMENT=wechat, or PAYMENT=simulated, which moves no money and says so on every page that asks for it`,
  });
}

const WECHAT_PAY_SETTINGS = [
  'WECHAT_PAY_MERCHANT_ID',
  'WECHAT_PAY_APP_ID',
  'WECHAT_PAY_SERIAL',
  'WECHAT_PAY_KEY_FILE',
  'WECHAT_PAY_API_KEY',
  'WECHAT_PAY_PUBLIC_KEY_FILE',
  'WECHAT_PAY_PUBLIC_KEY_ID',
] as const;
type WechatPaySettings = Partial<
  Record<(typeof WECHAT_PAY_SETTINGS)[number] | 'PUBLIC_URL' | 'PAYMENT', string | undefined>
>;

/** They are set together; also after a change back to the simulation, so that what was paid can be given back. */
function checkWechatPay(env: WechatPaySettings, context: z.RefinementCtx): void {
  const missing = WECHAT_PAY_SETTINGS.filter((name) => env[name] === undefined);
  if (missing.length === WECHAT_PAY_SETTINGS.length && env.PAYMENT !== 'wechat') return;
  for (const name of missing) {
    const message = `is needed for WeChat Pay, with ${WECHAT_PAY_SETTINGS.filter((other) => other !== name).join(', ')}`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
  if (env.PUBLIC_URL?.startsWith('https://')) return;
  const message = 'WeChat Pay sends its callbacks to an https address: set PUBLIC_URL to one that the internet reaches';
  context.addIssue({ code: 'custom', path: ['PUBLIC_URL'], message });
}

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

type BaseMapSettings = { BASEMAP: string } & Partial<
  Record<'BASEMAP_URL' | 'BASEMAP_KEY' | 'BASEMAP_ATTRIBUTION', string | undefined>
>;

function checkBaseMap(env: BaseMapSettings, context: z.RefinementCtx): void {
  const refuse = (path: keyof BaseMapSettings, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const need = (key: keyof BaseMapSettings, why: string) => env[key] === undefined && refuse(key, why);
  if (env.BASEMAP === 'xyz') {
    need('BASEMAP_URL', 'BASEMAP=xyz needs a template such as https://tiles.example/{z}/{x}/{y}.png');
    need('BASEMAP_ATTRIBUTION', 'BASEMAP=xyz needs the attribution its owner asks for');
    if (env.BASEMAP_URL !== undefined && !isTemplate(env.BASEMAP_URL)) {
      refuse('BASEMAP_URL', 'must be an http(s) template with {z}, {x} and {y}');
    }
  }
  if (env.BASEMAP === 'pmtiles') need('BASEMAP_URL', 'BASEMAP=pmtiles needs the path of a .pmtiles file');
  if (env.BASEMAP === 'tianditu') need('BASEMAP_KEY', 'BASEMAP=tianditu needs the key Tianditu gave you');
}

/** Leaflet's `{-y}` counts rows from the south, as TMS does. */
function isTemplate(url: string): boolean {
  return (
    URL.canParse(url.replaceAll(/[{}]/g, '')) && /^https?:.*\{z\}/.test(url) && /\{x\}/.test(url) && /\{-?y\}/.test(url)
  );
}

/** The street map as phones are told of it. `configured` is false while the operator has not made a choice. */
export type BaseMap = {
  kind: 'xyz' | 'pmtiles' | 'none';
  url: string;
  /** A second template whose tiles lie over those of `url` and hold the names. */
  labelsUrl?: string;
  attribution: string;
  reviewNumber: string | null;
  crs: 'WGS84' | 'GCJ02';
  minZoom: number;
  maxZoom: number;
  subdomains?: string;
  configured: boolean;
};

export type Config = {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl?: string;
  databasePoolSize: number;
  seed: (typeof SEEDS)[number];
  baseMap: BaseMap;
  /** The local file behind `baseMap.url` when its kind is `pmtiles`. */
  pmtilesFile?: string;
  routingUrl?: string;
  publicUrl?: string;
  trustedProxies: number;
  masterKey?: string;
  payment: PaymentProviderName;
  wechatPay?: {
    merchantId: string;
    appId: string;
    serial: string;
    keyFile: string;
    apiKey: string;
    publicKeyFile: string;
    publicKeyId: string;
    apiRoot?: string;
  };
  sms?: { url: string; secret: string };
  /** Where files lie; without it in the data folder. */
  s3?: { endpoint: string; bucket: string; region: string; accessKey: string; secretKey: string };
};

export const PMTILES_PATH = '/base-map.pmtiles';

/** Reads and checks every setting. Throws one `Error` that names each bad one and says what it must be. */
export function readConfig(environment: Record<string, string | undefined>, cwd: string): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`These settings cannot be used:\n${lines.join('\n')}\nThe README lists every setting.`);
  }
  const env = parsed.data;
  const from = (path: string) => (isAbsolute(path) ? path : resolve(cwd, path));
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: from(env.DATA_DIR),
    databasePoolSize: env.DATABASE_POOL_SIZE,
    seed: env.SEED,
    baseMap: baseMapOf(env, environment.BASEMAP !== undefined && environment.BASEMAP !== ''),
    trustedProxies: env.TRUSTED_PROXIES,
    payment: env.PAYMENT ?? 'simulated',
    ...(env.WECHAT_PAY_MERCHANT_ID && {
      wechatPay: {
        merchantId: env.WECHAT_PAY_MERCHANT_ID,
        appId: env.WECHAT_PAY_APP_ID!,
        serial: env.WECHAT_PAY_SERIAL!,
        keyFile: from(env.WECHAT_PAY_KEY_FILE!),
        apiKey: env.WECHAT_PAY_API_KEY!,
        publicKeyFile: from(env.WECHAT_PAY_PUBLIC_KEY_FILE!),
        publicKeyId: env.WECHAT_PAY_PUBLIC_KEY_ID!,
        ...(env.WECHAT_PAY_API_ROOT && { apiRoot: env.WECHAT_PAY_API_ROOT.replace(/\/+$/, '') }),
      },
    }),
    ...(env.DATABASE_URL && { databaseUrl: env.DATABASE_URL }),
    ...(env.MASTER_KEY && { masterKey: env.MASTER_KEY }),
    ...(env.SMS_WEBHOOK_URL && { sms: { url: env.SMS_WEBHOOK_URL, secret: env.SMS_WEBHOOK_SECRET! } }),
    ...(env.FILES_S3_ENDPOINT && {
      s3: {
        endpoint: env.FILES_S3_ENDPOINT,
        bucket: env.FILES_S3_BUCKET!,
        region: env.FILES_S3_REGION,
        accessKey: env.FILES_S3_ACCESS_KEY!,
        secretKey: env.FILES_S3_SECRET_KEY!,
      },
    }),
    ...(env.BASEMAP === 'pmtiles' && { pmtilesFile: from(env.BASEMAP_URL!) }),
    ...(env.ROUTING_URL && { routingUrl: env.ROUTING_URL }),
    ...(env.PUBLIC_URL && { publicUrl: env.PUBLIC_URL.replace(/\/+$/, '') }),
  };
}

function baseMapOf(env: z.infer<typeof Environment>, chosen: boolean): BaseMap {
  const reviewNumber = env.BASEMAP_REVIEW_NUMBER ?? null;
  const common = { reviewNumber, minZoom: 3, maxZoom: env.BASEMAP_MAX_ZOOM, crs: env.BASEMAP_CRS };
  const configured = chosen && reviewNumber !== null;
  switch (env.BASEMAP) {
    case 'none':
      return { ...common, kind: 'none', url: '', attribution: '', configured: chosen };
    case 'pmtiles':
      return { ...common, kind: 'pmtiles', url: PMTILES_PATH, attribution: env.BASEMAP_ATTRIBUTION ?? '', configured };
    case 'xyz':
      return { ...common, kind: 'xyz', url: env.BASEMAP_URL!, attribution: env.BASEMAP_ATTRIBUTION!, configured };
    case 'tianditu':
      return {
        ...common,
        kind: 'xyz',
        url: tiandituTiles('vec', env.BASEMAP_KEY!),
        labelsUrl: tiandituTiles('cva', env.BASEMAP_KEY!),
        subdomains: '01234567',
        attribution: env.BASEMAP_ATTRIBUTION ?? '天地图',
        crs: 'WGS84',
        configured,
      };
    case 'osm':
      return {
        ...common,
        kind: 'xyz',
        url: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
        attribution: '© OpenStreetMap contributors',
        crs: 'WGS84',
        maxZoom: 19,
        configured,
      };
  }
}

/** Tianditu draws the map (`vec`) and its Chinese names (`cva`) on layers of their own, in web Mercator (`_w`). */
function tiandituTiles(layer: 'vec' | 'cva', key: string): string {
  const query = `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles`;
  const tile = `TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`;
  return `https://t{s}.tianditu.gov.cn/${layer}_w/wmts?${query}&${tile}`;
}
