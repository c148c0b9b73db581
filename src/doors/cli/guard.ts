// Authenticates requests of the command line, and translates errors to answers.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type Refusal, reasonOf, refusalOf } from '../../errors.ts';
import { type Logger, logFailure } from '../../logger.ts';

const LOOPBACK = /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;

/** Refuses requests that came through a proxy, because a proxy on this machine would make every caller look local. */
export function onlyFromHere(request: Request, response: Response, next: NextFunction): void {
  const { forwarded, via, 'x-forwarded-for': forwardedFor } = request.headers;
  const proxied = forwarded ?? via ?? forwardedFor;
  if (proxied === undefined && LOOPBACK.test(request.socket.remoteAddress ?? '')) next();
  else answer(response, 403, 'not_local', 'The command line door is open on the machine itself only. Run skein there.');
}

export function onlyWith(token: string): RequestHandler {
  const expected = digest(`Bearer ${token}`);
  return (request, response, next) => {
    // Compares digests, because they have equal lengths. The time of the comparison then reveals nothing about the
    // token.
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) next();
    else answer(response.set('www-authenticate', 'Bearer'), 401, 'unauthorised', OTHER_TOKEN);
  };
}

const OTHER_TOKEN = 'This server has another token. Set SKEIN_DATA_DIR to the data directory it was started with.';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

const STATUS: Record<Refusal['code'], number> = {
  invalid_input: 400,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
};

/** Answers an error with its status and a sentence. Logs a bug, and answers it without details. */
export function refuse(error: unknown, request: Request, response: Response, logger: Logger): void {
  const status = (error as { status?: unknown } | undefined)?.status;
  const refusal = refusalOf(error);
  if (refusal) answer(response, STATUS[refusal.code], refusal.code, sentence(refusal));
  else if (status === 413)
    answer(response, 413, 'invalid_input', 'This is too much to be sent at once. Send it in parts.');
  else if (typeof status === 'number' && status < 500)
    answer(response, 400, 'invalid_input', `The request can't be read: ${reasonOf(error)}.`);
  else {
    logFailure(logger, 'error', 'command failed', error, { method: request.method, path: request.path });
    answer(response, 500, 'internal', 'It failed inside Skein. The reason is in the log of the server.');
  }
}

function sentence({ code, message }: Refusal): string {
  return code === 'unavailable' ? `${message} Try again in a moment.` : message;
}

function answer(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}
