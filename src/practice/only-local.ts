// Protects the practice servers from web pages in a local browser. Anybody who can reach these servers can act as any
// person.
import type { Request, RequestHandler } from 'express';

const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Refuses requests with another Host name (DNS rebinding: a browser sends the page's own name), and requests of pages
 * of other origins. Browsers send Origin with each request that may change something, and Sec-Fetch-Site with every
 * request; programs send neither. `linked`: true if a link on another page may lead here, where a GET changes nothing.
 */
export function onlyLocal({ linked }: { linked: boolean }): RequestHandler {
  return (request, response, next) => {
    if (LOCAL.test(request.headers.host ?? '') && (ownPage(request) || (linked && followed(request)))) next();
    else
      response
        .status(403)
        .json({ ok: false, error: 'Only pages and programs of this machine may ask this: use 127.0.0.1.' });
  };
}

function ownPage({ headers }: Request): boolean {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  return (origin === undefined || origin === `http://${host}`) && (site === 'none' || site === 'same-origin');
}

/** True for a top-level navigation, such as a click on a link. The other page can't read the answer. */
function followed({ method, headers }: Request): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
