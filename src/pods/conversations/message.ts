// The document of a message. Its text is a body, so that it can be erased.
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import { bodiesIn, type Erasable } from '../../log/kind.ts';
import { type Label, type Labels, labelsOf } from '../../log/labels/label.ts';
import type { ItemBack } from '../../log/needs/need.ts';
import type { AgentId, ParticipantId, PersonId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import type { FileRef } from '../files/written.ts';
import type { MailFacts } from '../mail/mail-words.ts';
import type { Line, Offer } from './lines/line.ts';
import { upcastMessage } from './message-upcast.ts';
import { type WordsBefore, withEdit } from './words/words-before.ts';

export interface MessageDoc extends ViewDoc {
  conversation: string;
  by: ParticipantId;
  /** The person for whom the agent wrote. Agents that the message calls work for this person too. */
  onBehalfOf?: ParticipantId;
  /** Other people whose words the agent acted on. Their rights limit those of the agents that the message calls too. */
  heard?: ParticipantId[];
  /** Empty after an erasure. */
  body: BodyRef | '';
  /** The bodies from before its edits. They are erased together with the message. */
  earlier?: BodyRef[];
  /** The words before each of its newest edits. Absent on messages that were edited before Skein kept them. */
  was?: WordsBefore[];
  /** When the message was written, in milliseconds since 1970. */
  at: number;
  /**
   * The number of the commit that added the message, which orders the conversation. Negative for imported older
   * messages, which are ordered by time before all others.
   */
  posted: number;
  /** The place keys of all posts and mails that show the message. A long answer is posted in several parts. */
  places: string[];
  /** True if Skein posted the message, and so can edit it. */
  ours: boolean;
  /** The people whom the message addresses by name, and whose answers it waits for. */
  mentions?: PersonId[];
  /** The body of attached content that the author did not write, such as a forwarded mail. */
  brought?: BodyRef;
  labels?: MessageLabels;
  /** The bodies with the names of its files. Absent on Slack messages of Skein 0.1.0, whose text contained the names. */
  files?: BodyRef[];
  /** The files that an agent hands over with the message. They follow it in Slack, and are attached to its mail. */
  gives?: FileRef[];
  /** Facts about the mail that brought the message. Absent on messages of Skein 0.1.0, whose text contained them. */
  mail?: MailFacts;
  /** The hash of the raw mail, stored as a blob of the pod. */
  raw?: string;
  /** Set if the message is a task line of Skein. */
  line?: Line;
  /** The ids of further tasks whose card is the post of this line. */
  cards?: string[];
  /** Set if the message is an offer of Skein to bring agents into the pod. */
  offer?: Offer;
  /** Set if the message reports that the run of its author failed. */
  failed?: true;
  /** Set if its author, an agent, says that it failed or waits. It is no message of the conversation. */
  notice?: true;
  /** The id of the question that the message asks. */
  question?: string;
  /** The id of the copy of a file, if the message tells that it was uploaded over a newer version. */
  copy?: string;
  /** The id of the workflow that was started, if the message lists its steps: in Slack they are shown as they are now. */
  workflow?: string;
  /** Set if no agent acts on it: a person wrote it as a note, or it has nothing but commands that were refused. */
  note?: true;
  /** The number of its first lines that are commands which were refused, and answered. Agents hear them as data. */
  refused?: number;
  /** Set if a person only pauses an agent with it, lets it go on, or takes its work over. */
  steers?: true;
  /** Set if the message says who controls these agents. The buttons below it do the rest. */
  controls?: AgentId[];
  /** The number of the commit that the message tells of. It goes by mail only: in Slack the thing itself shows what was done. */
  tells?: number;
  /** Set if the message is the card of a run: it shows what the run does now. */
  card?: { agent: AgentId; run: string };
  /** Set if the message says what agents do elsewhere for a request that was stopped: its buttons stop that. */
  stops?: { conversation: string; agent: AgentId; pod?: string }[];
  /** The person who let the agent try again after it failed. */
  retriedBy?: ParticipantId;
  editedAt?: number;
  /** The number of the commit that edited the message last. Absent if Skein 0.1.0 stored the edit. */
  editedIn?: number;
  erased?: Erased;
}

export type MessageLabels = Labels<'body' | 'brought' | 'subject'>;

export const MESSAGES = ref<MessageDoc>('messages', upcastMessage);

export type MessageChange = { v: 1 | 2; on: 'messages'; id: string } & (
  | {
      type: 'message_posted';
      conversation: string;
      by: ParticipantId;
      onBehalfOf?: ParticipantId;
      heard?: ParticipantId[];
      body: BodyRef;
      at: number;
      places: string[];
      /** The people whom the message addresses by name. */
      mentions?: PersonId[];
      /** Those of `mentions` who learn of the message without Skein: Slack notifies them, or they get the mail itself. */
      live?: PersonId[];
      brought?: BodyRef;
      labels?: MessageLabels;
      files?: BodyRef[];
      gives?: FileRef[];
      mail?: MailFacts;
      raw?: string;
      line?: Line;
      offer?: Offer;
      failed?: true;
      notice?: true;
      note?: true;
      refused?: number;
      steers?: true;
      controls?: AgentId[];
      card?: { agent: AgentId; run: string };
      stops?: { conversation: string; agent: AgentId; pod?: string }[];
      tells?: number;
      question?: string;
      copy?: string;
      workflow?: string;
    }
  | {
      /** A message from before Skein joined, imported later. It wakes nobody and is no news. */
      type: 'message_recalled';
      conversation: string;
      by: ParticipantId;
      body: BodyRef;
      /** In milliseconds since 1970, with a fraction that orders older messages. */
      at: number;
      places: string[];
      brought?: BodyRef;
      labels?: MessageLabels;
      files?: BodyRef[];
    }
  /** A task that was given soon after joins the post. */
  | { type: 'task_joined'; task: string }
  | { type: 'message_retried'; by: ParticipantId }
  /** A mail that had joined a task is a task of its own. `task`: its number. */
  | { type: 'mail_separated'; task: number }
  /** An offered agent is in the pod now. */
  | { type: 'offer_taken'; agent: AgentId }
  | { type: 'message_edited'; body: BodyRef; at: number; mentions?: PersonId[]; files?: BodyRef[]; note?: true }
  /** `back`: the items that it had settled, and that are open again. */
  | { type: 'message_erased'; reasonRef?: BodyRef; back?: ItemBack[] }
  /** The words from before its edits were erased. */
  | { type: 'earlier_erased' }
  /** Words that quoted an erased text were taken out of its bodies. */
  | { type: 'passage_erased' }
  | { type: 'message_sent'; places: string[] }
);

/**
 * Imported messages count down from this time, which is later than any message: 2286-11-20, in microseconds as in
 * Slack.
 */
const END_OF_TIME = 1e16;

/** True for an imported message that was written before Skein joined. */
export function isRecalled({ posted }: Pick<MessageDoc, 'posted'>): boolean {
  return posted < 0;
}

/** True for the place of a mail. It stays, wherever else the message is shown later. */
const isMail = (place: string) => place.startsWith('mail:');

export function evolveMessage(
  doc: MessageDoc | undefined,
  change: MessageChange,
  meta: Meta,
): Own<MessageDoc> | undefined {
  if (change.type === 'message_posted') {
    const { v: _v, on: _on, id: _id, type: _type, live: _live, ...posted } = change;
    if (doc?.erased) return doc;
    // Slack reported a message that was already imported. The imported text is kept to be erased together with it.
    const kept = doc ? wordsOf(doc).bodies : [];
    const earlier = kept.length ? { earlier: kept } : {};
    return {
      ...posted,
      ...labelled({ body: meta.label, ...posted.labels }),
      ...earlier,
      posted: meta.seq,
      ours: false,
    };
  }
  if (change.type === 'message_recalled') {
    const { v: _v, on: _on, id: _id, type: _type, ...recalled } = change;
    const posted = Math.min(Math.round(change.at * 1000) - END_OF_TIME, -1);
    return doc ?? { ...recalled, at: Math.round(change.at), posted, ours: false };
  }
  if (!doc) return undefined;
  switch (change.type) {
    case 'message_edited': {
      if (doc.erased || !doc.body) return doc;
      const { mentions: _mentions, note: _note, ...rest } = doc;
      const { files } = change;
      const gone = files ? (doc.files ?? []).filter((ref) => !files.includes(ref)) : [];
      const earlier = [...(doc.earlier ?? []), doc.body, ...gone];
      return {
        ...rest,
        ...{ body: change.body, earlier, was: withEdit(doc, meta.seq), editedAt: change.at, editedIn: meta.seq },
        ...(files ? { files } : {}),
        ...(change.mentions ? { mentions: change.mentions } : {}),
        ...(change.note ? { note: true as const } : {}),
        ...labelled({ body: meta.label, ...doc.labels }),
      };
    }
    case 'message_erased': {
      const {
        earlier: _e,
        was: _p,
        brought: _b,
        labels: _l,
        files: _f,
        mail: _m,
        raw: _r,
        mentions: _w,
        gives: _g,
        ...rest
      } = doc;
      return { ...rest, body: '', erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    case 'earlier_erased': {
      const { earlier: _earlier, was: _was, ...rest } = doc;
      return rest;
    }
    case 'passage_erased':
      return doc;
    case 'offer_taken':
      if (!doc.offer) return doc;
      return { ...doc, offer: { ...doc.offer, agents: doc.offer.agents.filter((agent) => agent !== change.agent) } };
    case 'task_joined':
      return { ...doc, cards: [...(doc.cards ?? []), change.task] };
    case 'mail_separated': {
      const { joined: _joined, ...mail } = doc.mail ?? {};
      return { ...doc, mail: { ...mail, task: change.task, separated: true } };
    }
    case 'message_retried':
      return { ...doc, retriedBy: doc.retriedBy ?? change.by };
    case 'message_sent':
      return { ...doc, places: [...doc.places.filter(isMail), ...change.places], ours: true };
    default:
      change satisfies never;
      return doc;
  }
}

function labelled(all: { [F in keyof MessageLabels]: Label | undefined }): { labels?: MessageLabels } {
  const labels = labelsOf(all);
  return labels ? { labels } : {};
}

export function wordsOf(doc: Own<MessageDoc>): Pick<Erasable, 'bodies' | 'blobs'> {
  const { body, earlier = [], brought, files = [], mail, raw } = doc;
  const bodies = bodiesIn(body, ...earlier, brought, ...files, mail?.subject, ...(mail?.notes ?? []));
  return { bodies, blobs: raw ? [raw] : [] };
}

/** Returns the bodies with the author's own words, earlier ones included, and with what the message brought along. */
export function saidIn({ body, earlier = [], brought }: Own<MessageDoc>): BodyRef[] {
  return bodiesIn(body, ...earlier, brought);
}

/**
 * Returns the time and the number of the commit that added the message. Slack and mail date messages by clocks of their
 * own; only the commit's time can be compared with that of a transcript.
 */
export async function cameBy(read: Reader, { pod, posted }: MessageDoc): Promise<{ since: number; posted: number }> {
  const [commit] = await read.commits(pod, posted, posted);
  return { since: commit?.at ?? 0, posted };
}
