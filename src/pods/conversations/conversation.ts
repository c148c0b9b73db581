// A conversation: a thread of the pod, its participants, and whom its last message addressed.
import type { BodyRef } from '../../log/body.ts';
import { commitId } from '../../log/commit.ts';
import { type Labels, labelsOf, passedOn } from '../../log/labels/label.ts';
import type { RoleId } from '../../log/needs/need.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { Place } from '../../log/place.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import { type Written, writtenWith } from '../files/written.ts';
import { type Asked, askedAfter, askedAgain, type StandIn, standInsWith, standInsWithout } from './asked/asked.ts';
import { type Over, overWith, overWithout, type Unheard } from './asked/over.ts';
import { type Unanswered, unansweredAfter } from './asked/unanswered.ts';
import { type Calls, callsAfter, type Storm } from './storms/calls.ts';
import type { AtWork } from './words/at-work.ts';
import { type AtWorkChange, evolveAtWork, isAtWorkChange } from './words/evolve-at-work.ts';
import { stepsOpen, stepsOver } from './words/evolve-steps.ts';
import { workAfterMessage } from './words/evolve-work.ts';
import { type Replaced, withReplaced } from './words/replaced.ts';
import { calledAgain, upcastStopped } from './words/stops.ts';

export interface ConversationDoc extends ViewDoc {
  titleRef?: BodyRef;
  labels?: TitleLabels;
  place: Place;
  placeKey: string;
  /** The agents that take part: they were addressed here, or wrote here. */
  agents: AgentId[];
  people: PersonId[];
  messages: number;
  lastBy: ParticipantId;
  /** The agents that the last message addressed. The next message of the same author goes to them too. */
  lastTo: AgentId[];
  lastAt: number;
  /** The messages of agents that name a person who has not answered yet, oldest first. */
  asked?: Asked[];
  /** How often one account has called agents in a row. */
  calls?: Calls;
  /** The number of messages by agents since a person last wrote. It limits how long agents talk to each other. */
  hops: number;
  /**
   * The id of the commit with which a person last set agents to work here, or the root that another conversation passed
   * on.
   */
  root?: string;
  /** The root whose wakes are used up. Set once Skein has posted that here. */
  ended?: string;
  startedAt: number;
  startedBy: ParticipantId;
  /**
   * The people who follow the conversation by mail, and the Message-ID and References of their newest mail, which the
   * next mail continues. The Message-ID is absent before the first mail. `cc`: those who stand in the Cc of that mail.
   */
  mail?: { people: PersonId[]; cc?: PersonId[]; messageId?: string; references?: string[] };
  /** When all messages from before Skein joined had been imported. */
  recalledAt?: number;
  /** The deputies who heard of items of the conversation, in place of people who are away. */
  standIns?: StandIn[];
  /** Set while an item of somebody who has left waits for the owners. The next person who writes here settles it. */
  ownersAsked?: true;
  /** The ids of the open questions of the conversation. */
  questions?: string[];
  /**
   * The questions that expired, until a person who could answer them writes or answers here. Until then, their agents
   * have no effect beyond the pod (src/agents/gate/rules/unanswered.ts).
   */
  unanswered?: Unanswered[];
  /** The questions that are over, until those asked who gave no answer have heard it. */
  over?: Over[];
  /** The files that agents wrote here and have not handed over yet. */
  written?: Written[];
  /** The agents at work here, and what each of them has to hear; also those that a person stopped. */
  atWork?: AtWork[];
  /** The instructions that others have replaced, the newest last. */
  replaced?: Replaced[];
  /** Set if the title was erased. Messages are erased one by one. */
  erased?: Erased;
}

export type TitleLabels = Labels<'titleRef'>;

export const CONVERSATIONS = ref<ConversationDoc>('conversations', (doc) =>
  upcastTitle(upcastStopped(doc), doc.startedBy),
);

