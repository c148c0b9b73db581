// Says in words for what a task waits: “#3, #4 and #7, dropped by Ben”. Pure.
import type { Named, ParticipantId } from '../../../log/participant.ts';
import { called } from '../../people/directory.ts';
import type { Waiting } from './edge.ts';

type Who = ReadonlyMap<ParticipantId, Named>;

/** Those who dropped one of them. Their names are in the words. */
export function droppers(waiting: readonly Waiting[] = []): ParticipantId[] {
  return waiting.flatMap(({ dropped }) => (dropped ? [dropped.by] : []));
}

/** `why`: the reasons of those that were dropped, by the id of the task. Absent: they are not said. */
export function waitsWords(
  waiting: readonly Waiting[],
  names: Who,
  why?: ReadonlyMap<string, string | undefined>,
): string {
  return listed(waiting.map((one) => waitWords(one, names, why?.get(one.task))));
}

function waitWords({ number, dropped, erased }: Waiting, names: Who, reason?: string): string {
  if (erased) return `#${number}, which is erased`;
  if (!dropped) return `#${number}`;
  return `#${number}, dropped by ${called(names, dropped.by).name}${reason ? ` (“${reason}”)` : ''}`;
}

/** Returns “#3, #4 and #5”. A part with a comma of its own is set off by semicolons. */
export function listed(parts: readonly string[]): string {
  const comma = parts.slice(0, -1).some((one) => one.includes(',')) ? ';' : ',';
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return last;
  return `${parts.slice(0, -1).join(`${comma} `)}${comma === ';' ? ';' : ''} and ${last}`;
}
