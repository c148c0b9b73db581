// Sets an agent to work on a task: posts a task line in the task's conversation, which is opened if there is none, and
// wakes the agent.
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import { type Label, versioned } from '../../log/labels/label.ts';
import {
  type AgentId,
  handleOf,
  isAgent,
  isPerson,
  type Named,
  type ParticipantId,
  type PersonId,
} from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { MOST_HOPS } from '../conversations/addressing.ts';
import {
  type Called,
  type Cause,
  causeOf,
  causeOfTimer,
  leftWords,
  wakesCounted,
  within,
} from '../conversations/cause.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { type Line, type LineReason, tellsGiver } from '../conversations/lines/line.ts';
import { startedBy } from '../conversations/origin/started-by.ts';
import type { Storm } from '../conversations/storms/calls.ts';
import { calmed, stormFields } from '../conversations/storms/calmed.ts';
import { stormIn } from '../conversations/storms/storm.ts';
import { isStopped } from '../conversations/words/at-work.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { PEOPLE } from '../people/person.ts';
import type { Batch } from './cards/batch.ts';
import { lineWords } from './cards/line-words.ts';
import { openBatch, shareCard } from './cards/share-card.ts';
import type { PartTurn } from './graph/edge.ts';
import type { TaskLine } from './task.ts';

/** The facts that are read before an agent is set to work. */
export interface Calling {
  id: string;
  doc: ConversationDoc | undefined;
  cause: Cause | undefined;
  names: ReadonlyMap<ParticipantId, Named>;
  /** Set if the account has set agents to work many times in a row. */
  storm?: Storm;
  /** The person who can't see the pod's channel. They follow a new conversation by mail. */
  byMail?: PersonId;
  /** True if the task has no card yet, so that it may share one with others. */
  fresh?: boolean;
  /** The post that the task joins. */
  batch?: Batch;
}

/**
 * Reads the facts for setting the assignee to work. Undefined if the assignee is a person, or is the agent that did the
 * act.
 */
export async function callingOf(
  read: Reader,
  ctx: Ctx,
  task: {
    assignee?: ParticipantId | undefined;
    conversation?: string | undefined;
    from?: ParticipantId | undefined;
    /** True if the task has no card yet. */
    fresh?: boolean;
    /** Why the agent is set to work. Absent: the task is given to it. */
    why?: LineReason;
    /** True if the agent that did the act is set to work too, in another conversation. */
    self?: boolean;
    /** Tells apart the conversations that one act opens. */
    n?: number;
  },
): Promise<Calling | undefined> {
  const { assignee, conversation, from, fresh, why = 'given', self, n } = task;
  if (!isAgent(assignee) || (assignee === ctx.actor && !self)) return undefined;
  const batch = fresh ? await openBatch(read, ctx, { to: assignee, conversation, why }) : undefined;
  const known = conversation ?? batch?.conversation;
  const id = known ?? ctx.id('c', n);
  const doc = known ? await read.get(CONVERSATIONS, known) : undefined;
  const person = [ctx.actor, ctx.onBehalfOf].find(isPerson);
  const [storm, cause, names, byMail] = await Promise.all([
    stormIn(read, ctx, doc),
    ctx.actor === 'skein' ? causeOfTimer(read, ctx.pod, { id, doc }) : causeOf(read, ctx, { id, doc }),
    namesOfAll(read, [ctx.actor, from]),
    doc || !person ? undefined : unreached(read, ctx, person),
  ]);
  return {
    ...{ id, doc, cause, names },
    ...(storm ? { storm } : {}),
    ...(byMail ? { byMail } : {}),
    ...(fresh ? { fresh } : {}),
    ...(batch ? { batch } : {}),
  };
}

async function unreached(read: Reader, { podDoc }: Ctx, person: PersonId): Promise<PersonId | undefined> {
  const place = podDoc?.place;
  if (place?.kind !== 'slack') return person;
  const accounts = (await read.get(PEOPLE, person))?.accounts ?? [];
  return accounts.some((account) => account.startsWith(`slack:${place.team}:`)) ? undefined : person;
}

export interface Given extends Omit<Line, 'task' | 'by'> {
  task: { id: string; number: number; title: string; label?: Label | undefined; due?: string | undefined };
  note?: string | undefined;
  /** The name of the new assignee, if the task was passed on. */
  next?: string | undefined;
  /** The number of the task that has joined it. */
  other?: number | undefined;
  /** Which dependencies are done, if the task can begin. */
  freed?: string | undefined;
  part?: { of: number; became: PartTurn } | undefined;
  /** Which round of its review it is, or why it is looked at anew. */
  round?: string | undefined;
  /** The names of the reviewers without whose review it was finished. */
  unreviewed?: string | undefined;
  /** The name of the person who is away and for whom their deputy does this. */
  absent?: string | undefined;
  /** The wake does not count for the limits of its cause. */
  free?: true | undefined;
  /** The people for whom the agent works. Set if Skein itself acts. */
  wishers?: { onBehalfOf?: PersonId; heard?: ParticipantId[] };
}

export interface SetToWork {
  changes: Change[];
  deliveries: DeliveryWish[];
  /** The fields that the change to the task gets. */
  told: { conversation?: string; line?: TaskLine; card?: TaskLine };
  /**
   * Fields of the result. `notWoken`: the agents that were not woken, because a limit was reached. `wakesWith`: the agent
   * is woken by the next message of the mail that did this.
   */
  left: { notWoken?: string[]; wakesWith?: AgentId[] };
}

const NOBODY: SetToWork = { changes: [], deliveries: [], told: {}, left: {} };

/**
 * Pure. Returns the changes and deliveries that set the agent to work; none without `calling`. `n`: tells apart the
 * agents that one act wakes.
 */
