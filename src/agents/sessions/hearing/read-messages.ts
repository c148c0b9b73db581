// Reads the words, names and task lines of messages, as a model is to hear them.
import type { Reader } from '../../../log/action.ts';
import { isPerson, type Named, type ParticipantId } from '../../../log/participant.ts';
import { clipped, shorten } from '../../../log/well-formed.ts';
import { isRecalled, type MessageDoc } from '../../../pods/conversations/message.ts';
import { wordsAt } from '../../../pods/conversations/words/words-before.ts';
import { LET_IN, type MessageParts } from '../../../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../../../pods/mail/message-parts.ts';
import { aliasesOf, guestsAmong } from '../../../pods/people/aliases.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { guestLabel } from '../../../pods/people/name-claims.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { aliasIn, zoneIn } from '../author-fields.ts';
import { zonesOf } from '../local-day.ts';
import type { SessionDoc } from '../session.ts';
import { type HeardLine, heardLine } from './heard-line.ts';
import type { HeardMessage } from './heard-message.ts';

/** In characters. */
const LONGEST_MESSAGE = 20_000;
/** In characters: the whole of it stands in an earlier turn. */
const LONGEST_WAS = 400;

/** `edited`: the ids of those that are not new, but edited. `position`: the number up to which the session has heard. */
export async function readMessages(
  read: Reader,
  news: readonly MessageDoc[],
  { lines, edited, position }: { lines: ReadonlyMap<string, HeardLine>; edited: ReadonlySet<string>; position: number },
): Promise<HeardMessage[]> {
  const before = (message: Pick<MessageDoc, 'id' | 'was'>) =>
    edited.has(message.id) ? wordsAt(message, position) : undefined;
  const authors = news.map((message) => message.by);
  const named = news.flatMap((message) => [...(message.mentions ?? []), ...(before(message)?.mentions ?? [])]);
  const [names, aliases, guests, zones, texts] = await Promise.all([
    namesOfAll(read, [...authors, ...news.map(({ mail }) => mail?.agent)]),
    aliasesOf(read, authors),
    guestsAmong(read, named),
    zonesOf(read, authors),
    read.texts(news.flatMap((message) => [...partRefs(message), message.brought, before(message)?.body])),
  ]);
  return news.map(({ id, by, at, brought, labels = {}, places, posted, ...more }) => ({
    id,
    from: called(names, by).name,
    ...aliasIn(aliases, by),
    at,
    ...zoneIn(zones, by),
    ...said(
      partsOf({ by, labels, places, ...(brought ? { brought } : {}), ...more }, texts),
      guests,
      names,
      more.refused,
    ),
    edited: edited.has(id),
    ...wasIn(texts.get(before({ id, ...more })?.body ?? ''), guests),
    ...(lines.has(id) ? { line: lines.get(id) } : {}),
    ...(isRecalled({ posted }) ? { recalled: true as const } : {}),
    ...(asksNothing(more) ? { notice: true as const } : {}),
    ...(isPerson(by) && posted > 0 && !asksNothing(more) && !lines.has(id) ? { n: posted } : {}),
    ...(labels.body ? { label: labels.body } : {}),
    ...(isPerson(by) && places.some((place) => place.startsWith('mail:')) ? { via: 'mail' as const } : {}),
    ...(brought && labels.brought
      ? {
          brought: {
            text: shorten(texts.get(brought) ?? '', LONGEST_MESSAGE, 'The rest is in the mail itself.'),
            label: labels.brought,
          },
        }
      : {}),
  }));
}

/** True for a notice, a note, and what only says who paused an agent. */
function asksNothing({ notice, note, steers, controls }: Partial<MessageDoc>): boolean {
  return Boolean(notice || note || steers || controls);
}

/** Returns the task lines among the messages, by the id of the message. */
export async function linesIn(
  read: Reader,
  { agent }: SessionDoc,
  news: readonly MessageDoc[],
): Promise<Map<string, HeardLine>> {
  const heard = await Promise.all(
    news.map(async ({ id, pod, line }) => [id, line && (await heardLine(read, { pod, line }, agent))] as const),
  );
  return new Map(heard.flatMap(([id, line]) => (line ? [[id, line] as const] : [])));
}

/** Returns the parts of a message: the author's words apart from the facts about the mail and its files. */
function said(
  { words, files, notes, subject, mail }: MessageParts,
  guests: readonly PersonDoc[],
  names: ReadonlyMap<ParticipantId, Named>,
  /** The number of lines at the beginning that are refused commands. */
  refused = 0,
): Pick<HeardMessage, 'text' | 'refused' | 'subject' | 'files' | 'notes' | 'task'> {
  const { task, agent, letIn } = mail ?? {};
  const admitted = letIn
    ? [`An owner ${letIn === 'starts' ? 'lets such mails in' : 'let it in'} ${LET_IN[letIn]}.`]
    : [];
  const lines = labelled(words, guests).split('\n');
  return {
    ...(refused ? { refused: lines.slice(0, refused).join('\n') } : {}),
    text: shorten(
      refused ? lines.slice(refused).join('\n').trimStart() : lines.join('\n'),
      LONGEST_MESSAGE,
      'Ask for the rest if you need it.',
    ),
    ...(subject ? { subject } : {}),
    ...(files.length ? { files } : {}),
    ...(notes.length + admitted.length ? { notes: [...admitted, ...notes].join(' ') } : {}),
    ...(task === undefined ? {} : { task: { number: task, ...(agent ? { for: called(names, agent).name } : {}) } }),
  };
}

/** `text`: the words that the session has heard of a message that was edited since. Undefined if they were erased. */
function wasIn(text: string | undefined, guests: readonly PersonDoc[]): Pick<HeardMessage, 'was'> {
  const words = text?.replace(/\s+/g, ' ').trim();
  return words ? { was: clipped(labelled(words, guests), LONGEST_WAS) } : {};
}

/**
 * Replaces the self-chosen name of a guest in a member's message. The name would otherwise count as the member's words.
 */
function labelled(text: string, guests: readonly PersonDoc[]): string {
  return guests.reduce((said, { id, name }) => said.replaceAll(`@${name}`, `@${guestLabel(id)}`), text);
}
