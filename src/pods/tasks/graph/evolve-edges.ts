// How the edges of a task change. Pure.
import { isPerson } from '../../../log/participant.ts';
import type { Meta, Own } from '../../../log/view.ts';
import type { TaskDoc } from '../task.ts';
import { type Added, type EdgeChange, MOST_EDGES, type Waiting } from './edge.ts';

type Edges = Pick<TaskDoc, 'dependsOn' | 'waitsFor' | 'freedBy'>;

/** Returns the fields of a new task that depends on these. */
export function edgesOf(added: readonly Added[] = []): Edges {
  return fields({ dependsOn: added.map(({ task }) => task), waitsFor: added.flatMap(waiting), freedBy: [] });
}

export function evolveEdges(doc: Own<TaskDoc>, change: EdgeChange, { actor }: Meta): Own<TaskDoc> {
  const { dependsOn = [], waitsFor = [], freedBy = [], ...rest } = doc;
  switch (change.type) {
    case 'dependencies_changed': {
      const { late: _late, ...decided } = rest;
      return { ...decided, ...fields(changed({ dependsOn, waitsFor, freedBy }, change, isPerson(actor))) };
    }
    case 'dependencies_moved': {
      const { moved, woke = [], fresh } = change;
      const waits = moved.reduce((all, one) => waitsAfter(all, dependsOn, one), waitsFor);
      // A person who opens a dependency again begins anew: its end wakes the agent once more.
      const again = fresh ? moved.flatMap(({ task, done }) => (done ? [] : [task])) : [];
      const woken = [...freedBy.filter((one) => !woke.includes(one) && !again.includes(one)), ...woke];
      return { ...rest, ...fields({ dependsOn, waitsFor: waits, freedBy: woken }) };
    }
    case 'part_changed':
      return doc;
    default:
      change satisfies never;
      return doc;
  }
}

type Lists = Required<Edges>;

function changed(
  { dependsOn, waitsFor, freedBy }: Lists,
  { add, remove }: Extract<EdgeChange, { type: 'dependencies_changed' }>,
  byPerson: boolean,
): Lists {
  const over = new Set([...remove, ...add].map(({ task }) => task));
  const stays = (task: string) => !over.has(task);
  const all = [...dependsOn.filter(stays), ...add.map(({ task }) => task)].slice(0, MOST_EDGES);
  return {
    dependsOn: all,
    waitsFor: [...waitsFor.filter(({ task }) => stays(task)), ...add.flatMap(waiting)].filter(({ task }) =>
      all.includes(task),
    ),
    freedBy: byPerson ? [] : freedBy.filter((task) => all.includes(task)),
  };
}

function waiting({ done, ...one }: Added): Waiting[] {
  return done ? [] : [one];
}

/** Its place stays, so that a list reads the same before and after. A task that it does not depend on is ignored. */
function waitsAfter(waitsFor: readonly Waiting[], dependsOn: readonly string[], one: Added): Waiting[] {
  if (!dependsOn.includes(one.task)) return [...waitsFor];
  const [now] = waiting(one);
  if (!now) return waitsFor.filter(({ task }) => task !== one.task);
  const isKnown = waitsFor.some(({ task }) => task === one.task);
  return isKnown ? waitsFor.map((other) => (other.task === one.task ? now : other)) : [...waitsFor, now];
}

function fields({ dependsOn = [], waitsFor = [], freedBy = [] }: Edges): Edges {
  return {
    ...(dependsOn.length ? { dependsOn } : {}),
    ...(waitsFor.length ? { waitsFor } : {}),
    ...(freedBy.length ? { freedBy } : {}),
  };
}
