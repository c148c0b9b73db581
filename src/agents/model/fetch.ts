// A `fetch` for Anthropic's SDK over undici's `request`: the SDK only reads the status, the headers and the bytes of an answer, and
// so needs no streams of the web platform, which cost as much as the rest of a request.
import { Agent, request } from 'undici';

export type Fetch = typeof globalThis.fetch;

/** Answers of these statuses ask for another address (RFC 9110 15.4). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Returns a `fetch` with connections of its own, for requests whose body is a text. The body of an answer can only be iterated, or
 * read as text. Errors are those of undici: a broken connection rejects the call or ends the iteration with an error.
 */
export function requestFetch(): Fetch {
  const dispatcher = new Agent();
  return async (url, init = {}) => {
    const { statusCode, headers, body } = await request(String(url), {
      dispatcher,
      method: (init.method ?? 'GET') as 'GET' | 'POST',
      // Nothing here unpacks an answer.
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'identity' },
      body: (init.body ?? null) as string | null,
      signal: init.signal ?? null,
    });
    if (REDIRECTS.has(statusCode)) {
      await body.dump();
      return fetch(url, init);
    }
    const head = { status: statusCode, headers: headersOf(headers) };
    if (statusCode >= 300) return new Response(await body.text(), head);
    return Object.defineProperty(new Response(null, head), 'body', { value: body, configurable: true });
  };
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
}
