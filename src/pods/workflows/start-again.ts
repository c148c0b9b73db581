// A workflow that comes again by the clock: it is started anew, by its newest version, with those who had its roles.
import type { Reader } from '../../log/action.ts';
import { isPerson, type Named, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { shownDay } from '../local-time.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { called, namesOfAll } from '../people/directory.ts';
import type { PodDoc } from '../pod/pod.ts';
import type { RepeatDoc } from '../tasks/repeats/repeat.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../tasks/task.ts';
import { type Tasks, tasksOf } from './make-tasks.ts';
import { type StartFacts, startFacts } from './start-facts.ts';
import { STARTED_WORKFLOWS } from './started.ts';
import { WORKFLOWS, workflowId } from './workflow.ts';

export interface AgainFacts {
  facts: StartFacts;
  /** A person who had a role and has left the pod. */
  left?: PersonId;
}

/** True if a part of the whole is not done. */
export async function hasOpenParts(read: Reader, { id }: Pick<TaskDoc, 'id'>): Promise<boolean> {
  const where = { parent: id, state: { in: ACTIVE } };
  return (await read.find(TASKS, { where, limit: 1 })).length > 0;
}

/**
 * Undefined if the task is not the whole of a workflow. If its file is gone, it is started as it was before. `day`: the local
 * date on which it comes.
 */
export async function againFacts(
  read: Reader,
  ctx: Ctx,
  { repeat, before, day }: { repeat: RepeatDoc; before: TaskDoc; day: string },
): Promise<AgainFacts | undefined> {
  const started = before.workflow ? await read.get(STARTED_WORKFLOWS, before.workflow) : undefined;
  if (!started) return undefined;
  const newest = await read.get(WORKFLOWS, workflowId(started.name));
  const { title, purpose, roles, steps, schedule } = newest && !newest.gone ? newest : started.definition;
  const definition = { title, purpose, roles, steps, ...(schedule ? { schedule } : {}) };
  const wanted = Object.values(started.roles);
  const members = await Promise.all(wanted.map((who) => read.get(MEMBERS, memberId(ctx.pod, who))));
  const isHere = (who: ParticipantId) => members[wanted.indexOf(who)]?.state === 'in';
  const names = await namesOfAll(read, [...wanted, repeat.owner]);
  const filled = new Map<string, Named>();
  for (const { name } of roles) {
    const who = started.roles[name];
    if (who && isHere(who)) filled.set(name, called(names, who));
  }
  const left = wanted.find((who): who is PersonId => isPerson(who) && !isHere(who));
  const { name } = started;
  const version = newest && !newest.gone ? newest.version : started.version;
  const owner = repeat.owner && called(names, repeat.owner);
  const facts = await startFacts(read, ctx, { name, version, definition, roles: filled, owner, day });
  return { facts, ...(left ? { left } : {}) };
}

/** Pure. */
export function startedAgain(
  ctx: Ctx,
  pod: PodDoc,
  { repeat, facts }: { repeat: RepeatDoc; facts: StartFacts },
): Tasks {
  const { id, owner, heard } = repeat;
  const wishers = { ...(owner ? { onBehalfOf: owner } : {}), ...(heard ? { heard } : {}) };
  return tasksOf(ctx, pod, facts, { about: shownDay(facts.day), givenBy: owner, wishers, repeat: id });
}
