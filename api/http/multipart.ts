/** One part of a multipart body; its data must be read before the next part is asked for. */
export type Part = {
  name: string;
  fileName: string | null;
  /** In lower case and without parameters; null when the part does not say. */
  contentType: string | null;
  data: AsyncGenerator<Buffer, void>;
};

/** The body is not what its content type promises. */
export class BrokenMultipart extends Error {
  override name = 'BrokenMultipart';
}

const MAX_HEADER_BYTES = 8 * 1024;
const LINE_END = Buffer.from('\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');

/** The boundary that a content type names, null when it is none of multipart/form-data. */
export function multipartBoundary(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null;
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * Reads the parts of a multipart/form-data body (RFC 7578) as it arrives, keeping no more than a piece of it in memory.
 * Throws `BrokenMultipart`, also for a body that ends too early.
 */
export async function* readMultipart(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part, void> {
  const source = body[Symbol.asyncIterator]();
  // With a line end before it the first boundary looks like all others.
  let waiting: Buffer = LINE_END;
  const delimiter = Buffer.from(`\r\n--${boundary}`);

  async function more(): Promise<void> {
    const { done, value } = await source.next();
    if (done) throw new BrokenMultipart('The upload ended before its last boundary.');
    waiting = Buffer.concat([waiting, value]);
  }

  /** Gives what comes before `mark`, piece by piece, and steps behind it. */
  async function* until(mark: Buffer): AsyncGenerator<Buffer, void> {
    for (;;) {
      const at = waiting.indexOf(mark);
      const end = at >= 0 ? at : Math.max(0, waiting.length - mark.length + 1);
      const piece = waiting.subarray(0, end);
      waiting = waiting.subarray(at >= 0 ? at + mark.length : end);
      if (piece.length > 0) yield piece;
      if (at >= 0) return;
      await more();
    }
  }

  async function readHeaders(): Promise<string> {
    let text = '';
    waiting = Buffer.concat([LINE_END, waiting]); // a part may have no headers at all
    for await (const piece of until(HEADER_END)) {
      text += piece.toString('latin1');
      if (text.length > MAX_HEADER_BYTES) throw new BrokenMultipart('A part has too long headers.');
    }
    return Buffer.from(text, 'latin1').toString('utf8');
  }

  try {
    await drain(until(delimiter));
    for (;;) {
      while (waiting.length < 2) await more();
      const mark = waiting.toString('latin1', 0, 2);
      waiting = waiting.subarray(2);
      if (mark === '--') return;
      if (mark !== '\r\n') throw new BrokenMultipart('A boundary is followed by neither a part nor the end.');
      const headers = await readHeaders();
      const data = until(delimiter);
      yield {
        name: parameter(headers, 'name') ?? '',
        fileName: parameter(headers, 'filename'),
        contentType: /^content-type:\s*([^;\s]+)/im.exec(headers)?.[1]?.toLowerCase() ?? null,
        data,
      };
      await drain(data); // what the reader left
    }
  } finally {
    await source.return?.();
  }
}

async function drain(data: AsyncGenerator<Buffer, void>): Promise<void> {
  while (!(await data.next()).done);
}

/** Browsers write names in quotes, as UTF-8, with quotes and line ends percent-encoded (HTML standard). */
function parameter(headers: string, name: string): string | null {
  const line = /^content-disposition:.*$/im.exec(headers)?.[0] ?? '';
  const found = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(line);
  return found ? found[1]!.replace(/%(22|0D|0A)/gi, (code) => decodeURIComponent(code)) : null;
}
