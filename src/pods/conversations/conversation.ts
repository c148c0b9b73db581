// A conversation: a thread of the pod, who takes part in it, and whose word was last.
import type { BodyRef } from '../../log/body.ts';
import { commitId } from '../../log/commit.ts';
import { type Labels, labelsOf, passedOn } from '../../log/labels/label.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { Place } from '../../log/place.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface ConversationDoc extends ViewDoc {
  /** The body that holds its title. */
  titleRef?: BodyRef;
  labels?: TitleLabels;
  place: Place;
  placeKey: string;
  /** Agents that take part: they were addressed here or have written here. */
  agents: AgentId[];
  people: PersonId[];
  messages: number;
  lastBy: ParticipantId;
  /** The agents that the last message was for: its author's next words go to them too. */
  lastTo: AgentId[];
  lastAt: number;
  /** Messages by agents since a person last wrote: what keeps agents from talking to each other for ever. */
  hops: number;
  /** The commit with which a person last set agents to work here, or from where another conversation brought the work. */
  root?: string;
  /** The root of which was said here that its wakes are used up. */
  ended?: string;
  startedAt: number;
  startedBy: ParticipantId;
  /** Who follows it by mail; the Message-ID of the newest mail of theirs, and what that one refers to: what goes out carries it on. */
  mail?: { people: PersonId[]; messageId: string; references?: string[] };
  /** When all that was said in it before the pod, or Skein, was there had been read. */
  recalledAt?: number;
  /** Its title was; messages are erased one by one. */
  erased?: Erased;
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
      /** Of one that was there before the pod: when, and by whom. */
      at?: number;
      by?: ParticipantId;
    }
  /** `whole`: nothing older is left to read. */
  | { type: 'conversation_recalled'; people: PersonId[]; whole?: true }
  | {
      type: 'message_added';
      by: ParticipantId;
      addressed: AgentId[];
      /** Of the conversation that an agent speaks from, when it is another. */
      hops?: number;
      root?: string;
      /** The root whose wakes are used up: the message says so. */
      ended?: string;
    }
  /** A person's edit called agents: it sets off as much as a new message. */
  | { type: 'agents_called' }
  | { type: 'conversation_placed'; place: Place; placeKey: string }
  | { type: 'conversation_mailed'; people: PersonId[]; messageId: string; references?: string[] }
  | { type: 'run_stopped'; agent: AgentId }
  | { type: 'title_erased'; reasonRef?: BodyRef }
);

/** 0.1.0 said `outside: true` of a title that was no member's: the subject of a mail, or of an agent that had read such. */
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
      return {
        ...doc,
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
      return { ...doc, mail: { people, messageId, ...(references ? { references } : {}) } };
    }
    case 'run_stopped':
      return { ...doc };
    case 'title_erased': {
      const { titleRef: _titleRef, labels: _labels, ...rest } = doc;
      return { ...rest, erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

/** A person's word: whatever agents do because of it begins here. */
function begun(meta: Meta): Pick<ConversationDoc, 'hops' | 'root'> {
  return { hops: 0, root: commitId(meta.pod, meta.seq) };
}

function carriedOn(doc: Own<ConversationDoc>, from: { hops?: number; root?: string }) {
  const root = from.root ?? doc.root;
  return { hops: Math.max(doc.hops, from.hops ?? 0) + 1, ...(root ? { root } : {}) };
}
