// The share of mail in a new message: what is stored of the mail, who follows the conversation by mail, and who is mailed. Pure.
import type { Text } from '../../../log/body.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import type { Origin } from '../../../log/place.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { MailFacts } from '../../mail/mail-words.ts';
import type { ConversationDoc } from '../conversation.ts';

export type FromMail = Extract<Origin, { kind: 'email' }>;

/** Facts about a mail whose texts are not stored yet. */
export interface MailToStore extends Pick<MailFacts, 'task' | 'joined' | 'agent' | 'letIn'> {
  subject?: Text;
  files: readonly string[];
  notes: readonly string[];
}

export function storedMail({ text }: Ctx, { subject, files, notes, ...facts }: MailToStore) {
  const named = files.map((name) => text(name));
  const said = notes.map((note) => text(note));
  const mail: MailFacts = {
    ...facts,
    ...(subject ? { subject: text(subject.text, subject.label) } : {}),
    ...(said.length ? { notes: said } : {}),
  };
  return { mail, ...(named.length ? { files: named } : {}) };
}

export function followersBy({ quiet, reached = [] }: FromMail, author: PersonId): PersonId[] {
  return [...(quiet ? [] : [author]), ...reached];
}

/** Returns the change by which these people follow the conversation by mail. */
export function mailedBy(
  conversation: string,
  people: PersonId[],
  { messageId, references, copied = [] }: Pick<FromMail, 'messageId' | 'references' | 'copied'>,
  /** True in the pod of a mail thread: an answer goes to those on the mail that it answers, and to nobody else. */
  only: true | undefined,
): Change {
  const refers = references?.length ? { references } : {};
  const cc = only ? people.filter((one) => copied.includes(one)) : [];
  return {
    ...{ v: 1, on: 'conversations', id: conversation, type: 'conversation_mailed', people, messageId, ...refers },
    ...(only ? { only } : {}),
    ...(cc.length ? { cc } : {}),
  };
}

/**
 * Returns the mails to the people who follow the conversation. A message by Skein is mailed only if a person's mail
 * caused it: otherwise Skein would answer a bounce, and the answer would bounce again.
 */
export function mailsFor(
  ctx: Ctx,
  conversation: string,
  doc: ConversationDoc | undefined,
  message: string,
): DeliveryWish[] {
  const mail = ctx.origin?.kind === 'email' ? ctx.origin : undefined;
  const { reached = [], notifies = [] } = mail ?? {};
  // On a mail thread people reach each other. Whoever is left out of a mail gets no copy of it from Skein either.
  const follow = new Set([
    ...(mail && isPerson(ctx.actor) && ctx.podDoc?.mailThread ? [] : (doc?.mail?.people ?? [])),
    ...notifies,
  ]);
  const to = [...follow].filter((person) => person !== ctx.actor && !reached.includes(person));
  if (!to.length || (ctx.actor === 'skein' && !mail)) return [];
  return [{ kind: 'mail', about: 'message', conversation, message, to }];
}
