import { sql } from 'drizzle-orm';
import { z } from '@hono/zod-openapi';
import { createRoute } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { requestId, type RequestIdVariables } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Accounts } from './accounts/accounts.ts';
import { authRoutes } from './accounts/auth-routes.ts';
import { peopleRoutes } from './accounts/people-routes.ts';
import { resetRoutes } from './accounts/reset-routes.ts';
import { accountsRoutes } from './accounts/routes.ts';
import { appointmentRoutes } from './appointments/appointment-routes.ts';
import { counterRoutes } from './appointments/counter-routes.ts';
import { serviceRoutes } from './appointments/service-routes.ts';
import type { BaseMap } from './config.ts';
import { type ApiDocument, docsPage } from './docs.ts';
import { mediationRoutes } from './cases/mediation/mediation-routes.ts';
import { requestRoutes } from './cases/request-routes.ts';
import { createApi } from './http/create-api.ts';
import { describeError } from './http/describe-error.ts';
import { neverKept } from './http/never-kept.ts';
import { openToAll } from './http/open-to-all.ts';
import { answerProblem, Problem } from './http/problem.ts';
import { refuseForeignPages } from './http/refuse-foreign-pages.ts';
import { claimRoutes } from './insurance/claim-routes.ts';
import type { InsuranceDependencies } from './insurance/dependencies.ts';
import { insurerRoutes } from './insurance/insurer-routes.ts';
import { ledgerRoutes } from './insurance/ledger-routes.ts';
import { payByAction } from './insurance/pay-claim.ts';
import { EMPLOYER_UPLOAD_PATH, employerRoutes } from './insurance/employer-routes.ts';
import { enrolmentRoutes } from './insurance/enrolment-routes.ts';
import { paymentRoutes } from './insurance/payment-routes.ts';
import { termsRoutes } from './insurance/terms-routes.ts';
import { reviewRoutes } from './insurance/review-routes.ts';
import { deskRoutes } from './places/desk-routes.ts';
import { type ImportDependencies, importRoutes, UPLOAD_PATH } from './places/import-routes.ts';
import { photoRoutes } from './places/photo-routes.ts';
import { FILE_BODIES, fileHeaders, fileRoutes } from './platform/files/routes.ts';
import { officeRoutes } from './places/office-routes.ts';
import { type PlacesDependencies, placesRoutes } from './places/routes.ts';

export type AppDependencies = Omit<PlacesDependencies, 'devices'> &
  Pick<ImportDependencies, 'importJobs'> &
  Pick<InsuranceDependencies, 'payments' | 'employerFileJobs'> & {
    accounts: Accounts;
    /** Serves the pages; left out where only the API is wanted. */
    webApp?: Hono;
    log: (line: string) => void;
  };

const MAX_BODY_BYTES = 64 * 1024;
const MAX_URL_LENGTH = 4096;
const WRITE_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

const Health = z.object({
  status: z.literal('ok'),
  database: z.enum(['pglite', 'postgresql']),
  postgis: z.string(),
  sites: z.number().int(),
});
const healthRoute = createRoute({
  method: 'get',
  path: '/health',
  summary: 'Whether the service works',
  responses: { 200: { description: 'it does', content: { 'application/json': { schema: Health } } } },
});

