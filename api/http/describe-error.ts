/**
 * An error for the log: its kind, code and where it happened. Never its parameters: a failed query's message repeats
 * the values that were to be stored.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an Error was thrown';
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : '';
  const message = error.cause instanceof Error || code ? '' : `: ${error.message}`;
  return [`${cause.name}${code}${message}`, ...frames(error).slice(0, 8)].join('\n');
}

/** A stack begins with the message, and a message may hold lines that look like frames. */
function frames({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  if (at < 0 || stack.slice(0, at).includes('\n')) return []; // the message was changed after the stack was taken
  return stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
}
