// Keeps our mails in one thread in every mail program, by our own Message-IDs, References and a constant subject. Pure.
import { MOST_REFERENCES } from './limits.ts';

export interface OwnId {
  pod: string;
  /** The id of the conversation or task. */
  thread: string;
  /** The part of the id that is the mail's own. It is `root` in the synthetic first id of a thread. */
  n: string;
}

const piece = /^[A-Za-z0-9_-]{1,100}$/;

/** Returns `<pod.thread.n@domain>`. The pieces are ids and contain no text that people wrote. */
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

/**
 * Returns the first id of a thread, which no mail has. All References begin with it, so that a reply finds its thread
 * even if its parent is lost.
 */
export function rootId(thread: { pod: string; thread: string }, domain: string): string {
  return formatId({ ...thread, n: 'root' }, domain);
}

/**
 * Returns the references of our form, the newest first. Look each up, because other programs on the same domain may
 * make ids of this form.
 */
export function ownIdsIn(mail: { inReplyTo: string[]; references: string[] }, domain: string): OwnId[] {
  const all = [...mail.inReplyTo, ...mail.references.toReversed()].slice(0, MOST_IDS);
  return all.flatMap((id) => parseId(id, domain) ?? []);
}

/** The most references that are looked up. Mail programs keep fewer. */
const MOST_IDS = 100;

/**
 * Returns the References of an answer: those of its parent and the parent's id (RFC 5322 section 3.6.4). Ours begin
 * with the root. In a long thread, only the first and the newest ids are kept.
 */
export function referencesOf(root: string, parent?: { messageId?: string; references: string[] }): string[] {
  const all = [...(parent?.references ?? []), ...(parent?.messageId === undefined ? [] : [parent.messageId])];
  const rest = [...new Set(all)].filter((id) => id !== root);
  if (rest.length < MOST_REFERENCES) return [root, ...rest];
  return [root, ...rest.slice(0, 1), ...rest.slice(2 - MOST_REFERENCES)];
}

/**
 * Returns the same subject for the whole thread, because Gmail starts a new thread when the subject changes (Gmail,
 * "Threading changes in Gmail", March 2019).
 */
export function replySubject(title: string): string {
  const plain = title.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return `Re: ${plain === '' ? '(no subject)' : plain}`;
}
