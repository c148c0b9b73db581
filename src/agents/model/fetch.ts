// A `fetch` for Anthropic's SDK over undici's `request`: the SDK only reads the status, the headers and the bytes of an answer, and
// so needs no streams of the web platform, which cost as much as the rest of a request.
import { pipeline, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { request } from 'undici';

export type Fetch = typeof globalThis.fetch;

/** Answers of these statuses ask for another address (RFC 9110 15.4). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Returns a `fetch` for requests whose body is a text. It goes through the global dispatcher, as the `fetch` of Node.js does, so a
 * proxy or a certificate that was set there holds for it. The body of an answer can only be iterated, or read as text. Errors are
 * those of undici: a broken connection rejects the call or ends the iteration with an error.
 */
export function requestFetch(): Fetch {
  return async (url, init = {}) => {
    const { statusCode, headers, body } = await request(String(url), {
      method: (init.method ?? 'GET') as 'GET' | 'POST',
      // A stream of small events gains little from being packed, and each event would wait for more.
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'identity' },
      body: (init.body ?? null) as string | null,
      signal: init.signal ?? null,
    });
    if (REDIRECTS.has(statusCode)) {
      await body.dump();
      return fetch(url, init);
    }
    const bytes = unpacked(body, headers['content-encoding']);
    const head = { status: statusCode, headers: headersOf(headers) };
    // A `Response` of status 304 may have no body, not even an empty one.
    if (statusCode >= 300) return new Response((await text(bytes)) || null, head);
    return Object.defineProperty(new Response(null, head), 'body', { value: bytes, configurable: true });
  };
}

/** Some gateways pack their answers although nobody asked for it (RFC 9110 8.4.1). */
function unpacked(body: Readable, coding: string | string[] | undefined): Readable {
  const unpack = unpackerOf(String(coding ?? '').toLowerCase());
  // The reader of the unpacked bytes gets the error, of either.
  return unpack ? pipeline(body, unpack, () => {}) : body;
}

function unpackerOf(coding: string) {
  // Each event is passed on as it comes, and the end need not be a proper one, as with `fetch`.
  const flushing = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(flushing);
    case 'deflate':
      return createInflate(flushing);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      return undefined;
  }
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
}
