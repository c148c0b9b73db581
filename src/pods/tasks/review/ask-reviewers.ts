// Wakes agents for a review: those who are to look, and the one who has the task and hears what they say.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { cardOf } from '../cards/card.ts';
import { type Calling, callingOf, type Given, type SetToWork, setToWork } from '../set-to-work.ts';
import type { TaskDoc, TaskLine } from '../task.ts';

/** The messages of one act have numbers; these leave room for those of parts and of dependents. */
const FIRST = 3000;
const APART = 10;

export interface ToWake {
  title: string;
  agents: { agent: AgentId; calling: Calling | undefined }[];
}

export async function toWake(
  read: Reader,
  ctx: Ctx,
  task: TaskDoc,
  who: readonly (ParticipantId | undefined)[],
): Promise<ToWake> {
  const { conversation } = task;
  const [titles, agents] = await Promise.all([
    read.texts([task.titleRef]),
    Promise.all(
      who.filter(isAgent).map(async (agent, n) => {
        const fresh = n === 0 && !cardOf(task);
        const facts = { assignee: agent, conversation, fresh, why: 'review' as const, n: FIRST + APART * n };
        return { agent, calling: await callingOf(read, ctx, facts) };
      }),
    ),
  ]);
  return { agents, title: titles.get(task.titleRef) ?? ERASED };
}

export interface Woken {
  changes: Change[];
  deliveries: DeliveryWish[];
  /** The fields that a change to the task gets. */
  told: { conversation?: string; line?: TaskLine; reports?: TaskLine[] };
  left: SetToWork['left'];
}

/** Pure. `given.free`: the wakes do not count for the limits of their cause. */
export function wake(
  ctx: Ctx,
  { agents, title }: ToWake,
  task: TaskDoc,
  given: Pick<Given, 'why' | 'note' | 'noteRef' | 'free' | 'round' | 'absent'>,
): Woken {
  const about = { ...task, title, label: task.labels?.titleRef };
  const sets = agents.map(({ agent, calling }, n) =>
    setToWork(ctx, calling, { ...given, task: about, to: agent }, FIRST + APART * n),
  );
  const [first, ...more] = sets.flatMap(({ told }) => (told.line ? [told] : []));
  const reports = more.flatMap(({ line }) => line ?? []);
  const notWoken = sets.flatMap(({ left }) => left.notWoken ?? []);
  const wakesWith = sets.flatMap(({ left }) => left.wakesWith ?? []);
  return {
    changes: sets.flatMap(({ changes }) => changes),
    deliveries: sets.flatMap(({ deliveries }) => deliveries),
    told: { ...first, ...(reports.length ? { reports } : {}) },
    left: { ...(notWoken.length ? { notWoken } : {}), ...(wakesWith.length ? { wakesWith } : {}) },
  };
}

/**
 * The wakes of a review that a person began count for no limit: its rounds are bounded. Those of a review among agents alone
 * count as all others do.
 */
export function freeFor({ createdBy, givenBy }: TaskDoc): { free?: true } {
  return isPerson(createdBy) || givenBy ? { free: true } : {};
}