/** The whole service as one `fetch` handler; tests call `app.request()`. */
export function createApp(deps: AppDependencies): Hono<{ Variables: RequestIdVariables }> {
  const app = new Hono<{ Variables: RequestIdVariables }>();
  app.use(requestId());
  // Before the policy of pages, so that their own stricter one is what stays.
  app.on('GET', ['/api/files/:id', '/api/photos/:id'], fileHeaders);
  app.use(secureHeaders(securityPolicy(deps.baseMap)));
  app.use(async (c, next) => {
    if (c.req.url.length > MAX_URL_LENGTH) throw new Problem('uri_too_long', `At most ${MAX_URL_LENGTH} characters.`);
    await next();
  });
  app.onError((error, c) => {
    if (error instanceof Problem) return answerProblem(c, error);
    if (error instanceof HTTPException && error.status === 400) {
      return answerProblem(c, new Problem('broken_json', 'The body could not be read as JSON. Nothing was stored.'));
    }
    const id = c.get('requestId');
    deps.log(`request ${id} failed: ${c.req.method} ${c.req.path}\n${describeError(error)}`);
    return answerProblem(
      c,
      new Problem('internal_error', `Please try again; quote ${id} if it stays.`, { requestId: id }),
    );
  });

  const api = createApi();
  api.use(openToAll);
  // Only where something may be sent along: every layer costs each of the many readers, and looking for a body makes the
  // server build a whole Request.
  const onWrite = (middleware: MiddlewareHandler) => api.on(WRITE_METHODS, '*', middleware);
  onWrite(refuseForeignPages(deps.publicUrl));
  onWrite(
    exceptUploads(
      bodyLimit({
        maxSize: MAX_BODY_BYTES,
        onError: () => {
          throw new Problem('body_too_large', `At most ${MAX_BODY_BYTES / 1024} KB. Nothing was stored.`);
        },
      }),
    ),
  );
  onWrite(
    exceptUploads(async (c, next) => {
      if (
        c.req.method !== 'DELETE' &&
        hasBody(c.req.raw) &&
        !/^application\/json\b/i.test(c.req.header('content-type') ?? '')
      ) {
        throw new Problem('unsupported_media_type', 'Send the header Content-Type: application/json.');
      }
      await next();
    }),
  );
  api.openapi(healthRoute, async (c) => {
    const [row] = await deps.connection.db.execute<{ version: string }>(sql`select postgis_lib_version() as version`);
    const { engine } = deps.connection;
    return c.json({ status: 'ok', database: engine, postgis: row!.version, sites: deps.store.sites.length }, 200);
  });
  for (const path of [
    '/auth/*',
    '/me',
    '/me/*',
    '/people',
    '/people/*',
    '/memberships',
    '/memberships/*',
    '/office/*',
    '/enrolments',
    '/enrolments/*',
    '/payments/*',
    '/certificates/*',
    '/requests',
    '/requests/*',
    '/sessions/*',
    '/appointments',
    '/appointments/*',
    '/waiting',
    '/waiting/*',
  ]) {
    api.use(path, neverKept);
  }
  api.route('/', authRoutes(deps.accounts));
  api.route('/', resetRoutes(deps.accounts));
  api.route('/', accountsRoutes(deps.accounts));
  api.route('/', peopleRoutes(deps.accounts));
  const { accounts } = deps;
  const { findActor, devices } = accounts;
  api.route('/', placesRoutes({ ...deps, devices }));
  const office = { ...deps, findActor, devices };
  api.route('/', officeRoutes(office));
  api.route('/', deskRoutes(office));
  api.route('/', importRoutes(office));
  api.route('/', fileRoutes(office));
  api.route('/', photoRoutes(office));
  const insurance: InsuranceDependencies = {
    ...deps,
    vault: accounts.vault,
    findActor,
    sendMessage: accounts.sendMessage,
  };
  api.route('/', termsRoutes(insurance));
  api.route('/', enrolmentRoutes(insurance));
  api.route('/', paymentRoutes(insurance));
  api.route('/', claimRoutes({ ...insurance, ...deps }));
  api.route('/', reviewRoutes(insurance));
  const market = { ...deps, ...insurance, limits: accounts.limits, devices };
  api.route('/', serviceRoutes(market));
  api.route('/', appointmentRoutes(market));
  api.route('/', counterRoutes(market));
  api.route('/', requestRoutes({ ...insurance, limits: accounts.limits, devices }));
  api.route('/', mediationRoutes({ ...insurance, limits: accounts.limits, devices }));
  api.route('/', ledgerRoutes(insurance));
  api.route(
    '/',
    insurerRoutes({
      ...insurance,
      payClaim: payByAction({ db: deps.connection.db, vault: accounts.vault, files: deps.files }),
    }),
  );
  api.route('/', employerRoutes(insurance));

  const describe = () =>
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: '鹭驿 Luyi API', version: '0.1.0' },
      servers: [{ url: '/api' }],
    });
  api.get('/openapi.json', (c) => c.json(describe()));
  api.get('/docs', (c) => c.html(docsPage(describe() as unknown as ApiDocument)));
  api.all('*', () => {
    throw new Problem('not_found', 'GET /api/docs lists what there is.');
  });

  app.route('/api', api);
  if (deps.webApp) app.route('/', deps.webApp);
  app.notFound((c) => answerProblem(c, new Problem('not_found')));
  return app;
}

/** Whether something is sent along, by what HTTP says of it; a sign-out, for example, needs nothing. */
function hasBody({ headers }: Request): boolean {
  return (
    headers.has('content-type') || headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0'
  );
}

const UPLOAD_PATHS = [UPLOAD_PATH, EMPLOYER_UPLOAD_PATH];

const isUpload = (method: string, path: string) =>
  (method === 'POST' && UPLOAD_PATHS.includes(path)) ||
  FILE_BODIES.some((one) => one.method === method && one.path.test(path));

/** Files are handed in at these addresses, which have limits and content types of their own. */
function exceptUploads(middleware: MiddlewareHandler): MiddlewareHandler {
  return (c, next) => (isUpload(c.req.method, c.req.path) ? next() : middleware(c, next));
}

/** Scripts only from here; pictures and fetches also from the map's tile server, which the service worker asks too. */
function securityPolicy(baseMap: BaseMap): Parameters<typeof secureHeaders>[0] {
  const tiles = baseMap.kind === 'xyz' ? [tileOrigin(baseMap)] : [];
  return {
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:', ...tiles],
      connectSrc: ["'self'", ...tiles],
      styleSrc: ["'self'", "'unsafe-inline'"],
      scriptSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
    permissionsPolicy: { geolocation: ['self'], camera: [], microphone: [] },
    // Never the path or query: an address can say what somebody was looking for, and near where.
    referrerPolicy: 'strict-origin',
    crossOriginEmbedderPolicy: false,
    // Plain http on loopback or a local network must go on working; whoever terminates TLS adds HSTS there.
    strictTransportSecurity: false,
  };
}

function tileOrigin({ url }: BaseMap): string {
  const { protocol, host } = new URL(url.replace('{s}', 'wildcard').replaceAll(/[{}]/g, ''));
  return `${protocol}//${host.replace(/^[^.]*wildcard/, '*')}`;
}
