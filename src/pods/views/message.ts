// A message of a conversation; its text is a body, so that it can be erased.
import type { ParticipantId } from '../participant.ts';
import type { Erased, Meta, Own, ViewDoc } from './view.ts';

export interface MessageDoc extends ViewDoc {
  conversation: string;
  by: ParticipantId;
  /** The person an agent spoke for: whom it calls works for the same. */
  onBehalfOf?: ParticipantId;
  body: string;
  /** The bodies it had before it was edited: erasing takes them too. */
  earlier?: string[];
  /** When it was said, in milliseconds since 1970. */
  at: number;
  /** The commit that brought it: the order of the conversation. */
  posted: number;
  /** Place keys of all that stands outside for it: a long answer is several posts. */
  places: string[];
  /** Skein posted what stands outside, so Skein can change it. */
  ours: boolean;
  editedAt?: number;
  erased?: Erased;
}

export type MessageChange = { v: 1; on: 'messages'; id: string } & (
  | {
      type: 'message_posted';
      conversation: string;
      by: ParticipantId;
      onBehalfOf?: ParticipantId;
      body: string;
      at: number;
      places: string[];
    }
  | { type: 'message_edited'; body: string; at: number }
  | { type: 'message_erased'; reason?: string }
  | { type: 'message_sent'; places: string[] }
);

export function evolveMessage(
  doc: MessageDoc | undefined,
  change: MessageChange,
  meta: Meta,
): Own<MessageDoc> | undefined {
  if (change.type === 'message_posted') {
    const { conversation, by, onBehalfOf, body, at, places } = change;
    const posted = { conversation, by, body, at, places, posted: meta.seq, ours: false };
    return onBehalfOf ? { ...posted, onBehalfOf } : posted;
  }
  if (!doc) return undefined;
  switch (change.type) {
    case 'message_edited':
      return doc.erased
        ? doc
        : { ...doc, body: change.body, earlier: [...(doc.earlier ?? []), doc.body], editedAt: change.at };
    case 'message_erased': {
      const erased: Erased = { by: meta.actor, at: meta.at, ...(change.reason ? { reason: change.reason } : {}) };
      const { earlier: _earlier, ...rest } = doc;
      return doc.erased ? doc : { ...rest, body: '', erased };
    }
    case 'message_sent':
      return { ...doc, places: change.places, ours: true };
    default:
      change satisfies never;
      return doc;
  }
}
