// Loads the parts of a message: its author's words, and what came with them. Takes apart the single text of Skein
// 0.1.0.
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import { bodiesIn } from '../../log/kind.ts';
import { outside } from '../../log/labels/label.ts';
import type { MessageDoc } from '../conversations/message.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { unframed, unframedInSlack } from './framed-before.ts';
import { inWords, type MessageParts } from './mail-words.ts';

type StoredMessage = Pick<MessageDoc, 'by' | 'body' | 'files' | 'mail' | 'raw' | 'labels' | 'brought'> &
  Partial<Pick<MessageDoc, 'places' | 'ours'>>;

/** Returns the bodies that `partsOf` needs. */
export function partRefs({ body, files = [], mail }: Pick<StoredMessage, 'body' | 'files' | 'mail'>): BodyRef[] {
  return bodiesIn(body, mail?.subject, ...files, ...(mail?.notes ?? []));
}

export function partsOf(message: StoredMessage, texts: ReadonlyMap<string, string>): MessageParts {
  const { by, body, files = [], mail, raw, labels } = message;
  const text = texts.get(body);
  if (text === undefined) return { words: '', files: [], notes: [], whole: '', ...(mail ? { mail } : {}) };
  if (raw !== undefined && !mail) return { ...unframed(text, outside({ kind: 'mail', by })), mail: {}, whole: text };
  if (isFromSlack(message) && !message.files) return { ...unframedInSlack(text), ...broughtIn(message), whole: text };
  const all = (refs: readonly BodyRef[] = []) => refs.flatMap((ref) => texts.get(ref) ?? []);
  const subject = mail?.subject && texts.get(mail.subject);
  const label = labels?.subject ? { label: labels.subject } : {};
  return {
    words: text,
    files: all(files),
    notes: all(mail?.notes),
    ...(subject === undefined ? {} : { subject: { text: subject, ...label } }),
    ...(mail ? { mail } : {}),
    ...broughtIn(message),
  };
}

function isFromSlack({ places = [], ours, raw }: StoredMessage): boolean {
  return !ours && raw === undefined && places.some((place) => place.startsWith('slack:'));
}

function broughtIn({ brought }: StoredMessage): { brought?: true } {
  return brought ? { brought: true } : {};
}

export interface Shown {
  /** The whole message as people read it. */
  text: string;
  parts: MessageParts;
  /** Attached content that the author of the message did not write. */
  brought?: string;
}

/** Returns the message as people read it. Undefined if it is erased. */
export async function shownTo(read: Reader, message: MessageDoc): Promise<Shown | undefined> {
  const agent = message.mail?.agent;
  const [texts, names] = await Promise.all([
    read.texts([...partRefs(message), message.brought]),
    agent ? namesOfAll(read, [agent]) : undefined,
  ]);
  if (!texts.has(message.body)) return undefined;
  const parts = partsOf(message, texts);
  const brought = texts.get(message.brought ?? '');
  const text = inWords(parts, agent && names && called(names, agent).name);
  return { text, parts, ...(brought ? { brought } : {}) };
}
