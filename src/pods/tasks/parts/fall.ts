// Drops the parts of a task that is dropped: those who gave them hear of it, their questions end, and the agents at work on them
// stop.
import type { Reader } from '../../../log/action.ts';
import { type BodyRef, ERASED } from '../../../log/body.ts';
import { type AgentId, isAgent, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { CONVERSATIONS } from '../../conversations/conversation.ts';
import { atWorkIn } from '../../conversations/words/at-work.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { namesOfAll } from '../../people/directory.ts';
import { questionsOfTask, withdrawAll } from '../../questions/settling/follow-work.ts';
import type { Put } from '../../questions/settling/hearing.ts';
import { type GiverCalling, givingAgents, tellGivers } from '../giving/tell-givers.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../task.ts';
import { MOST_AT_ONCE } from './parts-below.ts';
import { type Following, restOf } from './rest.ts';

/** The messages of one act have numbers; these leave room for those that the act itself posts. */
const FIRST = 4000;
const APART = 100;

interface Spot {
  agent: AgentId;
  conversation: string;
}

export interface Falling {
  /** Those of this commit, by their numbers. */
  parts: readonly TaskDoc[];
  rest: readonly TaskDoc[];
  /** By part, the agents that gave it, and did not give the whole. */
  givers: readonly (readonly GiverCalling[])[];
  asked: readonly Put[];
  /** The agents at work on them that have no other work there. */
  stops: readonly Spot[];
  titles: ReadonlyMap<string, string>;
  names: ReadonlyMap<ParticipantId, Named>;
}

/** Undefined if there are no parts. */
export async function fallingOf(
  read: Reader,
  ctx: Ctx,
  whole: TaskDoc,
  all: readonly TaskDoc[],
): Promise<Falling | undefined> {
  if (!all.length) return undefined;
  const parts = all.slice(0, MOST_AT_ONCE);
  const knows = new Set(whole.givers?.map(({ by }) => by));
  const [givers, asked, stops, titles, names] = await Promise.all([
    Promise.all(
      parts.map((part) => givingAgents(read, ctx, { givers: (part.givers ?? []).filter(({ by }) => !knows.has(by)) })),
    ),
    Promise.all(parts.map(({ id }) => questionsOfTask(read, id))),
    stopsIn(read, ctx, parts, new Set([whole, ...all].map(({ id }) => id))),
    read.texts(parts.map(({ titleRef }) => titleRef)),
    namesOfAll(
      read,
      parts.map(({ assignee }) => assignee),
    ),
  ]);
  return { parts, rest: all.slice(MOST_AT_ONCE), givers, asked: asked.flat(), stops, titles, names };
}

async function stopsIn(read: Reader, ctx: Ctx, parts: readonly TaskDoc[], over: ReadonlySet<string>): Promise<Spot[]> {
  const spots = new Map<string, Spot>();
  for (const { assignee: agent, conversation } of parts)
    if (isAgent(agent) && conversation && agent !== ctx.actor)
      spots.set(`${conversation} ${agent}`, { agent, conversation });
  const found = await Promise.all(
    [...spots.values()].map(async ({ agent, conversation }): Promise<Spot[]> => {
      const doc = await read.get(CONVERSATIONS, conversation);
      if (!atWorkIn(doc?.atWork, agent)) return [];
      const where = { conversation, assignee: agent, state: { in: [...ACTIVE] } };
      const own = await read.find(TASKS, { where, limit: over.size + 1 });
      return own.every(({ id }) => over.has(id)) ? [{ agent, conversation }] : [];
    }),
  );
  return found.flat();
}

/** Pure. `noteRef`: why the whole is dropped. */
export function fall(
  ctx: Ctx,
  whole: Pick<TaskDoc, 'id' | 'number'>,
  { parts, rest, givers, asked, stops, titles }: Falling,
  noteRef?: BodyRef,
): Following {
  const along = { task: whole.id, number: whole.number, ...(noteRef ? { noteRef } : {}) };
  const changes: Change[] = [];
  const deliveries: DeliveryWish[] = [];
  for (const [n, part] of parts.entries()) {
    const task = { ...part, title: titles.get(part.titleRef) ?? ERASED, label: part.labels?.titleRef };
    const heard = tellGivers(ctx, givers[n] ?? [], { why: 'dropped', task }, FIRST + APART * n);
    changes.push(
      { v: 1, on: 'tasks', id: part.id, type: 'task_moved', state: 'dropped', along, ...heard.told },
      ...heard.changes,
    );
    deliveries.push(...heard.deliveries);
  }
  const over = withdrawAll(asked, 'dropped', ctx.actor);
  const isStopped = (one: DeliveryWish) =>
    one.kind === 'wake' &&
    stops.some(({ agent, conversation }) => agent === one.agent && conversation === one.conversation);
  return {
    changes: [
      ...changes,
      ...over.changes,
      // Without a hold: another task wakes them as ever.
      ...stops.map(
        ({ agent, conversation: id }): Change => ({ v: 1, on: 'conversations', id, type: 'run_stopped', agent }),
      ),
    ],
    deliveries: [
      ...deliveries,
      ...over.deliveries.filter((one) => !isStopped(one)),
      ...stops.map((spot): DeliveryWish => ({ kind: 'halt', ...spot })),
      ...restOf(ctx, whole, { parts, rest, noteRef }),
    ],
  };
}
