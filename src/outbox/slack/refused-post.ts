// Reports in the thread that Slack refused every form of a post, so that nobody waits for it.

import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { refusesContent } from '../../slack/send/slack-errors.ts';
import type { Texts } from '../../texts/texts.ts';
import { seqOf } from '../delivery-id.ts';
import type { Posting } from './post-target.ts';

const KEY = 'refused:';

/** Reports a refused post once. Never reports a refused report. */
export async function reportRefused(
  { act, read, texts }: { act: Act; read: Reader; texts: Texts },
  { id, pod, conversation, message }: Posting,
  error: unknown,
): Promise<void> {
  if (!refusesContent(error)) return;
  const [[commit], doc] = await Promise.all([read.commits(pod, seqOf(id), seqOf(id)), read.get(MESSAGES, message)]);
  if (!doc || commit?.key.startsWith(KEY)) return;
  const { name } = called(await namesOfAll(read, [doc.by]), doc.by);
  const text = texts.fill('undelivered', 'slack-refused', { person: name });
  const input = { conversation, text };
  await act({ pod, actor: 'skein', via: 'skein', action: 'post_message', input, key: `${KEY}${id}` });
}
