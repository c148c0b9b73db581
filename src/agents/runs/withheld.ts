// Whether people have paused a run, or a person has taken its work over. Then it ends its work in this process.
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { withheldIn } from '../../pods/conversations/words/withheld.ts';
import type { Run } from './load-run.ts';

/** Returns the run with the mark that it waits for people; undefined if it may go on. */
export async function withheldRun(read: Reader, run: Run): Promise<Run | undefined> {
  const doc = await read.get(CONVERSATIONS, run.session.conversation);
  return isWithheld(doc, run.session.agent) ? { ...run, over: true, withheld: true } : undefined;
}

export function isWithheld(doc: ConversationDoc | undefined, agent: string): boolean {
  return withheldIn(doc?.atWork, agent) !== undefined;
}
