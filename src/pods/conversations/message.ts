// A message of a conversation; its text is a body, so that it can be erased.
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import { bodiesIn, type Erasable } from '../../log/kind.ts';
import { type Label, type Labels, labelsOf } from '../../log/labels/label.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import type { MailFacts } from '../mail/mail-words.ts';
import { upcastMessage } from './message-upcast.ts';

export interface MessageDoc extends ViewDoc {
  conversation: string;
  by: ParticipantId;
  /** The person an agent spoke for: whom it calls works for the same. */
  onBehalfOf?: ParticipantId;
  /** Others whose words the agent acted on: they narrow whom it calls too. */
  heard?: ParticipantId[];
  /** Empty when it was erased. */
  body: BodyRef | '';
  /** The bodies it had before it was edited: erasing takes them too. */
  earlier?: BodyRef[];
  /** When it was said, in milliseconds since 1970. */
  at: number;
  /** The commit that brought it: the order of the conversation. Negative for what was said before: by time, before all else. */
  posted: number;
  /** Place keys of all that stands outside for it: a long answer is several posts. */
  places: string[];
  /** Skein posted what stands outside, so Skein can change it. */
  ours: boolean;
  /** People it is meant for, by name: it waits for their answer. */
  mentions?: PersonId[];
  /** The body of what came with it and was not written by its author, as a forwarded mail. */
  brought?: BodyRef;
  labels?: MessageLabels;
  /** The bodies of the names of the files that came with it. Absent on those of 0.1.0 that stand in Slack, which named them in their text. */
  files?: BodyRef[];
  /** What is known of the mail that it came by. Absent on those of 0.1.0, which kept it in their text. */
  mail?: MailFacts;
  /** The mail as it came: a blob of the pod. */
  raw?: string;
  /** It tells that its author's run failed. */
  failed?: true;
  /** Who let the agent try again. */
  retriedBy?: ParticipantId;
  editedAt?: number;
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
      /** People it is meant for, by name. */
      mentions?: PersonId[];
      brought?: BodyRef;
      labels?: MessageLabels;
      files?: BodyRef[];
      mail?: MailFacts;
      raw?: string;
      failed?: true;
    }
  | {
      /** Said before the pod, or Skein, was there, and read later: it wakes nobody and is no news. */
      type: 'message_recalled';
      conversation: string;
      by: ParticipantId;
      body: BodyRef;
      /** With a fraction: the order of the past. */
      at: number;
      places: string[];
      brought?: BodyRef;
      labels?: MessageLabels;
      files?: BodyRef[];
    }
  | { type: 'message_retried'; by: ParticipantId }
  | { type: 'message_edited'; body: BodyRef; at: number; mentions?: PersonId[]; files?: BodyRef[] }
  | { type: 'message_erased'; reasonRef?: BodyRef }
  | { type: 'message_sent'; places: string[] }
);

/** Later than anything that is ever said: what is recalled counts down to it. 2286-11-20, in microseconds, as Slack counts. */
const END_OF_TIME = 1e16;

/** It was said before the pod, or Skein, was there. */
export function isRecalled({ posted }: Pick<MessageDoc, 'posted'>): boolean {
  return posted < 0;
}

/** A mail stays where it came from, wherever else the message stands. */
const isMail = (place: string) => place.startsWith('mail:');

export function evolveMessage(
  doc: MessageDoc | undefined,
  change: MessageChange,
  meta: Meta,
): Own<MessageDoc> | undefined {
  if (change.type === 'message_posted') {
    const { v: _v, on: _on, id: _id, type: _type, ...posted } = change;
    if (doc?.erased) return doc;
    // It was recalled before Slack told of it: what was kept of it then is erased with it.
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
      const { mentions: _mentions, ...rest } = doc;
      const { files } = change;
      const gone = files ? (doc.files ?? []).filter((ref) => !files.includes(ref)) : [];
      const earlier = [...(doc.earlier ?? []), doc.body, ...gone];
      return {
        ...rest,
        ...{ body: change.body, earlier, editedAt: change.at },
        ...(files ? { files } : {}),
        ...(change.mentions ? { mentions: change.mentions } : {}),
        ...labelled({ body: meta.label, ...doc.labels }),
      };
    }
    case 'message_erased': {
      const { earlier: _e, brought: _b, labels: _l, files: _f, mail: _m, raw: _r, mentions: _w, ...rest } = doc;
      return { ...rest, body: '', erased: erasedBy(meta, change.reasonRef, doc.erased) };
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

/** All that a message's words stand in. */
export function wordsOf(doc: Own<MessageDoc>): Pick<Erasable, 'bodies' | 'blobs'> {
  const { body, earlier = [], brought, files = [], mail, raw } = doc;
  const bodies = bodiesIn(body, ...earlier, brought, ...files, mail?.subject, ...(mail?.notes ?? []));
  return { bodies, blobs: raw ? [raw] : [] };
}

/** Slack and mail tell when something was said by clocks of their own: only the log's compares with that of a transcript. */
export async function cameBy(read: Reader, { pod, posted }: MessageDoc): Promise<{ since: number; posted: number }> {
  const [commit] = await read.commits(pod, posted, posted);
  return { since: commit?.at ?? 0, posted };
}
