// The state of a run: loaded at its start, then passed from step to step.
import type { AgentDoc } from '../../pods/agent-definitions/agent.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { PODS } from '../../pods/pod/pod.ts';
import type { RunDoc } from '../../pods/runs/run.ts';
import type { Totals } from '../budget/totals.ts';
import { agentOf } from '../sessions/open-session.ts';
import { type PrefixDoc, type SessionDoc, type TurnDoc, turnsOf } from '../sessions/session.ts';
import type { RunDeps, Wake } from './deps.ts';

export interface Run {
  wake: Wake;
  /** The run's document, including changes that are not written yet. */
  record: RunDoc;
  session: SessionDoc;
  /** The agent's current definition. If a tool was removed from it, the tool's calls are refused at once. */
  agent: AgentDoc;
  turns: readonly TurnDoc[];
  /** The conversation as it was read with the turns. */
  conversation: ConversationDoc | undefined;
  /** True if the pod is a DM with the agent. */
  direct: boolean;
  /** True if no words of the pod were being erased just before this was read. Absent: that was not looked at. */
  unerased?: boolean;
  /** The session's prefix. Loaded on first use. */
  prefix?: PrefixDoc;
  /** The used part of the budgets that the run shares, as of its last turn. */
  totals?: Totals;
  signal: AbortSignal;
  over?: true;
  /** Set if it is over for now, because people have paused it or taken its work over. */
  withheld?: true;
}

/**
 * Loads the run's session, agent, conversation and turns. `turns`: the turns that are known already. They are not read again, because
 * turns of an epoch never change.
 */
export async function loadRun(
  deps: RunDeps,
  known: Pick<Run, 'wake' | 'record' | 'session' | 'signal'> & Partial<Run>,
  turns?: readonly TurnDoc[],
): Promise<Run> {
  const [session = known.session, agent, conversation, pod] = await Promise.all([
    deps.store.collection<SessionDoc>('sessions').get(known.session.id),
    agentOf(deps.read, known.session.agent),
    deps.read.get(CONVERSATIONS, known.session.conversation),
    deps.read.get(PODS, known.session.pod),
  ]);
  const stands = turns?.[0]?.epoch === session.epoch ? turns : undefined;
  const facts = { session, agent, conversation, direct: pod?.direct ?? false, unerased: false };
  return { ...known, ...facts, turns: stands ?? (await turnsOf(deps.store, session.id, session.epoch)) };
}

/** How far the transcript holds the messages of the conversation: the number of a commit. */
export function positionOf({ turns }: Run): number {
  return turns.at(-1)?.position ?? 0;
}