export function setToWork(ctx: Ctx, calling: Calling | undefined, given: Given, n = 0): SetToWork {
  if (!calling || !ctx.podDoc) return NOBODY;
  const { id, doc, cause, names, storm, byMail, fresh, batch } = calling;
  const { task, note, why, to, from, noteRef, next, other, freed, part, free, round, absent, unreviewed } = given;
  const tired = !free && (cause?.hops ?? 0) >= MOST_HOPS;
  const counted = within({ agents: tired ? [] : [to], beyond: tired ? [to] : [] }, free ? undefined : cause);
  // An account that sends the same task back over and over wakes no agents any more. A stopped agent is woken by a
  // person's word only (runs/stopped-wakes.ts); it hears of the rest with that. Whoever finished another task says nothing to it.
  const isWord = isPerson(ctx.actor) && !tellsGiver(why) && why !== 'unblocked';
  const stopped = !isWord && isStopped(doc?.atWork, to);
  const woken = storm?.parked || stopped ? { agents: [], left: stopped ? [] : counted.left } : counted;
  const words = lineWords(given, {
    ...task,
    by: `${called(names, ctx.actor).name}${absent ? `, for ${absent},` : ''}`,
    from: from && called(names, from).name,
    note,
    next,
    other,
    freed,
    part,
    round,
    unreviewed,
  });
  const text = woken.left.length ? `${words}\n\n${leftWords(woken.left, tired ? 'hops' : 'wakes')}` : words;
  const message = ctx.id('m', n);
  const withMessage = ctx.origin?.kind === 'email' && ctx.origin.speaksIn === id;
  const calm = calmed(ctx, id, storm, { name: called(names, ctx.actor).name, agents: [to], n: n + 2 });
  const line: Line = {
    ...{ why, task: task.id, by: ctx.actor, to },
    ...(from ? { from } : {}),
    ...(noteRef ? { noteRef } : {}),
  };
  // A line that says why nobody was woken, or that an account is held back, is read on its own.
  const joins = batch && woken.agents.length && !storm ? batch : undefined;
  return {
    changes: [
      ...(doc ? [] : opened(ctx, id, task, byMail)),
      {
        ...versioned({ body: task.label }),
        ...{ on: 'messages', id: message, type: 'message_posted', conversation: id, by: 'skein', at: ctx.at },
        ...(given.wishers ?? wishersOf(ctx)),
        ...{ body: ctx.text(text, task.label), places: [], line },
      },
      {
        v: 1,
        on: 'conversations',
        id,
        type: 'work_given',
        ...carriedOn(ctx, cause, free),
        agents: woken.agents,
        ...unwoken(woken, cause),
        ...stormFields(storm),
      },
      ...(fresh ? shareCard(ctx, { joins, task: task.id, message, conversation: id, doc, to, why }) : []),
      ...(free ? [] : wakesCounted(cause, woken.agents)),
      ...calm.changes,
    ],
    deliveries: [
      // If the act came by mail, nothing is posted here: the mail door tells all who follow the conversation, in its
      // own words.
      ...(ctx.via === 'email' && (withMessage || !tellsGiver(why))
        ? []
        : [
            {
              kind: joins ? ('update' as const) : ('post' as const),
              conversation: id,
              message: joins?.message ?? message,
            },
          ]),
      ...(withMessage
        ? []
        : (stopped ? [to] : woken.agents).map((agent) => ({
            kind: 'wake' as const,
            agent,
            conversation: id,
            because: message,
          }))),
      ...calm.deliveries,
    ],
    told: {
      ...(doc && !batch ? {} : { conversation: id }),
      line: { message, conversation: id },
      ...(joins ? { card: { message: joins.message, conversation: joins.conversation } } : {}),
    },
    left: leftOf(woken.agents, { to, stopped, withMessage }),
  };
}

function leftOf(
  woken: AgentId[],
  { to, stopped, withMessage }: { to: AgentId; stopped: boolean; withMessage: boolean },
): SetToWork['left'] {
  if (woken.length) return withMessage ? { wakesWith: woken } : {};
  return stopped ? {} : { notWoken: [handleOf(to)] };
}

/**
 * Returns the fields that ask a person about the limits, if the agent is not woken: the person who began the cause, or
 * the owners.
 */
function unwoken({ left }: Called, cause: Cause | undefined) {
  return left.length && cause ? { unwoken: cause.person ?? ('owners' as const), ended: cause.root } : {};
}

/**
 * Returns the changes that open the conversation. It gets its own copy of the title, because the erasure of the task
 * erases the task's copy.
 */
function opened(ctx: Ctx, id: string, { title, label }: Given['task'], byMail: PersonId | undefined): Change[] {
  const titleRef: BodyRef = ctx.text(title, label);
  return [
    { ...startedBy(id, ctx.podDoc?.place ?? { kind: 'none' }), ...versioned({ titleRef: label }), titleRef },
    ...(byMail
      ? [{ v: 1 as const, on: 'conversations' as const, id, type: 'conversation_mailed' as const, people: [byMail] }]
      : []),
  ];
}

/** Returns the people for whom the agent works. */
function wishersOf({ actor, onBehalfOf, heard }: Ctx) {
  const person = isPerson(actor) ? actor : onBehalfOf;
  return { ...(person ? { onBehalfOf: person } : {}), ...(heard ? { heard: [...heard] } : {}) };
}

/**
 * Returns the cause of the agent's work: an act of a person is a new cause, and an act of an agent continues the cause
 * of its own conversation.
 */
function carriedOn(
  { actor }: Ctx,
  cause: Cause | undefined,
  free = false,
): { begins?: true; hops?: number; root?: string } {
  if (isPerson(actor)) return { begins: true };
  if (!cause?.from) return {};
  return { hops: cause.hops + (free ? 0 : 1), root: cause.root };
}
