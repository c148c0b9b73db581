// The practice servers act as anybody: a web page that somebody happens to have open must not reach them.
import type { NextFunction, Request, Response } from 'express';

const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Refuses a name that merely points here (DNS rebinding: the Host a browser sends is the page's own) and requests of pages
 * of other origins (browsers send Origin with every request that changes something).
 */
export function onlyLocal(request: Request, response: Response, next: NextFunction): void {
  const { host = '', origin } = request.headers;
  const sameOrigin = origin === undefined || origin === `http://${host}`;
  if (LOCAL.test(host) && sameOrigin) next();
  else
    response
      .status(403)
      .json({ ok: false, error: 'Only pages and programs of this machine may ask this: use 127.0.0.1.' });
}
