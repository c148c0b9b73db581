// How much of a conversation an agent has taken in. Its session and turns are written beside the log by the agents' code;
// actions only read them.
import type { Reader } from '../../log/action.ts';
import type { AgentId } from '../../log/participant.ts';
import { ref, type ViewDoc } from '../../log/view.ts';

interface SessionFacts extends ViewDoc {
  conversation: string;
  agent: AgentId;
  epoch: number;
}

interface TurnFacts extends ViewDoc {
  session: string;
  epoch: number;
  n: number;
  position: number;
  heardUpTo?: number;
}

const SESSIONS = ref<SessionFacts>('sessions');
const TURNS = ref<TurnFacts>('turns');

/**
 * Returns the number of the newest commit that the agent may have heard of here; 0 if it has heard nothing. A turn that is
 * made at this moment does not count: its run hears whatever is committed now before its next effect.
 */
export async function heardUpTo(read: Reader, agent: AgentId, conversation: string): Promise<number> {
  const session = (await read.find(SESSIONS, { where: { conversation } })).find((one) => one.agent === agent);
  if (!session) return 0;
  const where = { session: session.id, epoch: session.epoch };
  const newest = await read.find(TURNS, { where, sort: [['n', 'desc']], limit: 2 });
  // An epoch without turns followed one that was forgotten: nobody knows any more what stood in it.
  if (!newest.length) return session.epoch > 1 ? Number.POSITIVE_INFINITY : 0;
  return Math.max(...newest.map(({ position, heardUpTo: upTo = 0 }) => Math.max(position, upTo)));
}
