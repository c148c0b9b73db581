// A run as a step finds it: read at its beginning, and from then on carried from turn to turn.
import type { AgentDoc } from '../../pods/agent-definitions/agent.ts';
import type { RunDoc } from '../../pods/runs/run.ts';
import type { Shared } from '../budget/spending.ts';
import { agentOf } from '../sessions/open-session.ts';
import { type PrefixDoc, type SessionDoc, type TurnDoc, turnsOf } from '../sessions/session.ts';
import type { RunDeps, Wake } from './deps.ts';

export interface Run {
  wake: Wake;
  /** Its document, with what is to be written next. */
  record: RunDoc;
  session: SessionDoc;
  /** As it is now: what it may no longer use is refused at once. */
  agent: AgentDoc;
  turns: readonly TurnDoc[];
  /** The session's, once it was needed. */
  prefix?: PrefixDoc;
  /** The use of the shared budget by other runs when the model was last asked. */
  shared?: Shared;
  signal: AbortSignal;
  over?: true;
}

/** Reads the turns only if they are not known already: the turns of an epoch never change. */
export async function loadRun(
  deps: RunDeps,
  known: Pick<Run, 'wake' | 'record' | 'session' | 'signal'> & Partial<Run>,
  turns?: readonly TurnDoc[],
): Promise<Run> {
  const [session = known.session, agent] = await Promise.all([
    deps.store.collection<SessionDoc>('sessions').get(known.session.id),
    agentOf(deps.read, known.session.agent),
  ]);
  const stands = turns?.[0]?.epoch === session.epoch ? turns : undefined;
  return { ...known, session, agent, turns: stands ?? (await turnsOf(deps.store, session.id, session.epoch)) };
}
