// The HTTP routes of the practice Slack.

import type { IncomingMessage } from 'node:http';
import express, { type Request, type Response } from 'express';
import { logFailure } from '../../logger.ts';
import { onlyLocal } from '../only-local.ts';
import { receiveFile } from './acts/files.ts';
import { readBody } from './api/arguments.ts';
import { appOfToken, dispatch, type Tokens } from './api/dispatch.ts';
import { mayRead } from './api/files.ts';
import { Refusal } from './api/method.ts';
import { methods } from './api/methods.ts';
import type { Fault, Faults, RateLimiter } from './faults.ts';
import type { Json } from './given.ts';
import type { Surfaces } from './people/interact.ts';

export interface Switches {
  rateLimits: boolean;
  faults: Faults;
  limiter: RateLimiter;
}

export function slackRoutes(surfaces: Surfaces, tokens: Tokens, switches: Switches): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(onlyLocal({ linked: false }));
  app.use(express.raw({ type: () => true, limit: '1gb' }));
  app.all('/api/:method', (request, response) => webApi(surfaces, tokens, switches, request, response));
  app.post('/upload/v1/:id/:secret', (request, response) => upload(surfaces, request, response));
  app.get('/files-pri/:file/{*name}', (request, response) => download(surfaces, tokens, request, response));
  app.post('/response/:id', (request, response) => answer(surfaces, request, response));
  app.use((error: unknown, _request: Request, response: Response, _next: express.NextFunction) => {
    logFailure(surfaces.workspace.logger, 'warn', 'practice slack: a request failed', error);
    response.status(500).json({ ok: false, error: 'internal_error' });
  });
  return app;
}

async function webApi(
  surfaces: Surfaces,
  tokens: Tokens,
  switches: Switches,
  request: Request,
  response: Response,
): Promise<void> {
  const name = String(request.params.method);
  const fault = switches.faults.take(name);
  if (fault !== undefined && (await meets(fault, surfaces, response))) return;
  const args = await argumentsOf(request);
  if (args instanceof Refusal) {
    response.json({ ok: false, error: args.code });
    return;
  }
  const wait = switches.rateLimits ? secondsToWait(surfaces, switches.limiter, name, args) : undefined;
  if (wait !== undefined) {
    tooMany(response, wait);
    return;
  }
  const result = await dispatch({ ...surfaces, args }, tokens, name, bearerOf(request));
  if (fault?.kind === 'drop-reply') {
    request.socket.destroy();
    return;
  }
  const { state } = surfaces.workspace;
  const app = appOfToken(state, tokens, bearerOf(request), 'botToken') ?? state.app;
  response.set('x-oauth-scopes', app.scopes.join(','));
  response.set(
    'x-accepted-oauth-scopes',
    (Object.hasOwn(methods, name) ? methods[name]?.scopes : undefined)?.join(',') ?? '',
  );
  response.json(result);
}

/** Applies a fault. Returns true if the call ends with it. */
async function meets(fault: Fault, { workspace }: Surfaces, response: Response): Promise<boolean> {
  switch (fault.kind) {
    case 'rate-limit':
      tooMany(response, fault.retryAfter);
      return true;
    case 'status':
      response.status(fault.status).send('practice fault');
      return true;
    case 'refuse':
      response.json({ ok: false, error: fault.error });
      return true;
    case 'delay':
      workspace.logger.info('practice slack: a call is delayed on request', { ms: fault.ms });
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return false;
    case 'drop-reply':
      return false;
    default:
      return fault satisfies never;
  }
}

function secondsToWait({ workspace }: Surfaces, limiter: RateLimiter, name: string, args: Json): number | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) return undefined;
  return limiter.wait(name, method.tier, String(args.channel ?? ''), workspace.clock());
}

function tooMany(response: Response, seconds: number): void {
  response.status(429).set('Retry-After', String(seconds)).json({ ok: false, error: 'ratelimited' });
}

/** Returns the arguments in the query and the body, in any encoding. */
async function argumentsOf(request: Request): Promise<Json | Refusal> {
  const query = Object.fromEntries(new URL(request.url, 'http://127.0.0.1').searchParams);
  try {
    return { ...query, ...(await readBody(request.headers['content-type'], bodyOf(request))) };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const bodyOf = (request: Request): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));

function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Receives the bytes of an upload, raw or in the multipart format of the SDK. */
async function upload({ workspace }: Surfaces, request: Request, response: Response): Promise<void> {
  const file = workspace.state.files.get(String(request.params.id));
  if (file === undefined || file.secret !== request.params.secret || file.uploaded) {
    response.status(404).send('not found');
    return;
  }
  const type = request.headers['content-type'] ?? '';
  const body = bodyOf(request);
  const [part] = type.startsWith('multipart/form-data') ? Object.values(await readBody(type, body)) : [body];
  const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part ?? ''));
  receiveFile(workspace, file, bytes);
  response.send(`OK - ${bytes.length}`);
}

/** Sends a file. Without access, Slack redirects to its login page, so that a program gets HTML and no error. */
function download({ workspace }: Surfaces, tokens: Tokens, request: Request, response: Response): void {
  const id = String(request.params.file).split('-').at(-1) ?? '';
  const file = workspace.state.files.get(id);
  const bytes = workspace.bytes.get(id);
  const app = appOfToken(workspace.state, tokens, bearerOf(request), 'botToken');
  if (file === undefined || bytes === undefined) {
    response.status(404).send('not found');
  } else if (app === undefined || app.revoked || !mayRead(workspace, file, app.botUserId)) {
    response.type('html').send('<!DOCTYPE html><html><title>Sign in</title></html>');
  } else {
    response.type(file.mimetype).send(bytes);
  }
}

function answer({ responses }: Surfaces, request: Request, response: Response): void {
  let body: Json;
  try {
    body = JSON.parse(bodyOf(request).toString('utf8')) as Json;
  } catch {
    response.status(400).json({ ok: false, error: 'invalid_payload' });
    return;
  }
  const { status, answer: said } = responses.use(String(request.params.id), body);
  response.status(status).send(said);
}
