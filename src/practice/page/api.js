// The driver, as the page calls it: an answer, or an Error whose message is a sentence for the person.

const BASE = '/practice';

/** @param {typeof globalThis.fetch} fetch */
export function driver(fetch) {
  return {
    /** @param {string} path @param {Record<string, string | undefined>} [query] */
    get(path, query = {}) {
      const given = Object.entries(query).filter(([, value]) => value !== undefined);
      return answer(fetch, `${BASE}/${path}?${new URLSearchParams(given)}`);
    },
    /** @param {string} path @param {Record<string, unknown>} body */
    post(path, body) {
      const headers = { 'content-type': 'application/json' };
      return answer(fetch, `${BASE}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    },
    /** @param {string} path @param {Record<string, string>} query @param {Uint8Array} bytes a mail as it is */
    send(path, query, bytes) {
      const headers = { 'content-type': 'message/rfc822' };
      return answer(fetch, `${BASE}/${path}?${new URLSearchParams(query)}`, { method: 'POST', headers, body: bytes });
    },
  };
}

async function answer(fetch, url, init) {
  const response = await fetch(url, init).catch(() => {
    throw new Error('The practice workspace does not answer. Is Skein still running? Try again in a moment.');
  });
  const body = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body;
  throw new Error(body?.error ?? `The practice workspace answered with ${response.status}, which should not happen.`);
}
