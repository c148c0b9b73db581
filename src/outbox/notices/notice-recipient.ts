// Words of a notice that goes to somebody in another person's place: to their deputy, or to the owners after they left.
// The line names the person who was meant, and a sentence after it says why it comes to the reader and what to do.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { DECIDES, type NeedDoc } from '../../pods/needs/need.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { untilWords } from '../../pods/preferences/hours-words.ts';
import { PREFERENCES } from '../../pods/preferences/preference.ts';
import { zoneOf } from '../../pods/preferences/zone-of.ts';
import type { Texts } from '../../texts/texts.ts';

interface Deps {
  read: Reader;
  texts: Texts;
}

export interface Recipient {
  /** “you”, or the name of the person who was meant. */
  whom: string;
  /** “your”, or “their”. */
  whose: string;
}

/** The reasons whose lines name the person who was meant. */
const NAMED: readonly NeedDoc['reason'][] = [
  ...(['named', 'asked', 'assigned', 'reopened', 'returned', 'rescheduled', 'due', 'overdue', 'repeated'] as const),
];

export async function recipientOf(
  { read, texts: { fill } }: Deps,
  meant: ParticipantId | undefined,
): Promise<Recipient> {
  if (!meant) return { whom: fill('notice', 'you'), whose: fill('notice', 'your') };
  const { name } = called(await namesOfAll(read, [meant]), meant);
  return { whom: `**${quiet(name, 60)}**`, whose: fill('notice', 'their') };
}

/** Adds why the line comes to a deputy, and what they can do. */
export async function forDeputy(
  { read, texts: { fill } }: Deps,
  { reason }: Pick<NeedDoc, 'reason'>,
  absent: PersonId,
  line: string,
): Promise<string> {
  const [person, preference, names] = await Promise.all([
    read.get(PEOPLE, absent),
    read.get(PREFERENCES, absent),
    namesOfAll(read, [absent]),
  ]);
  const zone = person ? await zoneOf(read, person) : 'UTC';
  const said = {
    absent: quiet(called(names, absent).name, 60),
    until: untilWords(preference?.away ?? {}, zone),
  };
  if (!NAMED.includes(reason)) return fill('notice', 'stands-in-other', { ...said, line });
  return `${line.trimEnd()} ${fill('notice', 'stands-in', { ...said, todo: fill('notice', todoOf(reason)) })}`;
}

function todoOf(reason: NeedDoc['reason']): 'todo-question' | 'todo-words' | 'todo-task' {
  if (reason === 'asked') return 'todo-question';
  return reason === 'named' ? 'todo-words' : 'todo-task';
}

/** Adds why the line comes to the owners. */
export function forOwners(
  { texts: { fill } }: Pick<Deps, 'texts'>,
  { reason }: Pick<NeedDoc, 'reason'>,
  { absent, pod }: { absent: string; pod: string },
  line: string,
): string {
  if (DECIDES.includes(reason)) return fill('notice', 'passed', { absent, line });
  if (!NAMED.includes(reason)) return fill('notice', 'left-other', { absent, pod, line });
  return `${line.trimEnd()} ${fill('notice', 'left', { absent, pod })}`;
}
