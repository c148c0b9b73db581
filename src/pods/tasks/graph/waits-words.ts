// Says in words for what a task waits: “#3, #4 and #7, dropped by Ben”. Pure.
import type { Named, ParticipantId } from '../../../log/participant.ts';
import { called } from '../../people/directory.ts';
import type { Waiting } from './edge.ts';

type Who = ReadonlyMap<ParticipantId, Named>;

/** Those who dropped one of them. Their names are in the words. */
export function droppers(waiting: readonly Waiting[] = []): ParticipantId[] {
  return waiting.flatMap(({ dropped }) => (dropped ? [dropped.by] : []));
}

export function waitsWords(waiting: readonly Waiting[], names: Who): string {
  return listed(waiting.map((one) => waitWords(one, names)));
}

function waitWords({ number, dropped, erased }: Waiting, names: Who): string {
  if (erased) return `#${number}, which is erased`;
  return dropped ? `#${number}, dropped by ${called(names, dropped.by).name}` : `#${number}`;
}

/** Returns “#3, #4 and #5”. A part with a comma of its own is set off by semicolons. */
export function listed(parts: readonly string[]): string {
  const comma = parts.slice(0, -1).some((one) => one.includes(',')) ? ';' : ',';
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return last;
  return `${parts.slice(0, -1).join(`${comma} `)}${comma === ';' ? ';' : ''} and ${last}`;
}
