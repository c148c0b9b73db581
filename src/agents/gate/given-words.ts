// The words that members typed themselves in the conversation of a call, without quotes and forwarded text.

import type { Reader } from '../../log/action.ts';
import { isOutside } from '../../log/labels/label.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import { withoutQuotedLines } from '../../pods/conversations/addressable-text.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import { isMemberIn } from '../../pods/members/rights.ts';
import { type Given, givenIn } from '../../tools/destinations.ts';

/**
 * The number of messages that are searched, the newest first. Words in older messages do not count as typed by a
 * member.
 */
const NEWEST = 500;

export async function givenWords(
  read: Reader,
  { pod, conversation }: { pod: string; conversation: string },
): Promise<Given> {
  const found = await read.find(MESSAGES, { where: { conversation }, sort: [['posted', 'desc']], limit: NEWEST });
  const own = found.filter(({ by, erased, labels }) => isPerson(by) && !erased && !isOutside(labels?.body));
  const authors = [...new Set(own.map(({ by }) => by))] as PersonId[];
  const may = await Promise.all(authors.map((author) => isMemberIn(read, pod, author)));
  const members = new Set<string>(authors.filter((_, n) => may[n]));
  const said = own.filter(({ by }) => members.has(by));
  const texts = await read.texts(said.flatMap(partRefs));
  return givenIn(said.map((message) => withoutQuotedLines(partsOf(message, texts).words)));
}
