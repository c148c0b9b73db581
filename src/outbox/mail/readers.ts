// Says who can read a conversation by now, beside whoever the mail goes to: by names, and from six on by their number.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { isAgent, type ParticipantId } from '../../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { called, namesOfAll, presentIn } from '../../pods/people/directory.ts';
import type { PodDoc } from '../../pods/pod/pod.ts';
import type { Texts } from '../../texts/texts.ts';

/** The readers of a pod at one moment. `first`: a few of them, people before agents. */
export interface Readers {
  first: ParticipantId[];
  count: number;
}

const MOST_NAMES = 5;

/** `but`: the only recipient of the mail. They know that they can read it. */
export async function readersOf(read: Reader, pod: string, but?: string): Promise<Readers> {
  const present = (await presentIn(read, pod)).filter(({ id }) => id !== but);
  return { first: present.slice(0, MOST_NAMES).map(({ id }) => id), count: present.length };
}

export async function readersWords(
  { read, texts: { fill } }: { read: Reader; texts: Texts },
  { first, count }: Readers,
  { name, place }: PodDoc,
): Promise<string> {
  const pod = quiet(name, 80);
  if (!count) return fill('acknowledgement', 'readers-none', { pod });
  const names = await namesOfAll(read, first);
  const people = first.map((id) => quiet(called(names, id).name, 60));
  const all =
    count > MOST_NAMES
      ? fill('acknowledgement', 'readers-many', { count, pod })
      : fill('acknowledgement', 'readers', { people: listed(fill, people), pod });
  // A public channel can be opened by the whole workspace.
  return place.kind === 'slack' ? `${all}${fill('acknowledgement', 'readers-in-slack')}` : all;
}

function listed(fill: Texts['fill'], people: readonly string[]): string {
  const last = people.at(-1) ?? '';
  return people.length < 2
    ? last
    : fill('acknowledgement', 'and', { people: people.slice(0, -1).join(', '), person: last });
}

/** True for the first answer of an agent in the pod of a mail thread: it says who can read the thread. */
export async function beginsThread(
  read: Reader,
  pod: PodDoc,
  { by, conversation, posted }: MessageDoc,
): Promise<boolean> {
  if (!pod.mailThread || !isAgent(by)) return false;
  const where = { conversation, posted: { lt: posted } };
  const earlier = await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: MOST_EARLIER });
  return !earlier.some((message) => isAgent(message.by));
}

/** The most messages before an answer among which another answer is looked for. */
const MOST_EARLIER = 20;
