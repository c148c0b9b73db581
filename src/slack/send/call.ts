// Makes one Web API call: waits for the limiter before the call, and translates errors after it.
import { WebAPIRateLimitedError } from '@slack/web-api';
import { z } from 'zod';
import { Retryable } from '../../errors.ts';
import { PAGE_SIZE } from '../limits.ts';
import type { Limiter } from './limiter.ts';
import { translated } from './slack-errors.ts';

/**
 * The part of Slack's WebClient that Skein uses. Make it with `makeClient`, because a default client retries by itself.
 */
export interface SlackClient {
  apiCall(method: string, args?: Record<string, unknown>): Promise<unknown>;
}

export interface Calling {
  client: SlackClient;
  limiter: Limiter;
}

export type Args = Record<string, unknown> & { channel?: string };

/**
 * Makes the call and returns its parsed answer. Throws Retryable, also if it is unknown whether the call was done, or a
 * UserFacingError.
 */
export async function call<T>(
  { client, limiter }: Calling,
  method: string,
  args: Args,
  answer: z.ZodType<T>,
): Promise<T> {
  const channel = args.channel ?? (typeof args.channel_id === 'string' ? args.channel_id : undefined);
  await limiter.take(method, channel);
  const said = await client.apiCall(method, args).catch((error: unknown) => {
    const problem = translated(error, method);
    if (error instanceof WebAPIRateLimitedError) limiter.pause(method, error.retryAfter * 1_000);
    throw problem;
  });
  const { success, data, error } = answer.safeParse(said);
  // The call may have succeeded although its answer can't be read.
  if (!success) throw new Retryable(`Slack's answer to ${method} can't be read: ${z.prettifyError(error)}`);
  return data;
}

const page = z.object({ response_metadata: z.object({ next_cursor: z.string().default('') }).optional() });

/** Returns the answers of all pages of a method that has a cursor. */
export async function callPages<T>(calling: Calling, method: string, args: Args, answer: z.ZodType<T>): Promise<T[]> {
  const pages: T[] = [];
  for (let cursor = ''; ; ) {
    const next = cursor === '' ? {} : { cursor };
    const said = await call(calling, method, { ...args, limit: PAGE_SIZE, ...next }, z.intersection(answer, page));
    pages.push(said);
    cursor = said.response_metadata?.next_cursor ?? '';
    if (cursor === '') return pages;
  }
}
