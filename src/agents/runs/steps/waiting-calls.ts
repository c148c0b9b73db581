// The calls that outlive their epoch: people are asked about them, or have said yes, so nobody is asked about them once more.
import type { Reader } from '../../../log/action.ts';
import type { AnyAction } from '../../../pods/action.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { allowedIn } from '../../../pods/conversations/words/steps.ts';
import type { Store } from '../../../store/port.ts';
import { inLine } from '../../sessions/fence.ts';
import { type SessionDoc, turnId, turnsOf, type WaitingCall } from '../../sessions/session.ts';
import { heldCalls, heldName } from '../ears/ears.ts';
import { callWords } from './call-words.ts';

export function keyOfCall(session: string, { epoch, n, block }: Pick<WaitingCall, 'epoch' | 'n' | 'block'>): string {
  return `${turnId(session, epoch, n)}:${block}`;
}

/** Returns those of the epoch that ends, and of the ones before it. Called before its turns are removed. */
export async function waitingFrom(
  { store, read }: { store: Store; read: Reader },
  { id, epoch, agent, conversation, waiting = [] }: SessionDoc,
): Promise<WaitingCall[]> {
  const doc = await read.get(CONVERSATIONS, conversation);
  const steps = doc?.atWork?.find((one) => one.agent === agent)?.steps;
  if (!steps) return [];
  const keys = new Set([...steps.asks, ...(steps.earlier ?? [])].map(({ key }) => key));
  const held = [...heldCalls(await turnsOf(store, id, epoch)).values()];
  const now = held.map(
    ({ n, block, id: use, name, input }): WaitingCall => ({ epoch, n, block, id: use, name, input }),
  );
  return [...waiting, ...now].filter((call) => keys.has(keyOfCall(id, call)));
}

/** Returns a line for each that people have allowed and that was not made: its name for go_ahead, and what it does. */
export async function allowedBefore(
  { read, actions }: { read: Reader; actions: ReadonlyMap<string, AnyAction> },
  { id, pod, agent, conversation, waiting = [] }: SessionDoc,
  since: number,
): Promise<string[]> {
  if (!waiting.length) return [];
  const doc = await read.get(CONVERSATIONS, conversation);
  const allowed = new Set(allowedIn(doc?.atWork?.find((one) => one.agent === agent)?.steps).map(({ key }) => key));
  const made = new Set((await read.commits(pod, since, await read.head(pod))).map(({ key }) => key));
  return waiting
    .filter((call) => allowed.has(keyOfCall(id, call)) && !made.has(keyOfCall(id, call)))
    .map((call) => `"${heldName(call)}": ${inLine(callWords(actions, call))}`);
}
