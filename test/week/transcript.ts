// Writes down what the people of a week read: what reached each of them alone, and what stood in the channels.
import type { Seen } from '../journeys/team.ts';
import type { Person } from './cast.ts';
import type { Arrival } from './surfaces.ts';

export function transcriptOf(
  people: readonly Person[],
  reached: ReadonlyMap<Person, readonly Arrival[]>,
  posts: readonly (Seen & { channel: string })[],
): string {
  const own = people.flatMap((person) => [
    `# To ${person.name}, ${person.slack ? 'in Slack' : 'by mail'}`,
    ...(reached.get(person) ?? []).map(({ at, kind, by, text }) => entry(at, `${kind}, from ${by}`, text)),
  ]);
  const channels = [...new Set(posts.map(({ channel }) => channel))].flatMap((channel) => [
    `# In ${channel}`,
    ...threadsOf(posts.filter((one) => one.channel === channel)),
  ]);
  return `${[...own, ...channels].join('\n\n')}\n`;
}

function threadsOf(posts: readonly Seen[]): string[] {
  const root = ({ thread_ts, ts }: Seen) => thread_ts ?? ts;
  const sorted = posts.toSorted((a, b) => root(a).localeCompare(root(b)) || a.ts.localeCompare(b.ts));
  return sorted.map((one) =>
    entry(Number(one.ts) * 1000, `${one.username}${root(one) === one.ts ? '' : ', in the thread'}`, one.text),
  );
}

function entry(at: number, head: string, text: string): string {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `## ${time} ${head}\n${text.trim()}`;
}
