// The changes and deliveries of every new message: whom it wakes or stops, and where it is posted and mailed. Pure.

import { type Label, versioned } from '../../log/labels/label.ts';
import {
  type AgentId,
  handleOf,
  isAgent,
  isPerson,
  kindOf,
  type ParticipantId,
  type PersonId,
} from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { givenWishes } from '../files/given.ts';
import { writtenBy } from '../files/written.ts';
import type { Change } from '../kinds.ts';
import { type AddressingInput, type Meant, whoIsMeant } from './addressing.ts';
import { answersFor } from './asked/asked.ts';
import { type Called, type Cause, leftWords, wakesCounted, within } from './cause.ts';
import type { ConversationDoc } from './conversation.ts';
import { offerFor } from './lines/offer.ts';
import { type FromMail, followersBy, type MailToStore, mailedBy, mailsFor, storedMail } from './origin/by-mail.ts';
import { broughtIn, filesIn, isCommand, isForPeople, mentionedIn, refusedIn, standsAt } from './origin/origin-facts.ts';
import type { Storm } from './storms/calls.ts';
import { calmed, stormFields } from './storms/calmed.ts';
import { goesOn } from './storms/storm.ts';
import type { Put } from './words/control-words.ts';
import { isThanks } from './words/thanks.ts';

export interface NewMessage {
  meant: Meant;
  /** A field of the result: the handles of the agents that an agent has named and that were not woken. */
  left: { notWoken?: string[] };
  changes: Change[];
  deliveries: DeliveryWish[];
}

export interface MessageInput {
  message: string;
  text: string;
  known: ReadonlyMap<string, ParticipantId>;
  /** The agents of the organisation that are not in the pod, by handle. */
  absent?: ReadonlyMap<string, AgentId>;
  at: number;
  /** Set if the author's account has called agents many times in a row. */
  storm?: Storm | undefined;
  /** The author's name, for the sentence about such an account. */
  name?: string | undefined;
  /** The label of the text. Absent if a member wrote it. */
  label?: Label | undefined;
  /** Set if an app speaks whose words may wake agents. */
  admitted?: AddressingInput['admitted'];
  /** The agent that is addressed if the text names no agent. */
  wanted?: AgentId;
  /** The author's own words, if the text contains more than those. */
  words?: string;
  /** The agents with an open question in the conversation. Set if the message may pause agents, or let them go on. */
  waiting?: readonly AgentId[];
  /** The agents with an open task in the conversation. */
  holding?: readonly AgentId[];
  /** The agents with open questions to the author, by whether the text chooses an option. */
  put?: Put;
  /** Returns facts about the mail that brought the message. Called once the addressed agents are known. */
  mail?: (agents: readonly AgentId[]) => MailToStore;
}

