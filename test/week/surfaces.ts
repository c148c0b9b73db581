// What reached each person: their messages with Skein, their mailbox, and the channels that they read.
import type { InBox } from '../journeys/mailroom.ts';
import type { Seen, Team } from '../journeys/team.ts';
import type { Cast, Person } from './cast.ts';

export type Reached = 'notice' | 'ask' | 'digest' | 'answer';

export interface Arrival {
  /** Unix milliseconds, by the product's clock. */
  at: number;
  kind: Reached;
  /** The sender's name, in small letters. */
  by: string;
  text: string;
}

/** A notice by mail ends with these words, those of templates/texts/mail-frame.md. */
export const NOTICE_FOOT = /^Skein · what waits for you$/m;
const ASKS = /\basks you\b|\basks \*|\bq\d+:/;

/** What Skein sent to this person alone, oldest first. */
export async function arrivals(team: Team, person: Person): Promise<Arrival[]> {
  const mails = await team.get<(InBox & { raw: string })[]>(`/practice/mail?to=${encodeURIComponent(person.email)}`);
  const direct = person.slack ? await team.messages('app', undefined, person.handle) : [];
  const all = [...mails.map(ofMail), ...ofPosts(direct.filter(({ username }) => username === 'Skein'))];
  return all.sort((a, b) => a.at - b.at);
}

function ofMail({ messageId, text, subject, raw, from }: InBox): Arrival {
  const by = (/^"?([^"<]*)/.exec(from)?.[1] ?? '').trim().toLowerCase();
  const at = Date.parse(/^Date: (.+)$/m.exec(raw)?.[1] ?? '');
  const words = `${subject}\n${text}`;
  if (messageId.includes('.digest')) return { at, by, kind: 'digest', text: words };
  if (!NOTICE_FOOT.test(text)) return { at, by, kind: 'answer', text: words };
  return { at, by, kind: ASKS.test(text) ? 'ask' : 'notice', text: words };
}

/** A long digest is several posts, one right after the other. */
function ofPosts(posts: readonly Seen[]): Arrival[] {
  const sorted = posts.toSorted((a, b) => a.ts.localeCompare(b.ts)).map(ofPost);
  const digests = sorted.filter(({ kind }) => kind === 'digest');
  const goesOn = ({ at, kind, text }: Arrival) =>
    kind !== 'digest' &&
    text.startsWith('**') &&
    digests.some((digest) => at >= digest.at && at - digest.at < TOGETHER_MS);
  return sorted.filter((post) => !goesOn(post));
}

const TOGETHER_MS = 5_000;

function ofPost({ ts, text }: Seen): Arrival {
  const at = Number(ts) * 1000;
  if (text.startsWith('Your digest')) return { at, by: 'skein', kind: 'digest', text };
  return { at, by: 'skein', kind: ASKS.test(text) ? 'ask' : 'notice', text };
}

/** Every message of the pods' channels, with its threads. */
export async function posted(team: Team, { pods }: Cast): Promise<(Seen & { channel: string })[]> {
  const channels = pods.flatMap(({ channel }) => (channel ? [channel] : []));
  const found = await Promise.all(
    channels.map(async (channel) => {
      const roots = await team.messages(channel);
      const threads = await Promise.all(roots.map(({ ts }) => team.messages(channel, ts)));
      const byTs = new Map([...roots, ...threads.flat()].map((one) => [one.ts, one]));
      return [...byTs.values()].map((one) => ({ ...one, channel }));
    }),
  );
  return found.flat();
}
