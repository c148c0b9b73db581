// The writes of a run: turns of its transcript, and posts in its conversation.

import type { Ears } from '../../log/ears.ts';
import { outside } from '../../log/labels/label.ts';
import type { PersonId } from '../../log/participant.ts';
import { askersOf } from '../../pods/members/askers.ts';
import { forget } from '../sessions/open-session.ts';
import { sendable } from '../sessions/sendable.ts';
import { type SessionDoc, type TurnDoc, turnId } from '../sessions/session.ts';
import type { RunDeps } from './deps.ts';
import { loadRun, type Run } from './load-run.ts';

export type NewTurn = Pick<TurnDoc, 'role' | 'content' | 'position'> &
  Partial<
    Pick<
      TurnDoc,
      | 'heard'
      | 'heardUpTo'
      | 'took'
      | 'settled'
      | 'parked'
      | 'held'
      | 'quiet'
      | 'refused'
      | 'stopped'
      | 'stopReason'
      | 'usage'
      | 'refusal'
      | 'silent'
      | 'day'
      | 'at'
    >
  >;

/**
 * Appends a turn and returns the run with it. If another process has already inserted a turn with this number, the
 * transcript is loaded anew.
 */
export async function append(deps: RunDeps, run: Run, turn: NewTurn): Promise<Run> {
  const { session, turns, wake } = run;
  const n = (turns.at(-1)?.n ?? 0) + 1;
  const { id: of, epoch } = session;
  const content = sendable(turn.content, turn.role);
  const at = { session: of, epoch, n, run: wake.id, at: deps.clock() };
  const refs = deps.noted?.since(session);
  const made = { id: turnId(of, epoch, n), rev: 1, ...at, ...turn, ...(refs ? { refs } : {}), content };
  const [mine] = await deps.store.collection<TurnDoc>('turns').insert([made]);
  if (mine === 'inserted' && refs) deps.noted?.saved(refs);
  // The transcript is sent next. The session is read after this look: an erasure that ended before has raised the epoch.
  const unerased = turn.role === 'user' && !(await deps.erasing(session.pod));
  const loaded = await loadRun(deps, run, mine === 'inserted' ? [...turns, made] : undefined);
  const next = { ...loaded, unerased };
  // The epoch may have ended because a text was erased, and this late turn may still hold that text.
  if (next.session.epoch > epoch) await forget(deps.store, of, epoch);
  return next;
}

/**
 * Returns an assistant turn written by Skein, for a user turn that the model did not answer. The API demands an answer
 * to every user turn.
 */
export function silent(text: string, turns: readonly TurnDoc[]): NewTurn {
  const position = turns.at(-1)?.position ?? 0;
  return { role: 'assistant', content: JSON.stringify([{ type: 'text', text }]), position, silent: true };
}

/** The outcome of a post. */
interface Posted {
  message: string;
  /** True if the post has ended the run. Otherwise there is a word that the run has not heard. */
  ended: boolean;
}

/**
 * Posts in the conversation in the agent's name. Repeating it with the same `what` posts nothing new. `ears`: set if the
 * post ends the run, unless there is a newer word.
 */
export async function postInConversation(
  deps: RunDeps,
  { session, turns, wake }: Run,
  text: string,
  what: string,
  { action = 'post_message', ears }: { action?: 'post_message' | 'report_failure'; ears?: Ears } = {},
): Promise<Posted> {
  const { result, commit } = await deps.act<{ message: { id: string } }>({
    pod: session.pod,
    actor: session.agent,
    ...askersOf(heardIn(session, turns)),
    ...(session.outside ? { label: outside({ kind: 'agent', agent: session.agent }) } : {}),
    answer: true,
    ...(ears ? { ears } : {}),
    via: 'model',
    action,
    input: { conversation: session.conversation, text },
    key: `${wake.id}:${what}`,
  });
  return { message: result.message.id, ended: commit?.changes.some(({ type }) => type === 'run_ended') ?? false };
}

/** Returns the people who have no answer yet, the newest last. If everybody has one, returns those of the newest turn. */
export function heardIn({ answered = 0 }: Pick<SessionDoc, 'answered'>, turns: readonly TurnDoc[]): PersonId[] {
  const fromPeople = turns.filter(({ heard }) => heard?.length);
  const open = fromPeople.filter(({ position }) => position > answered);
  const newest = (open.length ? open : fromPeople.slice(-1)).flatMap(({ heard = [] }) => heard).reverse();
  return [...new Set(newest)].reverse();
}