/** Pure. Returns the changes of a new message, the agents that it wakes or stops, and the delivery that posts it. */
export function newMessage(
  ctx: Ctx,
  /** `cause`: set if an agent speaks. */
  conversation: { id: string; doc: ConversationDoc | undefined; cause?: Cause | undefined },
  said: MessageInput,
): NewMessage {
  const { id, doc, cause } = conversation;
  const mail = ctx.origin?.kind === 'email' ? ctx.origin : undefined;
  const wanted = said.wanted ?? mail?.agent;
  const cameWith = broughtIn(ctx);
  const forPeople = isForPeople(ctx, said.text);
  const refused = refusedIn(ctx).join('\n');
  const named = whoIsMeant({
    text: said.text,
    by: ctx.actor,
    known: said.known,
    ...(said.absent ? { absent: said.absent } : {}),
    direct: ctx.podDoc?.direct ?? false,
    ...(said.admitted ? { admitted: said.admitted } : {}),
    mentioned: mentionedIn(ctx),
    command: isCommand(ctx) || forPeople,
    ...(ctx.podDoc?.defaultAgent ? { defaultAgent: ctx.podDoc.defaultAgent } : {}),
    ...(wanted ? { wanted } : {}),
    conversation: {
      agents: doc?.agents ?? [],
      people: doc?.people ?? [],
      lastTo: doc?.lastTo ?? [],
      asked: (doc?.asked ?? []).filter(({ who }) => answersFor(doc?.standIns, ctx.actor, who)).map(({ by }) => by),
      hops: cause?.hops ?? doc?.hops ?? 0,
      ...(said.waiting ? { atWork: doc?.atWork ?? [], waiting: said.waiting } : {}),
      ...(said.put ? { put: said.put } : {}),
      ...(said.holding ? { holding: said.holding } : {}),
      ...(doc?.messages ? { lastBy: doc.lastBy } : {}),
    },
  });
  const called = within(named, cause);
  const lifts = said.storm?.parked === true && goesOn(ctx, said.text);
  const storm = lifts || named.stop || !called.agents.length ? undefined : said.storm;
  const meant = { ...named, agents: storm?.parked ? [] : called.agents };
  const ends = called.left.length > 0 && cause !== undefined && doc?.ended !== cause.root;
  const words = ends ? `${said.text}\n\n${leftWords(called.left, named.beyond.length ? 'hops' : 'wakes')}` : said.text;
  const calm = calmed(ctx, id, storm, { name: said.name, agents: called.agents });
  const offer = offerFor(ctx, { conversation: id, message: said.message, absent: named.absent });
  const mails = mailsFor(ctx, id, doc, said.message);
  const gives = writtenBy(doc?.written, ctx.actor);
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
        body: ctx.text([refused, said.words ?? words].filter(Boolean).join('\n\n'), said.label),
        at: said.at,
        places: standsAt(ctx, said.mail !== undefined),
        ...(forPeople ? { note: true as const } : {}),
        ...(refused ? { refused: refused.split('\n').length } : {}),
        ...(onlySteers(named) ? { steers: true as const } : {}),
        ...mentionsOf(meant, ctx.actor),
        ...liveFor(ctx, meant, mails),
        ...(cameWith ? { brought: ctx.text(cameWith.text, cameWith.label) } : {}),
        ...filesIn(ctx),
        ...(gives.length ? { gives } : {}),
        ...(mail?.raw ? { raw: mail.raw, ...storedMail(ctx, mailFacts) } : {}),
      },
      {
        ...{ v: 1, on: 'conversations', id, type: 'message_added', by: ctx.actor, addressed: meant.agents },
        ...(isPerson(ctx.actor) && (meant.named.length || forPeople || onlySteers(named))
          ? { names: true as const }
          : {}),
        // After refused commands alone, the next words go to whom they would have gone before.
        ...(ctx.actor === 'skein' || (forPeople && refused && !said.text) ? { aside: true as const } : {}),
        ...(isAgent(ctx.actor) ? asksIn(meant) : {}),
        ...(kindOf(ctx.actor) === 'app' && meant.agents.length ? { begins: true as const } : {}),
        ...(lifts ? { lifts: true as const } : {}),
        ...(meant.stop ? { stops: true as const } : {}),
        ...(isPerson(ctx.actor) && isThanks(said.words ?? said.text) ? { thanks: true as const } : {}),
        ...(gives.length ? { gives: true as const } : {}),
        ...stormFields(storm),
        ...carried(cause, called),
        ...(ends ? { ended: cause.root, unwoken: cause.person ?? ('owners' as const) } : {}),
      },
      ...wakesCounted(cause, called.agents),
      ...offer.changes,
      ...calm.changes,
      ...(mail && isPerson(ctx.actor)
        ? [mailedBy(id, followersBy(mail, ctx.actor), mail, ctx.podDoc?.mailThread)]
        : []),
      ...(mail?.notifies?.length ? [mailedBy(id, mail.notifies, mail, undefined)] : []),
    ],
    deliveries: [
      ...(ctx.origin?.kind === 'slack' ? [] : [{ kind: 'post' as const, conversation: id, message: said.message }]),
      ...mails,
      ...givenWishes(doc, ctx.actor, gives),
      ...offer.deliveries,
      ...calm.deliveries,
      ...callsFor(alsoSetToWork(meant, mail), id, said.message),
    ],
  };
}

/** True if it says nothing that an agent has to hear before its next effect: what was done to it holds it by itself. */
function onlySteers({ control }: Meant): boolean {
  return control !== undefined && control.kind !== 'hand_back';
}

/** Adds the agents that the mail's commands set to work. */
function alsoSetToWork(meant: Meant, mail: FromMail | undefined): Meant {
  if (meant.stop || !mail?.wakes?.length) return meant;
  return { ...meant, agents: [...new Set([...meant.agents, ...mail.wakes])] };
}

/** Returns the hops of a cause from another conversation, and its root if an agent here is woken by the message. */
function carried(cause: Cause | undefined, { agents }: Called): { hops?: number; root?: string } {
  if (!cause?.from) return {};
  return { hops: cause.hops, ...(agents.length ? { root: cause.root } : {}) };
}

/** Returns the people whom a message calls by name, and whose answers it waits for. */
export function mentionsOf({ people }: Meant, by: ParticipantId): { mentions?: PersonId[] } {
  const mentions = people.filter(isPerson).filter((person) => person !== by);
  return mentions.length ? { mentions } : {};
}

function asksIn({ people }: Meant): { asks?: PersonId[] } {
  const asks = people.filter(isPerson);
  return asks.length ? { asks } : {};
}

/**
 * Returns those of the named people who learn of the message without Skein: Slack notifies them, or the mail itself
 * goes to them.
 */
function liveFor(ctx: Ctx, { people }: Meant, mails: readonly DeliveryWish[]): { live?: PersonId[] } {
  const reached = ctx.origin?.kind === 'email' ? (ctx.origin.reached ?? []) : [];
  const mailed = mails.flatMap((wish) => (wish.kind === 'mail' ? wish.to : []));
  const slack = mentionedIn(ctx).flatMap(({ who }) => who ?? []);
  const told = new Set<ParticipantId>([...reached, ...mailed, ...slack]);
  const live = people.filter(isPerson).filter((person) => told.has(person) && person !== ctx.actor);
  return live.length ? { live } : {};
}

export function callsFor(meant: Meant, conversation: string, because: string): DeliveryWish[] {
  return meant.agents
    .filter(isAgent)
    .map(
      (agent): DeliveryWish =>
        meant.stop ? { kind: 'halt', agent, conversation } : { kind: 'wake', agent, conversation, because },
    );
}
