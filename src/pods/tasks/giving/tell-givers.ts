// Tells the agents that gave a task what became of it: a line in the conversation that each gave it from, and a wake.
import type { Reader } from '../../../log/action.ts';
import { type AgentId, isAgent, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { type Calling, callingOf, type Given, type SetToWork, setToWork } from '../set-to-work.ts';
import type { TaskDoc, TaskLine } from '../task.ts';

export interface GiverCalling {
  agent: AgentId;
  calling: Calling;
}

/** The first number of the messages that tell givers. The others of the same act have lower ones. */
const FIRST = 10;

/** Reads the facts for telling the agents. `next`: the new assignee, who is told by the task itself. */
export async function givingAgents(
  read: Reader,
  ctx: Ctx,
  { givers = [] }: Pick<TaskDoc, 'givers'>,
  next?: ParticipantId,
): Promise<GiverCalling[]> {
  const found = await Promise.all(
    givers.map(async ({ by, conversation }): Promise<GiverCalling[]> => {
      if (!isAgent(by) || by === next || !conversation) return [];
      const calling = await callingOf(read, ctx, { assignee: by, conversation });
      return calling?.doc ? [{ agent: by, calling }] : [];
    }),
  );
  return found.flat();
}

export interface ToldGivers {
  changes: Change[];
  deliveries: DeliveryWish[];
  told: { reports?: TaskLine[] };
  left: SetToWork['left'];
}

/** Pure. `after`: tells apart the tasks of which one act tells. */
export function tellGivers(ctx: Ctx, givers: readonly GiverCalling[], given: Omit<Given, 'to'>, after = 0): ToldGivers {
  const sets = givers.map(({ agent, calling }, n) =>
    setToWork(ctx, calling, { ...given, to: agent }, after + FIRST * (n + 1)),
  );
  const reports = sets.flatMap(({ told: { line } }) => line ?? []);
  const wakesWith = sets.flatMap(({ left }) => left.wakesWith ?? []);
  return {
    changes: sets.flatMap(({ changes }) => changes),
    deliveries: sets.flatMap(({ deliveries }) => deliveries),
    told: reports.length ? { reports } : {},
    left: wakesWith.length ? { wakesWith } : {},
  };
}
