// Protects the practice servers, through which one can act as anybody, from web pages in a local browser.
import type { Request, RequestHandler } from 'express';

const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Refuses a name that merely points here (DNS rebinding: the Host a browser sends is the page's own) and requests of pages
 * of other origins: browsers send Origin with what may change something, and Sec-Fetch-Site with everything. Programs send
 * neither. `linked`: a link that leads here from elsewhere may be followed, where looking changes nothing.
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

/** A top-level navigation: the other page cannot read the answer. */
function followed({ method, headers }: Request): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
