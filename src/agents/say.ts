// What a run writes: turns into its transcript, and posts into its conversation.
import { isPerson, type ParticipantId } from '../pods/participant.ts';
import { forget } from './open-session.ts';
import type { Run, RunDeps } from './run.ts';
import { type SessionDoc, type TurnDoc, turnId } from './session.ts';

export type NewTurn = Pick<TurnDoc, 'role' | 'content' | 'position'> &
  Partial<Pick<TurnDoc, 'asker' | 'stopReason' | 'usage' | 'silent' | 'at'>>;

/** Whoever loses this insert wrote from an old transcript: the next step reads it anew. */
export async function append(deps: RunDeps, { session, turns, wake }: Run, turn: NewTurn): Promise<void> {
  const n = (turns.at(-1)?.n ?? 0) + 1;
  const { id: of, epoch } = session;
  const made = { id: turnId(of, epoch, n), rev: 1, session: of, epoch, n, run: wake.id, at: deps.clock(), ...turn };
  await deps.store.collection<TurnDoc>('turns').insert([made]);
  // The epoch may have ended because of an erasure: what was erased must not stay in a turn that came later.
  const now = await deps.store.collection<SessionDoc>('sessions').get(of);
  if (now && now.epoch > epoch) await forget(deps.store, of, epoch);
}

/** The agent's side of the transcript where the model did not speak: a turn of the people is always answered. */
export function silent(text: string, turns: readonly TurnDoc[]): NewTurn {
  const position = turns.at(-1)?.position ?? 0;
  return { role: 'assistant', content: JSON.stringify([{ type: 'text', text }]), position, silent: true };
}

/** Posts in the conversation, under the agent's own name. The key makes it one post, however often the run is healed. */
export async function say(deps: RunDeps, { session, turns, wake }: Run, text: string, what: string): Promise<void> {
  const asker = askerOf(turns);
  await deps.act({
    pod: session.pod,
    actor: session.agent,
    ...(isPerson(asker) ? { onBehalfOf: asker } : {}),
    via: 'model',
    action: 'post_message',
    input: { conversation: session.conversation, text },
    key: `${wake.id}:${what}`,
  });
}

export function askerOf(turns: readonly TurnDoc[]): ParticipantId | undefined {
  return turns.findLast((turn) => turn.asker)?.asker;
}
