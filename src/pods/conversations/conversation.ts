// A conversation: a thread of the pod, its participants, and whom its last message addressed.
import type { BodyRef } from '../../log/body.ts';
import { commitId } from '../../log/commit.ts';
import { type Labels, labelsOf, passedOn } from '../../log/labels/label.ts';
import type { RoleId } from '../../log/needs/need.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { Place } from '../../log/place.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface ConversationDoc extends ViewDoc {
  titleRef?: BodyRef;
  labels?: TitleLabels;
  place: Place;
  placeKey: string;
  /** Agents that take part: they were addressed here or wrote here. */
  agents: AgentId[];
  people: PersonId[];
  messages: number;
  lastBy: ParticipantId;
  /** The agents that the last message addressed. The author's next message goes to them too. */
  lastTo: AgentId[];
  lastAt: number;
  /** Agents' messages that name a person and are not answered yet, oldest first. */
  asked?: Asked[];
  /** Messages by agents since a person last wrote. Limits how long agents talk to each other. */
  hops: number;
  /** The commit with which a person last set agents to work here, or the root that another conversation passed on. */
  root?: string;
  /** The root whose wakes are used up, once that was posted here. */
  ended?: string;
  startedAt: number;
  startedBy: ParticipantId;
  /** The followers by mail, and the Message-ID and References of their newest mail, which the next mail to them continues. No Message-ID: none was sent yet. */
  mail?: { people: PersonId[]; messageId?: string; references?: string[] };
  /** When its messages from before Skein joined had all been imported. */
  recalledAt?: number;
  /** Its open questions. */
  questions?: string[];
  /** Set if its title was erased. Messages are erased one by one. */
  erased?: Erased;
}

/** An agent has named a person and waits for an answer. */
export interface Asked {
  by: AgentId;
  who: PersonId;
}

export type TitleLabels = Labels<'titleRef'>;

export const CONVERSATIONS = ref<ConversationDoc>('conversations', (doc) => upcastTitle(doc, doc.startedBy));

export type ConversationChange = { v: 1 | 2; on: 'conversations'; id: string } & (
  | {
      type: 'conversation_started';
      titleRef?: BodyRef;
      labels?: TitleLabels;
      place: Place;
      placeKey: string;
      hops?: number;
      /** Only for a conversation older than the pod: when it began, and who began it. */
      at?: number;
      by?: ParticipantId;
    }
  /** `whole`: all older messages are imported. */
  | { type: 'conversation_recalled'; people: PersonId[]; whole?: true }
  | {
      type: 'message_added';
      by: ParticipantId;
      addressed: AgentId[];
      /** The people whom an agent names, and whose answer it waits for. */
      asks?: PersonId[];
      /** By Skein itself: the conversation goes on between those who spoke before. */
      aside?: true;
      /** Set if the agent speaks from another conversation. */
      hops?: number;
      root?: string;
      /** The root whose wakes are used up, as the message says. */
      ended?: string;
      /** They are asked whether agents go on. */
      unwoken?: PersonId | RoleId;
    }
  /** A person's edit addressed agents. It counts as a new cause. */
  | { type: 'agents_called' }
  | { type: 'conversation_placed'; place: Place; placeKey: string }
  | { type: 'conversation_mailed'; people: PersonId[]; messageId?: string; references?: string[] }
  /** Agents were set to work here on a task. `begins`: by a person, so it is a new cause; else set if it came from another conversation. */
  | {
      type: 'work_given';
      agents: AgentId[];
      begins?: true;
      hops?: number;
      root?: string;
      ended?: string;
      unwoken?: PersonId | RoleId;
    }
  | { type: 'run_stopped'; agent: AgentId }
  | { type: 'question_opened'; question: string }
  | { type: 'question_closed'; question: string }
  | { type: 'title_erased'; reasonRef?: BodyRef }
);

/** 0.1.0 said `outside: true` of a title that no member wrote: a mail's subject, or a title by an agent that had read outside texts. */
export function upcastTitle<T extends ConversationDoc | ConversationChange>(titled: T, by: ParticipantId): T {
  const { outside: marked, ...rest } = titled as T & { outside?: true };
  return marked ? ({ ...rest, labels: { titleRef: passedOn(by) } } as unknown as T) : titled;
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
  switch (change.type) {
    case 'message_added': {
      const { by } = change;
      if (change.aside) return { ...doc, messages: doc.messages + 1, lastAt: meta.at };
      const { asked: before, ...rest } = doc;
      return {
        ...rest,
        ...askedAfter(before, change),
        agents: joined(doc.agents, isAgent(by) ? [by, ...change.addressed] : change.addressed),
        people: isPerson(by) ? joined(doc.people, [by]) : doc.people,
        messages: doc.messages + 1,
        lastBy: by,
        lastTo: change.addressed,
        lastAt: meta.at,
        ...(change.ended ? { ended: change.ended } : {}),
        ...(isPerson(by) ? begun(meta) : carriedOn(doc, change)),
      };
    }
    case 'conversation_recalled': {
      const people = joined(doc.people, change.people);
      return { ...doc, people, ...(change.whole ? { recalledAt: meta.at } : {}) };
    }
    case 'agents_called':
      return { ...doc, ...begun(meta) };
    case 'conversation_placed':
      return { ...doc, place: change.place, placeKey: change.placeKey };
    case 'conversation_mailed': {
      const { messageId, references } = change;
      const people = joined(doc.mail?.people ?? [], change.people);
      const continues = messageId ?? doc.mail?.messageId;
      return {
        ...doc,
        mail: { people, ...(continues ? { messageId: continues } : {}), ...(references ? { references } : {}) },
      };
    }
    case 'work_given': {
      const root = change.root ?? doc.root;
      const carried = { hops: Math.max(doc.hops, change.hops ?? 0), ...(root ? { root } : {}) };
      const ended = change.ended ? { ended: change.ended } : {};
      return {
        ...doc,
        ...ended,
        agents: joined(doc.agents, change.agents),
        ...(change.begins ? begun(meta) : carried),
      };
    }
    case 'run_stopped':
      return { ...doc };
    case 'question_opened':
      return { ...doc, questions: joined(doc.questions ?? [], [change.question]) };
    case 'question_closed': {
      const { questions = [], ...rest } = doc;
      const open = questions.filter((one) => one !== change.question);
      return open.length ? { ...rest, questions: open } : rest;
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

/** The most open questions of one conversation; the oldest is forgotten first. */
const MOST_ASKED = 20;

function askedAfter(
  before: readonly Asked[] = [],
  { by, addressed, asks = [] }: Extract<ConversationChange, { type: 'message_added' }>,
): Pick<ConversationDoc, 'asked'> {
  const answered = (one: Asked) => one.who === by && addressed.includes(one.by);
  const again = (one: Asked) => one.by === by && asks.includes(one.who);
  const open = before.filter((one) => !answered(one) && !again(one));
  const asked = isAgent(by) ? [...open, ...asks.map((who) => ({ by, who }))].slice(-MOST_ASKED) : open;
  return asked.length ? { asked } : {};
}

/** The fields that a person's message resets: what agents do next is caused by it. */
function begun(meta: Meta): Pick<ConversationDoc, 'hops' | 'root'> {
  return { hops: 0, root: commitId(meta.pod, meta.seq) };
}

function carriedOn(doc: Own<ConversationDoc>, from: { hops?: number; root?: string }) {
  const root = from.root ?? doc.root;
  return { hops: Math.max(doc.hops, from.hops ?? 0) + 1, ...(root ? { root } : {}) };
}
