// Judges a simulated week: how much the agents spoke, how often each person was disturbed, and who never heard. Pure.
import type { Reached } from './surfaces.ts';

/** Above these, working with Skein would be a burden. */
export const MOST = { postsPerMessage: 0.5, noticesPerDay: 4 } as const;

export interface Day {
  person: string;
  /** YYYY-MM-DD, in UTC. */
  day: string;
  counts: Readonly<Record<Reached, number>>;
}

export interface Outcome {
  /** Messages and mails by people. */
  messages: number;
  /** Messages and mails by agents. */
  posts: number;
  days: readonly Day[];
  /** Open items of which nothing reached their person, in words. */
  unheard: readonly string[];
  /** All that people read, in their order, as text. */
  read: string;
}

/** Returns a sentence for each bound that the week broke. Empty: it was a good week. */
export function faultsOf({ messages, posts, days, unheard }: Outcome): string[] {
  const ratio = ratioOf({ messages, posts });
  return [
    ...(ratio > MOST.postsPerMessage
      ? [`Agents spoke ${ratio.toFixed(2)} times for each message of a person; at most ${MOST.postsPerMessage}.`]
      : []),
    ...days
      .filter(({ counts }) => counts.notice + counts.ask > MOST.noticesPerDay)
      .map(
        ({ person, day, counts }) =>
          `${person} was told ${counts.notice + counts.ask} things on ${day}; at most ${MOST.noticesPerDay}.`,
      ),
    ...unheard.map((item) => `Never heard of: ${item}.`),
  ];
}

/** Returns the lines of the table: a person a row, a day a column. */
export function tableOf({ messages, posts, days }: Outcome): string[] {
  const columns = [...new Set(days.map(({ day }) => day))].sort();
  const people = [...new Set(days.map(({ person }) => person))];
  const cell = (person: string, day: string) => {
    const counts = days.find((one) => one.person === person && one.day === day)?.counts;
    return counts ? `${counts.notice}/${counts.ask}/${counts.digest}/${counts.answer}` : '-';
  };
  const row = (head: string, cells: readonly string[]) =>
    [head.padEnd(8), ...cells.map((one) => one.padStart(11))].join('');
  return [
    `${messages} messages by people, ${posts} by agents: ${ratioOf({ messages, posts }).toFixed(2)} for each.`,
    'Notices / questions / digests / answers and other mails, for each person and day:',
    row('', columns),
    ...people.map((person) =>
      row(
        person,
        columns.map((day) => cell(person, day)),
      ),
    ),
  ];
}

function ratioOf({ messages, posts }: Pick<Outcome, 'messages' | 'posts'>): number {
  return messages === 0 ? 0 : posts / messages;
}
