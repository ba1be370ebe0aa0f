import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const read = (environment: Record<string, string | undefined> = {}) => readConfig(environment, '/srv/luyi');

describe('the settings', () => {
  it('have a default each', () => {
    expect(read()).toEqual({
      payment: 'simulated',
      port: 3000,
      host: '127.0.0.1',
      dataDir: '/srv/luyi/.data',
      databasePoolSize: 10,
      seed: 'demo',
      trustedProxies: 0,
      baseMap: {
        kind: 'xyz',
        url: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
        attribution: '© OpenStreetMap contributors',
        reviewNumber: null,
        crs: 'WGS84',
        minZoom: 3,
        maxZoom: 19,
        configured: false,
      },
    });
  });

  it('of the object storage are set together, or none of them', () => {
    const s3 = {
      FILES_S3_ENDPOINT: 'https://s3.example',
      FILES_S3_BUCKET: 'luyi',
      FILES_S3_ACCESS_KEY: 'key',
      FILES_S3_SECRET_KEY: 'secret',
    };
    expect(read(s3).s3).toEqual({
      endpoint: 'https://s3.example',
      bucket: 'luyi',
      region: 'us-east-1',
      accessKey: 'key',
      secretKey: 'secret',
    });
    for (const name of Object.keys(s3)) {
      expect(() => read({ ...s3, [name]: '' })).toThrow(new RegExp(`${name}: .*together`));
    }
    expect(() => read({ ...s3, FILES_S3_BUCKET: '../other' })).toThrow(/FILES_S3_BUCKET: must be the name of a bucket/);
  });

  it('that are empty count as not set', () => {
    const names = ['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'SEED', 'BASEMAP', 'ROUTING_URL', 'PUBLIC_URL'];
    expect(read(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(read());
  });

  it('are taken as they are told', () => {
    expect(
      read({
        PORT: '0',
        HOST: '::1',
        DATA_DIR: '/var/lib/luyi',
        DATABASE_URL: 'postgresql://me:secret@db:5432/luyi',
        DATABASE_POOL_SIZE: '30',
        SEED: 'none',
        MASTER_KEY: 'a key',
        SMS_WEBHOOK_URL: 'https://sms.example/send',
        SMS_WEBHOOK_SECRET: 'a secret of sixteen',
        ROUTING_URL: 'http://osrm:5000',
        PUBLIC_URL: 'https://luyi.example//',
        TRUSTED_PROXIES: '2',
      }),
    ).toMatchObject({
      port: 0,
      host: '::1',
      dataDir: '/var/lib/luyi',
      databaseUrl: 'postgresql://me:secret@db:5432/luyi',
      databasePoolSize: 30,
      seed: 'none',
      masterKey: 'a key',
      sms: { url: 'https://sms.example/send', secret: 'a secret of sixteen' },
      routingUrl: 'http://osrm:5000',
      publicUrl: 'https://luyi.example',
      trustedProxies: 2,
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['PORT', '0x50'],
    ['PORT', ' '],
    ['DATABASE_URL', 'mysql://localhost/luyi'],
    ['DATABASE_URL', 'luyi'],
    ['DATABASE_POOL_SIZE', '0'],
    ['SEED', 'Demo'],
    ['BASEMAP', 'google'],
    ['BASEMAP_CRS', 'BD09'],
    ['BASEMAP_MAX_ZOOM', '40'],
    ['ROUTING_URL', 'osrm:5000'],
    ['ROUTING_URL', 'ftp://osrm'],
    ['PUBLIC_URL', 'luyi.example'],
    ['TRUSTED_PROXIES', 'yes'],
    ['SMS_WEBHOOK_URL', 'sms.example'],
    ['SMS_WEBHOOK_SECRET', 'short'],
    ['DEMO_PUBLIC', 'yes'],
  ])('refuse %s=%s by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^These settings cannot be used:\\n {2}${name}: .+`));
  });

  it('name everything that is wrong at once, also what goes together', () => {
    const wrong = { PORT: 'x', SEED: 'y', BASEMAP: 'xyz', BASEMAP_MAX_ZOOM: '99' };
    for (const name of ['PORT', 'SEED', 'BASEMAP_MAX_ZOOM', 'BASEMAP_URL', 'BASEMAP_ATTRIBUTION']) {
      expect(() => read(wrong)).toThrow(`  ${name}: `);
    }
  });
});

describe('a demo', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'luyi.example', '127.0.0.1.example', '128.0.0.1'])(
    'is not started by accident where others can reach it: HOST=%s',
    (HOST) => {
      expect(() => read({ HOST })).toThrow(/SEED: SEED=demo makes staff accounts whose password is public/);
      expect(() => read({ HOST, SEED: 'demo' })).toThrow(/DEMO_PUBLIC=1/);
      expect(read({ HOST, DEMO_PUBLIC: '1' }).seed).toBe('demo');
      expect(read({ HOST, SEED: 'reference', PAYMENT: 'simulated' }).host).toBe(HOST);
    },
  );

  it.each(['127.0.0.1', '127.0.0.53', '::1', 'localhost'])('is for this machine: HOST=%s', (HOST) => {
    expect(read({ HOST }).seed).toBe('demo');
  });
});

describe('how people pay', () => {
  const wechat = {
    PAYMENT: 'wechat',
    PUBLIC_URL: 'https://luyi.example',
    WECHAT_PAY_MERCHANT_ID: '1900000109',
    WECHAT_PAY_APP_ID: 'wxd678efh567hg6787',
    WECHAT_PAY_SERIAL: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
    WECHAT_PAY_KEY_FILE: 'keys/merchant.pem',
    WECHAT_PAY_API_KEY: '0123456789abcdefghijklmnopqrstuv',
    WECHAT_PAY_PUBLIC_KEY_FILE: '/keys/wechat.pem',
    WECHAT_PAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0119000001092024',
  };
  it('takes WeChat Pay with all that it needs, or says what is missing', () => {
    expect(read(wechat).wechatPay).toMatchObject({ merchantId: '1900000109', publicKeyFile: '/keys/wechat.pem' });
    expect(read({ ...wechat, PAYMENT: 'simulated' }).wechatPay).toBeDefined();
    expect(read({}).wechatPay).toBeUndefined();
    expect(() => read({ PAYMENT: 'wechat' })).toThrow(/WECHAT_PAY_MERCHANT_ID: is needed[^]*PUBLIC_URL: /);
    for (const name of Object.keys(wechat).filter((key) => key.startsWith('WECHAT'))) {
      expect(() => read({ ...wechat, [name]: '' })).toThrow(new RegExp(`${name}: is needed`));
      expect(() => read({ ...wechat, PAYMENT: '', [name]: undefined })).toThrow(new RegExp(`${name}: is needed`));
    }
    expect(() => read({ ...wechat, PUBLIC_URL: 'http://luyi.example' })).toThrow(/PUBLIC_URL/);
    expect(() => read({ ...wechat, WECHAT_PAY_API_KEY: 'short' })).toThrow(/WECHAT_PAY_API_KEY: must be/);
  });

  it('is simulated on this machine and in a demo for everybody, and elsewhere only if that is said', () => {
    expect(read({}).payment).toBe('simulated');
    expect(read({ HOST: '0.0.0.0', DEMO_PUBLIC: '1' }).payment).toBe('simulated');
    expect(read({ HOST: '0.0.0.0', SEED: 'none', PAYMENT: 'simulated' }).payment).toBe('simulated');
    expect(read({ HOST: '0.0.0.0', SEED: 'none', ...wechat }).payment).toBe('wechat');
    expect(() => read({ HOST: '0.0.0.0', SEED: 'none' })).toThrow(/PAYMENT: say how people pay/);
    expect(() => read({ PAYMENT: 'cash' })).toThrow(/PAYMENT/);
  });
});

describe('the message gateway', () => {
  it.each([
    [{ SMS_WEBHOOK_URL: 'https://sms.example' }, 'SMS_WEBHOOK_SECRET'],
    [{ SMS_WEBHOOK_SECRET: 'a secret of sixteen' }, 'SMS_WEBHOOK_URL'],
  ])('%j lacks %s', (environment, name) => {
    expect(() => read(environment)).toThrow(`  ${name}: `);
  });
});

describe('the choice of a base map', () => {
  const template = 'https://{s}.tiles.example/{z}/{x}/{y}.png';

  it.each([
    [{ BASEMAP: 'xyz' }, 'BASEMAP_URL'],
    [{ BASEMAP: 'xyz', BASEMAP_URL: template }, 'BASEMAP_ATTRIBUTION'],
    [{ BASEMAP: 'xyz', BASEMAP_URL: 'file:///{z}/{x}/{y}', BASEMAP_ATTRIBUTION: 'me' }, 'BASEMAP_URL'],
    [{ BASEMAP: 'xyz', BASEMAP_URL: 'https://tiles.example/{z}.png', BASEMAP_ATTRIBUTION: 'me' }, 'BASEMAP_URL'],
    [{ BASEMAP: 'pmtiles' }, 'BASEMAP_URL'],
    [{ BASEMAP: 'tianditu' }, 'BASEMAP_KEY'],
  ])('%j lacks %s', (environment, name) => {
    expect(() => read(environment)).toThrow(`  ${name}: `);
  });

  it('is made only with a review number, or with no street map at all', () => {
    const chosen = { BASEMAP: 'xyz', BASEMAP_URL: template, BASEMAP_ATTRIBUTION: '© us', BASEMAP_CRS: 'GCJ02' };
    expect(read(chosen).baseMap).toMatchObject({ url: template, crs: 'GCJ02', configured: false });
    expect(read({ ...chosen, BASEMAP_REVIEW_NUMBER: 'GS(2026)1号' }).baseMap).toMatchObject({
      reviewNumber: 'GS(2026)1号',
      configured: true,
    });
    expect(read({ BASEMAP: 'none' }).baseMap).toMatchObject({ kind: 'none', configured: true });
    expect(read({ BASEMAP: 'osm' }).baseMap.configured).toBe(false);
  });

  it('has the names of Tianditu on a layer of their own, and its key out of the rest of the address', () => {
    const { url, labelsUrl, subdomains } = read({ BASEMAP: 'tianditu', BASEMAP_KEY: 'a&b' }).baseMap;
    expect(url).toMatch(/\/vec_w\/wmts\?.*LAYER=vec&.*&tk=a%26b$/);
    expect(labelsUrl).toMatch(/\/cva_w\/wmts\?.*LAYER=cva&.*&tk=a%26b$/);
    expect(subdomains).toBe('01234567');
  });

  it('serves a PMTiles file under an address of its own', () => {
    const config = read({ BASEMAP: 'pmtiles', BASEMAP_URL: 'maps/xiamen.pmtiles' });
    expect(config.pmtilesFile).toBe('/srv/luyi/maps/xiamen.pmtiles');
    expect(config.baseMap).toMatchObject({ kind: 'pmtiles', url: '/base-map.pmtiles' });
  });
});
