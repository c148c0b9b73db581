// Answers through a `response_url`. Slack accepts five answers within half an hour, without a token.
import { Conflict, Retryable } from '../../errors.ts';
import { CALL_TIMEOUT_MS } from '../limits.ts';
import type { Post } from '../render/render.ts';
import { plainOf } from './plainly.ts';
import { httpProblem } from './slack-errors.ts';

export interface Response {
  post: Post;
  /** True: the answer replaces the message with the button. Otherwise only the person who clicked sees the answer. */
  replaceOriginal?: boolean;
}

export async function respond(send: typeof fetch, responseUrl: string, response: Response): Promise<void> {
  const { post, replaceOriginal = false } = response;
  const { text, blocks } = post;
  const more = { response_type: 'ephemeral', replace_original: replaceOriginal };
  const status = await answered(send, responseUrl, { ...more, text, blocks });
  // A response_url returns only a status, and 400 may mean that Slack refuses the blocks, so plain text is sent then
  // (docs: "Handling user interaction").
  if (status === 400 && blocks.length) await taken(answered(send, responseUrl, { ...more, text: plainOf(post) }));
  else await taken(status);
}

async function taken(answer: number | Promise<number>): Promise<void> {
  const status = await answer;
  if (status === 404 || status === 410) {
    throw new Conflict(
      'Slack no longer takes answers to this click or command: half an hour or five answers are over. Do it again.',
    );
  }
  if (status < 200 || status > 299) throw httpProblem(status, 'response_url');
}

async function answered(send: typeof fetch, responseUrl: string, body: object): Promise<number> {
  const answer = await send(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new Retryable('Slack was not reached (response_url).', undefined, { cause: error });
  });
  await answer.body?.cancel();
  return answer.status;
}
