// Keeps our mails in one thread in every mail program: by our own ids, References, and a constant subject. Pure.
import { MOST_REFERENCES } from './limits.ts';

export interface OwnId {
  pod: string;
  /** The id of the conversation or task. */
  thread: string;
  /** The mail's own id; `root` for the synthetic first id of the thread. */
  n: string;
}

const piece = /^[A-Za-z0-9_-]{1,100}$/;

/** `<pod.thread.n@domain>`. The pieces are ids and contain no text of people. */
export function formatId({ pod, thread, n }: OwnId, domain: string): string {
  for (const one of [pod, thread, n])
    if (!piece.test(one)) throw new Error('A Message-ID is made of ids: letters, digits, - and _.');
  return `<${pod}.${thread}.${n}@${domain}>`;
}

export function parseId(id: string, domain: string): OwnId | undefined {
  const end = `@${domain.toLowerCase()}>`;
  if (!id.startsWith('<') || !id.toLowerCase().endsWith(end)) return undefined;
  const [pod = '', thread = '', n = '', ...more] = id.slice(1, -end.length).split('.');
  return more.length === 0 && [pod, thread, n].every((one) => piece.test(one)) ? { pod, thread, n } : undefined;
}

/** No mail has this id. It is first in all References, so that a reply finds its thread even if its parent is lost. */
export function rootId(thread: { pod: string; thread: string }, domain: string): string {
  return formatId({ ...thread, n: 'root' }, domain);
}

/** References that may be ours, the newest first. Other programs on the same domain may make ids of this form. */
export function ownIdsIn(mail: { inReplyTo: string[]; references: string[] }, domain: string): OwnId[] {
  const all = [...mail.inReplyTo, ...mail.references.toReversed()].slice(0, MOST_IDS);
  return all.flatMap((id) => parseId(id, domain) ?? []);
}

/** Bounds the look-ups. Mail programs keep fewer references. */
const MOST_IDS = 100;

/** RFC 5322 section 3.6.4: the parent's references and the parent. Ours start with the root; a long thread keeps its first and newest ids. */
export function referencesOf(root: string, parent?: { messageId?: string; references: string[] }): string[] {
  const all = [...(parent?.references ?? []), ...(parent?.messageId === undefined ? [] : [parent.messageId])];
  const rest = [...new Set(all)].filter((id) => id !== root);
  if (rest.length < MOST_REFERENCES) return [root, ...rest];
  return [root, ...rest.slice(0, 1), ...rest.slice(2 - MOST_REFERENCES)];
}

/** Gmail starts a new thread when the subject changes (Gmail, "Threading changes in Gmail", March 2019). */
export function replySubject(title: string): string {
  const plain = title.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return `Re: ${plain === '' ? '(no subject)' : plain}`;
}
