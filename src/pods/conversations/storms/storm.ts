// Detects an account that calls agents over and over while nothing changes; mostly it is a bot under a person's name.
// Pure, except for one read.
import type { Reader } from '../../../log/action.ts';
import { isPerson } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { atLeast } from '../../members/rights.ts';
import { TASKS } from '../../tasks/task.ts';
import type { ConversationDoc } from '../conversation.ts';
import { asksToGoOn } from '../words/stop-words.ts';
import type { Storm } from './calls.ts';

/** After this many calls by one account in a row the states of the tasks are checked, and again after as many more. */
const LOOK_EVERY = 20;

/** Checks the account of the actor. Undefined in a person's own pod, and between the checks. */
export async function stormIn(
  read: Reader,
  { actor, podDoc }: Pick<Ctx, 'actor' | 'podDoc'>,
  doc: ConversationDoc | undefined,
): Promise<Storm | undefined> {
  const calls = doc?.calls;
  if (!doc || !calls || calls.by !== actor || !isPerson(actor) || podDoc?.direct) return undefined;
  if (calls.parked) return { parked: true };
  if ((calls.n + 1) % LOOK_EVERY !== 0) return undefined;
  const tasks = await read.find(TASKS, { where: { conversation: doc.id }, limit: 200 });
  const state = tasks
    .map(({ number, state, assignee = '' }) => `${number}:${state}:${assignee}`)
    .sort()
    .join(' ');
  // If the tasks have been in this state before, there is no progress: they are finished and reopened over and over.
  const before = calls.states?.includes(state) ?? false;
  return before ? { parked: true, begins: true, state } : { parked: false, state };
}

/** True if an owner writes “go on”, which lets the account wake agents again. */
export function goesOn(ctx: Pick<Ctx, 'role'>, text: string): boolean {
  return atLeast(ctx.role, 'owner') && asksToGoOn(text);
}

/** Returns the sentence for people. It is posted under the first call that wakes no agents. */
export function stormWords(name: string, agent: string): string {
  return `_${name}’s account has called agents here many times in a row, and nothing has changed since. What it writes wakes no agent any more, until somebody else writes here or an owner of the pod writes “@${agent} go on”._`;
}
