// The points of a task, named by people, at which its agent stops until they let it go on.
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import type { PersonId } from '../../log/participant.ts';
import { present } from '../members/present.ts';
import type { TaskDoc } from '../tasks/task.ts';
import type { Involved } from './level.ts';

/** A point that the agent has not passed yet. */
export interface Stop {
  who: PersonId;
  ref: BodyRef;
  /** Its name in words. */
  name: string;
}

export function isPoint({ level, named }: Involved): boolean {
  return level === 'checkpoints' && named !== undefined;
}

/** The bodies with the names of the points that the agent has not passed. */
export function namesAhead({ involved = [] }: Pick<TaskDoc, 'involved'>): BodyRef[] {
  return involved.filter(isPoint).flatMap(({ named = [] }) => named.flatMap((one) => (one.passed ? [] : [one.name])));
}

/** Pure. `texts`: the names by their bodies. A point whose name was erased is none any more. */
export function stopsAhead({ involved = [] }: Pick<TaskDoc, 'involved'>, texts: ReadonlyMap<string, string>): Stop[] {
  return involved.filter(isPoint).flatMap(({ who, named = [] }) =>
    named.flatMap(({ name: ref, passed }) => {
      const name = texts.get(ref);
      return passed || name === undefined ? [] : [{ who, ref, name }];
    }),
  );
}

/** Reads the points that lie ahead. Those of people who have left the pod are left out. */
export async function readStops(read: Reader, task: TaskDoc): Promise<Stop[]> {
  const ahead = namesAhead(task);
  if (!ahead.length) return [];
  const stops = stopsAhead(task, await read.texts(ahead));
  const here = await present(read, task.pod, [...new Set(stops.map(({ who }) => who))]);
  return stops.filter(({ who }) => here.includes(who));
}

export function isNamed({ name }: Pick<Stop, 'name'>, said: string): boolean {
  return plain(name) === plain(said);
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[“”"'’.]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