export type ConversationChange = { v: 1 | 2; on: 'conversations'; id: string } & (
  | {
      type: 'conversation_started';
      titleRef?: BodyRef;
      labels?: TitleLabels;
      place: Place;
      placeKey: string;
      hops?: number;
      /** Set only if the conversation is older than the pod: when it began, and who began it. */
      at?: number;
      by?: ParticipantId;
    }
  /** `whole`: all older messages are imported now. */
  | { type: 'conversation_recalled'; people: PersonId[]; whole?: true }
  | {
      type: 'message_added';
      by: ParticipantId;
      addressed: AgentId[];
      /** The people whom an agent names, and whose answers it waits for. */
      asks?: PersonId[];
      /** Set if the text names somebody, or is a note: those whom it does not address need not hear it at work. */
      names?: true;
      /** Set for a message of Skein itself. It does not change who talks with whom. */
      aside?: true;
      /** Set if it only thanks: it is no instruction. */
      thanks?: true;
      /** Set if the message stops the agents that it addresses. */
      stops?: true;
      /** The hops and root of another conversation. Set if the agent speaks from there. */
      hops?: number;
      root?: string;
      /** The root whose wakes are used up, if the message says so. */
      ended?: string;
      /** The person or the owners who are asked whether agents continue. */
      unwoken?: PersonId | RoleId;
      /** Set if the author's account has called agents many times in a row. */
      storm?: Omit<Storm, 'begins'>;
      /** Set if it is a new cause though no person wrote it: an admitted app wakes agents. */
      begins?: true;
      /** Set if an owner lets such an account wake agents again. */
      lifts?: true;
      /** Set if the agent hands over the files that it wrote here. */
      gives?: true;
    }
  /** A person has edited a message so that it addresses agents. The edit counts as a new cause. */
  | { type: 'agents_called' }
  | { type: 'conversation_placed'; place: Place; placeKey: string }
  /** `only`: nobody else follows any longer, because each mail of a mail thread says whom it is for. */
  | {
      type: 'conversation_mailed';
      people: PersonId[];
      messageId?: string;
      references?: string[];
      only?: true;
      cc?: PersonId[];
    }
  /**
   * Agents were set to work on a task here. `begins`: a person did it, so it is a new cause. `hops` and `root` are
   * those of another conversation, if an agent did it from there.
   */
  | {
      type: 'work_given';
      agents: AgentId[];
      begins?: true;
      hops?: number;
      root?: string;
      ended?: string;
      unwoken?: PersonId | RoleId;
      storm?: Omit<Storm, 'begins'>;
    }
  | AtWorkChange
  /** The agent is stopped, so something that is no person's word did not wake it. `unwoken`: whom that concerns. */
  | { type: 'wake_left'; agent: AgentId; unwoken: PersonId | RoleId }
  | ({ type: 'file_written' } & Written)
  /** The agent's run ended without a message that hands over the files. */
  | { type: 'files_given'; by: ParticipantId }
  | ({ type: 'stand_in_asked' } & StandIn)
  | { type: 'owners_asked' }
  /** A reply was taken back. These agents wait for it again. */
  | { type: 'reply_taken_back'; asks: Asked[] }
  | { type: 'question_opened'; question: string }
  | { type: 'question_closed'; question: string; unheard?: Unheard }
  /** The person is told with the same commit how these questions ended. */
  | { type: 'question_end_heard'; questions: string[]; person: PersonId }
  /** `unwoken`, `ended`: as in `message_added`, if the agent is not woken by the end of its question. */
  | ({ type: 'question_unanswered'; ended?: string; unwoken?: PersonId | RoleId } & Omit<Unanswered, 'at'>)
  /** A person who could answer these expired questions has written or answered. */
  | { type: 'unanswered_lifted'; questions: string[] }
  | { type: 'title_erased'; reasonRef?: BodyRef }
);

/**
 * Converts a title of Skein 0.1.0, which stored `outside: true` for a title that no member wrote: a mail's subject, or
 * a title by an agent that had read text from outside.
 */
export function upcastTitle<T extends ConversationDoc | ConversationChange>(titled: T, by: ParticipantId): T {
  if (!('outside' in titled && titled.outside)) return titled;
  const { outside: _marked, ...rest } = titled;
  return { ...rest, labels: { titleRef: passedOn(by) } } as unknown as T;
}

const joined = <T>(list: readonly T[], more: readonly T[]): T[] => [...new Set([...list, ...more])];

