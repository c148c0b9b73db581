// Forgets or keeps what an agent made from an erased text, by “forget”, “forget all” or “keep” in a reply.

import { ownText } from '../../../email/quotes/own-text.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { InMailedDigests } from '../../../pods/erasing/mailed-digests.ts';
import type { NeedDoc } from '../../../pods/needs/need.ts';
import { enter } from '../../enter.ts';
import { mailedDigest } from '../../notices/mailed-digest.ts';
import { readTraceAnswer, type TraceAnswer } from '../../replies/list-reply.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';

/** @throws UserFacingError if it was settled already, or is not theirs */
export async function settleTrace(mail: MailContext, arrived: Proved, need: NeedDoc, answer: TraceAnswer): Promise<[]> {
  const key = `trace:${keyOf(arrived)}:${need.id}`;
  const asked = { as: arrived.author, pod: { id: need.pod }, via: 'email', action: 'settle_traces', key } as const;
  const input = { trace: need.about.id, ...answer };
  const { result } = await enter<InMailedDigests>(mail, { ...asked, input });
  const to = { person: arrived.author.id as PersonId, mail: arrived.mail, at: arrived.at };
  for (const text of mailedDigest(mail.texts, result))
    if (arrived.answer) await mail.answer({ ...to, text }, `mailed:${key}`);
  return [];
}

/** Returns false if the mail does not answer a notice about one such thing with nothing but these words. */
export async function traceSettledByReply(mail: MailContext, arrived: Proved, { need }: Destination): Promise<boolean> {
  const answer = need?.reason === 'made_from' ? readTraceAnswer(ownText(arrived.mail)) : undefined;
  if (!need || !answer) return false;
  await settleTrace(mail, arrived, need, answer);
  return true;
}
