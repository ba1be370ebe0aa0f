/** The body of an error answer (RFC 9457). `code` is stable, `detail` is for people. */
export type Problem = {
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: { path: string; message: string }[];
  /** With 410: the id of what took the place of the site. */
  replacedBy?: string | null;
  requestId?: string;
};

/** The server answered, and the answer was no. A missing network is a `TypeError` from `fetch` instead. */
export class RequestRefused extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null) {
    super(problem?.detail ?? problem?.title ?? `The server answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

const TIMEOUT_MS = 20_000;

/** `fetch` with a bound on the waiting. Throws `RequestRefused` for any answer that is not 2xx. */
export async function request(path: string, init?: RequestInit, timeoutMs = TIMEOUT_MS): Promise<Response> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  if (response.ok) return response;
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  const problem = isProblem ? ((await response.json().catch(() => null)) as Problem | null) : null;
  throw new RequestRefused(response.status, problem);
}
