// What every new message changes, whom it wakes and where it is carried: pure, used by all that let somebody speak.

import type { BodyRef, Text } from '../../log/body.ts';
import { type Label, outside, versioned } from '../../log/labels/label.ts';
import { type AgentId, handleOf, isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { type Mentioned, mailKey, type Origin, placeKey } from '../../log/place.ts';
import type { Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import type { MailFacts } from '../mail/mail-words.ts';
import { type Meant, whoIsMeant } from './addressing.ts';
import { type Called, type Cause, leftWords, wakesCounted, within } from './cause.ts';
import type { ConversationDoc } from './conversation.ts';

type FromMail = Extract<Origin, { kind: 'email' }>;

export interface NewMessage {
  meant: Meant;
  /** For an agent's result: the handles of those whom it named and did not wake. */
  left: { notWoken?: string[] };
  changes: Change[];
  deliveries: DeliveryWish[];
}

export interface MessageInput {
  message: string;
  text: string;
  known: ReadonlyMap<string, ParticipantId>;
  at: number;
  /** Of its own words, where its author is no member. */
  label?: Label | undefined;
  /** Meant where the text names no agent. */
  wanted?: AgentId;
  /** Its author's words, where the text is more than these. */
  words?: string;
  /** What is known of the mail that it came by, once it is known for which agents it is meant. */
  mail?: (agents: readonly AgentId[]) => MailToStore;
}

/** Pure: a message in a conversation, whom it wakes or stops, and the post that carries it outside. */
export function newMessage(
  ctx: Ctx,
  /** `cause`: what an agent's word is part of. */
  conversation: { id: string; doc: ConversationDoc | undefined; cause?: Cause | undefined },
  said: MessageInput,
): NewMessage {
  const { id, doc, cause } = conversation;
  const mail = ctx.origin?.kind === 'email' ? ctx.origin : undefined;
  const wanted = said.wanted ?? mail?.agent;
  const cameWith = broughtIn(ctx);
  const named = whoIsMeant({
    text: said.text,
    by: ctx.actor,
    known: said.known,
    direct: ctx.podDoc?.direct ?? false,
    mentioned: mentionedIn(ctx),
    ...(ctx.podDoc?.defaultAgent ? { defaultAgent: ctx.podDoc.defaultAgent } : {}),
    ...(wanted ? { wanted } : {}),
    conversation: {
      agents: doc?.agents ?? [],
      people: doc?.people ?? [],
      lastTo: doc?.lastTo ?? [],
      hops: cause?.hops ?? doc?.hops ?? 0,
      ...(doc?.messages ? { lastBy: doc.lastBy } : {}),
    },
  });
  const called = within(named, cause);
  const meant = { ...named, agents: called.agents };
  const ends = called.left.length > 0 && cause !== undefined && doc?.ended !== cause.root;
  const words = ends ? `${said.text}\n\n${leftWords(called.left, named.beyond.length ? 'hops' : 'wakes')}` : said.text;
  const mailFacts = said.mail?.(meant.agents) ?? { files: mail?.files ?? [], notes: mail?.notes ?? [] };
  return {
    meant,
    left: called.left.length ? { notWoken: called.left.map(handleOf) } : {},
    changes: [
      {
        ...versioned({ body: said.label, brought: cameWith?.label, subject: mailFacts.subject?.label }),
        on: 'messages',
        id: said.message,
        type: 'message_posted',
        conversation: id,
        by: ctx.actor,
        ...(ctx.onBehalfOf ? { onBehalfOf: ctx.onBehalfOf } : {}),
        ...(ctx.heard ? { heard: [...ctx.heard] } : {}),
        body: ctx.text(said.words ?? words, said.label),
        at: said.at,
        places: standsAt(ctx),
        ...mentionsOf(meant, ctx.actor),
        ...(cameWith ? { brought: ctx.text(cameWith.text, cameWith.label) } : {}),
        ...filesIn(ctx),
        ...(mail?.raw ? { raw: mail.raw, ...storedMail(ctx, mailFacts) } : {}),
      },
      {
        ...{ v: 1, on: 'conversations', id, type: 'message_added', by: ctx.actor, addressed: meant.agents },
        ...carried(cause, called),
        ...(ends ? { ended: cause.root } : {}),
      },
      ...wakesCounted(cause, called.agents),
      ...(mail && isPerson(ctx.actor) ? [mailedBy(id, followersBy(mail, ctx.actor), mail)] : []),
      ...(mail?.notifies?.length ? [mailedBy(id, mail.notifies, mail)] : []),
    ],
    deliveries: [
      ...(ctx.origin?.kind === 'slack' ? [] : [{ kind: 'post' as const, conversation: id, message: said.message }]),
      ...mailsFor(ctx, id, doc, said.message),
      ...callsFor(meant, id, said.message),
    ],
  };
}

/** A mail's facts as a message keeps them: its texts in words, not yet stored. */
export interface MailToStore extends Pick<MailFacts, 'task' | 'agent' | 'letIn'> {
  subject?: Text;
  files: readonly string[];
  notes: readonly string[];
}

function storedMail({ text }: Ctx, { subject, files, notes, ...facts }: MailToStore) {
  const named = files.map((name) => text(name));
  const said = notes.map((note) => text(note));
  const mail: MailFacts = {
    ...facts,
    ...(subject ? { subject: text(subject.text, subject.label) } : {}),
    ...(said.length ? { notes: said } : {}),
  };
  return { mail, ...(named.length ? { files: named } : {}) };
}

/** Of what stands in Slack, none too: one without the field is of 0.1.0, which named them in the text. `existing`: a body that holds this name already. */
export function filesIn(
  { origin, text }: Pick<Ctx, 'origin' | 'text'>,
  existing: (name: string) => BodyRef | undefined = () => undefined,
): { files?: BodyRef[] } {
  if (origin?.kind !== 'slack' || !origin.ts) return {};
  return { files: (origin.files ?? []).map((name) => existing(name) ?? text(name)) };
}

/** What came with it and its author did not write. */
function broughtIn({ origin, actor }: Ctx): Text | undefined {
  if (origin?.kind !== 'email' && origin?.kind !== 'slack') return undefined;
  const kind = origin.kind === 'email' ? 'mail' : 'slack';
  return origin.outside ? { text: origin.outside, label: outside({ kind, by: actor }) } : undefined;
}

/** What was brought from another conversation goes on here as a part of it, once somebody here is woken by it. */
function carried(cause: Cause | undefined, { agents }: Called): { hops?: number; root?: string } {
  if (!cause?.from) return {};
  return { hops: cause.hops, ...(agents.length ? { root: cause.root } : {}) };
}

/** The people who are called by name: the message waits for their answer. */
export function mentionsOf({ people }: Meant, by: ParticipantId): { mentions?: PersonId[] } {
  const mentions = people.filter(isPerson).filter((person) => person !== by);
  return mentions.length ? { mentions } : {};
}

/** Where the message stands outside already. */
export function mentionedIn({ origin }: Pick<Ctx, 'origin'>): readonly Mentioned[] {
  return (origin?.kind === 'slack' && origin.mentioned) || [];
}

function standsAt({ origin, actor }: Ctx): string[] {
  // Skein's word about a mail is not that mail.
  if (origin?.kind === 'email') return actor === 'skein' ? [] : [mailKey(origin.messageId)];
  return origin?.kind === 'slack' && origin.ts ? [placeKey({ ...origin, thread: origin.ts })] : [];
}

function followersBy({ quiet, reached = [] }: FromMail, author: PersonId): PersonId[] {
  return [...(quiet ? [] : [author]), ...reached];
}

/** These people follow the conversation by mail from now on. */
export function mailedBy(
  conversation: string,
  people: PersonId[],
  { messageId, references }: Pick<FromMail, 'messageId' | 'references'>,
): Change {
  const refers = references?.length ? { references } : {};
  return { v: 1, on: 'conversations', id: conversation, type: 'conversation_mailed', people, messageId, ...refers };
}

/** Whoever follows by mail hears of it by mail; what Skein itself says, unless a person's mail made it, stays where it is, or a bounce would answer a bounce. */
function mailsFor(ctx: Ctx, conversation: string, doc: ConversationDoc | undefined, message: string): DeliveryWish[] {
  const mail = ctx.origin?.kind === 'email' ? ctx.origin : undefined;
  const { reached = [], notifies = [] } = mail ?? {};
  const follow = new Set([...(doc?.mail?.people ?? []), ...notifies]);
  const to = [...follow].filter((person) => person !== ctx.actor && !reached.includes(person));
  if (!to.length || (ctx.actor === 'skein' && !mail)) return [];
  return [{ kind: 'mail', about: 'message', conversation, message, to }];
}

export function callsFor(meant: Meant, conversation: string, because: string): DeliveryWish[] {
  return meant.agents
    .filter(isAgent)
    .map(
      (agent): DeliveryWish =>
        meant.stop ? { kind: 'halt', agent, conversation } : { kind: 'wake', agent, conversation, because },
    );
}
