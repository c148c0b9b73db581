// recall_messages (Skein's own): imports the messages of a Slack thread or channel from before Skein joined.

import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { idOf } from '../../log/ids.ts';
import { outside, versioned } from '../../log/labels/label.ts';
import { isPerson, type ParticipantId } from '../../log/participant.ts';
import { type Place, placeKey } from '../../log/place.ts';
import { action } from '../action.ts';
import type { Change } from '../kinds.ts';
import { requirePod } from '../require.ts';
import { CONVERSATIONS, type ConversationDoc } from './conversation.ts';
import { MESSAGES } from './message.ts';
import { labelOfAuthor } from './message-upcast.ts';
import { startedBy } from './origin/started-by.ts';
import { ownWordsText } from './post-message.ts';

const ts = z.string().min(1).max(40);
const recalled = z.strictObject({
  ts,
  /** The ts of the thread's first message. The first message itself has its own ts here. */
  thread: ts,
  by: z.string().min(1),
  text: ownWordsText,
  files: z.array(z.string()).max(100).default([]),
  /** The part of the message that its author did not write. */
  outside: z.string().min(1).optional(),
  /** True if the author belongs to another organisation. */
  foreign: z.boolean().default(false),
  /** When the message was written, in milliseconds since 1970, with a fraction that keeps the order. */
  at: z.number(),
});
type Recalled = z.infer<typeof recalled>;

export const recallMessages = action({
  name: 'recall_messages',
  title: 'Recall messages',
  description: 'Keeps what was said in Slack before the pod was there: it wakes nobody and is no news.',
  input: z.strictObject({
    messages: z.array(recalled).max(200),
    /** The threads whose older messages are all imported now. */
    whole: z.array(ts).max(200).default([]),
  }),
  effect: 'write',
  internal: true,
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein recalls what was said in Slack.',
  async load(read, { messages, whole }, ctx) {
    const keys = messages.map((message) => keyOf(ctx.origin, message.ts));
    const threads = [...new Set([...messages.map(({ thread }) => thread), ...whole])];
    const [known, conversations] = await Promise.all([
      keys.length ? read.find(MESSAGES, { where: { pod: ctx.pod, places: { in: keys } } }) : [],
      threads.length
        ? read.find(CONVERSATIONS, {
            where: { pod: ctx.pod, placeKey: { in: threads.map((thread) => keyOf(ctx.origin, thread)) } },
          })
        : [],
    ]);
    return {
      known: new Set(known.flatMap(({ places }) => places)),
      conversations: new Map(conversations.map((doc) => [doc.placeKey, doc])),
    };
  },
  decide({ known, conversations }, { messages, whole }, ctx) {
    requirePod(ctx, { archived: true });
    const fresh = messages.filter((message) => !known.has(keyOf(ctx.origin, message.ts)));
    const threads = new Set([...fresh.map(({ thread }) => thread), ...whole]);
    const changes = [...threads].flatMap((thread): Change[] => {
      const place = placeOf(ctx.origin, thread);
      const doc = conversations.get(placeKey(place));
      const said = fresh.filter((message) => message.thread === thread);
      if (!doc && !said.length) return [];
      const id = doc?.id ?? idOf('c', ctx.pod, placeKey(place));
      return [
        ...(doc ? [] : begun(id, place, said)),
        ...said.map((message): Change => {
          const key = keyOf(ctx.origin, message.ts);
          const by = message.by as ParticipantId;
          const body = labelOfAuthor(by, message.foreign || undefined);
          const brought = message.outside ? outside({ kind: 'slack', by }) : undefined;
          return {
            ...versioned({ body, brought }),
            ...{ on: 'messages', type: 'message_recalled', conversation: id, places: [key], at: message.at },
            // The id that Slack's event would give the message, so that it is stored once, whichever comes first.
            id: idOf('m', ctx.pod, key, 0),
            by,
            body: ctx.text(message.text, body),
            files: message.files.map((name) => ctx.text(name)),
            ...(message.outside ? { brought: ctx.text(message.outside, brought) } : {}),
          };
        }),
        heardOf(id, doc, said, whole.includes(thread)),
      ];
    });
    return { changes, result: { recalled: fresh.length } };
  },
});

/** Returns the change that starts the conversation, dated by its oldest message. */
function begun(id: string, place: Place, said: readonly Recalled[]): Change[] {
  const [first] = [...said].sort((a, b) => a.at - b.at);
  const more = first ? { at: first.at, by: first.by as ParticipantId } : {};
  return [{ ...startedBy(id, place), ...more }];
}

function heardOf(id: string, doc: ConversationDoc | undefined, said: readonly Recalled[], whole: boolean): Change {
  const people = [...new Set([...(doc?.people ?? []), ...said.map(({ by }) => by).filter(isPerson)])];
  return { v: 1, on: 'conversations', id, type: 'conversation_recalled', people, ...(whole ? { whole: true } : {}) };
}

function placeOf(origin: { kind: string } | undefined, thread: string): Place {
  const { team, channel } = (origin ?? {}) as { team?: string; channel?: string };
  if (origin?.kind !== 'slack' || !team || !channel) throw new InvalidInput('recall_messages is for Slack only.');
  return { kind: 'slack', team, channel, thread };
}

function keyOf(origin: { kind: string } | undefined, thread: string): string {
  return placeKey(placeOf(origin, thread));
}
