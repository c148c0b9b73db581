// Notices when a model answers once more in the same words, because somebody spoke while it answered.
import type { Reader } from '../../../log/action.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { SessionDoc, TurnDoc } from '../../sessions/session.ts';
import { textOf, toolUses } from '../../sessions/transcript.ts';
import { earsOf } from '../ears/ears.ts';
import type { Run } from '../load-run.ts';

/**
 * True if the newest turn says what the answer before it says, nothing was done in between, and nothing that came since was meant for
 * the agent: that answer stands. Two people who ask it two things may get the same words.
 */
export async function isRepeatedAnswer(
  read: Reader,
  { session, turns, wake }: Pick<Run, 'session' | 'turns' | 'wake'>,
): Promise<boolean> {
  const first = answerBefore(turns);
  if (first < 0) return false;
  const heard = earsOf({ session, wake, turns: turns.slice(0, first) }).upTo;
  return !(await isMeantSince(read, session, heard));
}

/** Pure. Returns where the answer stands that the newest turn repeats; -1 if it repeats none. */
function answerBefore(turns: readonly TurnDoc[]): number {
  const at = turns.length - 3;
  const [before, , now] = turns.slice(-3);
  const isSame = before?.role === 'assistant' && before.run === now?.run && !before.silent && !toolUses(before).length;
  return at > 0 && isSame && now && textOf(before) === textOf(now) ? at : -1;
}

async function isMeantSince(
  read: Reader,
  { conversation, agent }: Pick<SessionDoc, 'conversation' | 'agent'>,
  heard: number,
): Promise<boolean> {
  const at = (await read.get(CONVERSATIONS, conversation))?.atWork?.find((one) => one.agent === agent);
  return (at?.meant ?? 0) > heard;
}
