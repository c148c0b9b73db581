// Who reads of the end of a task in its thread, so that nothing else tells them.
import { CONVERSATIONS, type ConversationDoc } from '../../../../../src/pods/conversations/conversation.ts';
import type { NeedDoc } from '../../../../../src/pods/needs/need.ts';
import type { Evidence } from './check.ts';
import { changesOf } from './replay.ts';

/** Whoever takes part in the thread of a task reads of its end there, if the one who ended it has written there since. */
export function readsOfEnd(
  { data, log }: Pick<Evidence, 'data' | 'log'>,
  { step, conversation, who, by, round }: NeedDoc,
): boolean {
  const thread = data.docs.get(CONVERSATIONS.name)?.get(conversation ?? '') as ConversationDoc | undefined;
  const takesPart = thread && [...thread.people, ...(thread.mail?.people ?? [])].some((one) => one === who);
  const isSaid = log
    .filter(({ seq }) => seq > round)
    .flatMap(changesOf)
    .some((change) => change.type === 'message_posted' && change.conversation === conversation && change.by === by);
  return step === 'finished' && takesPart === true && isSaid;
}
