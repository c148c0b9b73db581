// Answering through a `response_url`: five times within half an hour, without a token.
import { Conflict, Retryable } from '../errors.ts';
import { CALL_TIMEOUT_MS } from './limits.ts';
import { present } from './present.ts';
import type { Post } from './render.ts';
import { httpProblem } from './slack-errors.ts';

export interface Response {
  post?: Post;
  /** Seen by everyone in the channel; otherwise only by the person who asked. */
  inChannel?: boolean;
  replaceOriginal?: boolean;
  deleteOriginal?: boolean;
}

export async function respond(send: typeof fetch, responseUrl: string, response: Response): Promise<void> {
  const { post, inChannel = false, replaceOriginal, deleteOriginal } = response;
  const body = {
    response_type: inChannel ? 'in_channel' : 'ephemeral',
    ...post,
    ...present({ replace_original: replaceOriginal ?? false, delete_original: deleteOriginal }),
  };
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
  if (answer.status === 404 || answer.status === 410) {
    throw new Conflict(
      'Slack no longer takes answers to this click or command: half an hour or five answers are over. Do it again.',
    );
  }
  if (!answer.ok) throw httpProblem(answer.status, 'response_url');
}
