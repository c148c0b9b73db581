// The HTTP client of the command line. It makes calls, and has an error message for each way in which a call can fail.

import { dataDirOf } from '../config/config.ts';
import { readRunning } from '../doors/cli/running.ts';
import { Retryable, reasonOf, UserFacingError } from '../errors.ts';
import type { Io } from './io.ts';

/** Thrown if no server answers. The message says how to start one. */
export class NotRunning extends Error {}

/** Thrown if the server failed, or if the program that answers is not Skein. The message says where to look. */
export class ServerFailed extends Error {}

export interface Client {
  get<T>(path: string): Promise<T>;
  /** `unsure`: a sentence that is added to the error if the answer was lost, so that the outcome is unknown. */
  post<T>(path: string, body: unknown, unsure?: string): Promise<T>;
}

/** Returns a client of the running server. @throws NotRunning if no server has stored its address */
export async function connect({ env, home }: Pick<Io, 'env' | 'home'>): Promise<Client> {
  const dataDir = dataDirOf(env, home);
  const running = await readRunning(dataDir).catch((error: unknown) => {
    throw new NotRunning(
      `What the server wrote in ${dataDir} can't be read: ${reasonOf(error)}. Run this as its user.`,
    );
  });
  const cure = `Start it with “npm start”, or set SKEIN_DATA_DIR to the data directory of the one that runs.`;
  if (!running) throw new NotRunning(`Skein is not running: there is no trace of it in ${dataDir}. ${cure}`);

  async function call<T>(method: string, path: string, body?: unknown, unsure = ''): Promise<T> {
    const { url, token } = running as NonNullable<typeof running>;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new URL(path, url), { method, headers, redirect: 'error', ...sent }).catch(
      (error: unknown) => {
        throw unanswered(error, url, cure, unsure);
      },
    );
    const text = await response.text().catch((error: unknown) => {
      throw unanswered(error, url, cure, unsure);
    });
    return answerIn<T>(response.status, text, url);
  }
  return { get: (path) => call('GET', path), post: (path, body, unsure) => call('POST', path, body, unsure) };
}

const REFUSED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);

function unanswered(error: unknown, url: string, cure: string, unsure: string): Error {
  const cause = error instanceof Error ? (error.cause as { code?: unknown; message?: string } | undefined) : undefined;
  if (REFUSED.has(cause?.code))
    return new NotRunning(`Skein is not running: nothing answers at ${url}. ${cure}`, { cause: error });
  const why = cause?.message || reasonOf(error);
  return new NotRunning(`Skein's answer did not arrive (${why}). Look whether it runs. ${unsure}`.trim(), {
    cause: error,
  });
}

const CODES: ReadonlySet<string> = new Set<UserFacingError['code']>([
  'invalid_input',
  'not_allowed',
  'not_found',
  'conflict',
]);

function answerIn<T>(status: number, text: string, url: string): T {
  const answer = parsed(text);
  if (answer === undefined)
    throw new ServerFailed(`What answers at ${url} (${status}) is not Skein's command line door. Start Skein again.`);
  if (status < 400) return answer as T;
  const { code = '', message = '' } = (answer as { error?: { code?: string; message?: string } }).error ?? {};
  if (CODES.has(code)) throw new UserFacingError(code as UserFacingError['code'], message);
  if (code === 'unavailable') throw new Retryable(message);
  throw new ServerFailed(message || `Skein answered ${status} without a reason. Look into its log.`);
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