export function evolveConversation(
  doc: ConversationDoc | undefined,
  change: ConversationChange,
  meta: Meta,
): Own<ConversationDoc> | undefined {
  if (change.type === 'conversation_started') {
    const { titleRef, place, placeKey } = change;
    const labels = titleRef && labelsOf({ titleRef: meta.label, ...change.labels });
    const started = {
      place,
      placeKey,
      agents: [],
      people: [],
      lastTo: [],
      messages: 0,
      hops: change.hops ?? 0,
      startedAt: change.at ?? meta.at,
      startedBy: change.by ?? meta.actor,
    };
    return {
      ...started,
      lastBy: change.by ?? meta.actor,
      lastAt: change.at ?? meta.at,
      ...(titleRef ? { titleRef } : {}),
      ...(labels ? { labels } : {}),
    };
  }
  if (!doc) return undefined;
  if (isAtWorkChange(change)) return withWork(withReplaced(doc, change), evolveAtWork(doc.atWork, change, meta));
  switch (change.type) {
    case 'message_added': {
      const { by } = change;
      const had = change.gives ? withoutFilesBy(doc, by) : doc;
      if (change.aside) return { ...had, messages: doc.messages + 1, lastAt: meta.at };
      const { asked: before, calls, standIns, ownersAsked, atWork, ...rest } = had;
      const calling = change.addressed.length > 0 || change.storm?.parked === true;
      return {
        ...rest,
        ...askedAfter(before, change, standIns),
        ...standInsWithout(standIns, by),
        ...(ownersAsked && !isPerson(by) ? { ownersAsked } : {}),
        ...callsAfter(calls, { ...change, calling }),
        agents: joined(doc.agents, isAgent(by) ? [by, ...change.addressed] : change.addressed),
        people: isPerson(by) ? joined(doc.people, [by]) : doc.people,
        messages: doc.messages + 1,
        lastBy: by,
        lastTo: change.addressed,
        lastAt: meta.at,
        ...(change.ended ? { ended: change.ended } : {}),
        ...listed(workAfterMessage(atWork, change, meta.seq)),
        ...(isPerson(by) || change.begins ? begun(meta) : carriedOn(doc, change)),
      };
    }
    case 'conversation_recalled': {
      const people = joined(doc.people, change.people);
      return { ...doc, people, ...(change.whole ? { recalledAt: meta.at } : {}) };
    }
    case 'agents_called':
      return { ...withWork(doc, calledAgain(doc.atWork)), ...begun(meta) };
    case 'conversation_placed':
      return { ...doc, place: change.place, placeKey: change.placeKey };
    case 'conversation_mailed': {
      const { messageId, references, only, cc = only ? undefined : doc.mail?.cc } = change;
      const people = only ? [...change.people] : joined(doc.mail?.people ?? [], change.people);
      const continues = messageId ?? doc.mail?.messageId;
      return {
        ...doc,
        mail: {
          people,
          ...(cc?.length ? { cc } : {}),
          ...(continues ? { messageId: continues } : {}),
          ...(references ? { references } : {}),
        },
      };
    }
    case 'work_given': {
      const root = change.root ?? doc.root;
      const carried = { hops: Math.max(doc.hops, change.hops ?? 0), ...(root ? { root } : {}) };
      const ended = change.ended ? { ended: change.ended } : {};
      const { calls: before, ...rest } = withWork(doc, calledAgain(doc.atWork, change.agents));
      const calls = change.begins
        ? callsAfter(before, { ...change, by: meta.actor, calling: true })
        : { calls: before };
      return {
        ...rest,
        ...(calls.calls ? { calls: calls.calls } : {}),
        ...ended,
        agents: joined(doc.agents, change.agents),
        ...(change.begins ? begun(meta) : carried),
      };
    }
    case 'file_written': {
      const { file, version, was, by } = change;
      return { ...doc, written: writtenWith(doc.written, { file, version, by, ...(was ? { was } : {}) }) };
    }
    case 'files_given':
      return withoutFilesBy(doc, change.by);
    case 'stand_in_asked':
      return { ...doc, standIns: standInsWith(doc.standIns, change) };
    case 'owners_asked':
      return { ...doc, ownersAsked: true };
    case 'reply_taken_back':
      return { ...doc, asked: askedAgain(doc.asked, change.asks) };
    case 'wake_left':
      return change.unwoken === 'owners' ? { ...doc, ownersAsked: true } : doc;
    case 'question_opened': {
      // A question that opens again has no end of which anybody has to hear.
      const { over, ...rest } = doc;
      const others = over?.filter(({ question }) => question !== change.question);
      const after = {
        ...rest,
        ...(others?.length ? { over: others } : {}),
        questions: joined(doc.questions ?? [], [change.question]),
      };
      return doc.atWork ? withWork(after, stepsOpen(doc.atWork, change.question)) : after;
    }
    case 'question_closed': {
      const { questions = [], over, ...rest } = doc;
      const open = questions.filter((one) => one !== change.question);
      const after = { ...rest, ...overWith(over, change, meta), ...(open.length ? { questions: open } : {}) };
      return withWork(after, stepsOver(doc.atWork, change.question));
    }
    case 'question_end_heard': {
      const { over, ...rest } = doc;
      return { ...rest, ...overWithout(over, change) };
    }
    case 'question_unanswered': {
      const ended = change.ended ? { ended: change.ended } : {};
      return { ...doc, ...ended, unanswered: unansweredAfter(doc.unanswered, change, meta.at) };
    }
    case 'unanswered_lifted': {
      const { unanswered = [], ...rest } = doc;
      const left = unanswered.filter((one) => !change.questions.includes(one.question));
      return left.length ? { ...rest, unanswered: left } : rest;
    }
    case 'title_erased': {
      const { titleRef: _titleRef, labels: _labels, ...rest } = doc;
      return { ...rest, erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

function withoutFilesBy(doc: Own<ConversationDoc>, by: ParticipantId): Own<ConversationDoc> {
  const { written = [], ...rest } = doc;
  const left = written.filter((one) => one.by !== by);
  return left.length ? { ...rest, written: left } : rest;
}

function withWork(doc: Own<ConversationDoc>, work: AtWork[]): Own<ConversationDoc> {
  const { atWork: _before, ...rest } = doc;
  return { ...rest, ...listed(work) };
}

function listed(atWork: AtWork[]): { atWork?: AtWork[] } {
  return atWork.length ? { atWork } : {};
}

/** Returns the fields that a person's message resets, because it causes what agents do next. */
function begun(meta: Meta): Pick<ConversationDoc, 'hops' | 'root'> {
  return { hops: 0, root: commitId(meta.pod, meta.seq) };
}

function carriedOn(doc: Own<ConversationDoc>, from: { hops?: number; root?: string }) {
  const root = from.root ?? doc.root;
  return { hops: Math.max(doc.hops, from.hops ?? 0) + 1, ...(root ? { root } : {}) };
}
