// The needs of a message: it asks something of the people whom it names, and it answers earlier messages that named its
// author. Pure.
import type { Needed, NeededOf, Subject } from '../../log/needs/need.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import type { MessageChange, MessageDoc } from '../conversations/message.ts';

export function messageNeeds(change: MessageChange, before: MessageDoc | undefined): Needed[] {
  switch (change.type) {
    case 'message_posted': {
      const { id, conversation, mentions = [], live = [], by } = change;
      const about = subject(conversation);
      const answered = isPerson(by) ? [{ settle: { who: by, about } }] : [];
      // A question has an item of its own.
      if (change.question) return answered;
      return [...answered, ...mentions.map((who) => named(who, about, { id, live }))];
    }
    case 'message_edited': {
      if (!before) return [];
      const { mentions: now = [] } = change;
      const gone = (before.mentions ?? []).filter((who) => !now.includes(who));
      const added = now.filter((who) => !before.mentions?.includes(who));
      return [
        ...goneFor(gone, before),
        ...added.map((who) => named(who, subject(before.conversation), { id: before.id, live: [] })),
      ];
    }
    case 'message_erased': {
      const back = (change.back ?? []).map((item): Needed => ({ open: { ...item, again: true } }));
      return before ? [...goneFor(before.mentions ?? [], before), ...back] : back;
    }
    case 'message_retried':
      // It has told whoever asked that their agent failed.
      return before ? goneFor(before.mentions ?? [], before) : [];
    case 'earlier_erased':
    case 'passage_erased':
    case 'message_recalled':
    case 'offer_taken':
    case 'mail_separated':
    case 'task_joined':
    case 'message_sent':
      return [];
    default:
      change satisfies never;
      return [];
  }
}

function subject(conversation: string): Subject {
  return { on: 'conversations', id: conversation };
}

/**
 * Withdraws a need because the message no longer names the person. If a later message names them, the item stays open.
 */
function withdrawn(who: NeededOf, { id, conversation }: MessageDoc): Needed {
  return { settle: { who, about: subject(conversation), message: id }, withdrawn: true };
}

/** If somebody who was named has left, their item is the owners'. */
function goneFor(gone: readonly PersonId[], message: MessageDoc): Needed[] {
  return gone.length ? [...gone, 'owners' as const].map((who) => withdrawn(who, message)) : [];
}

function named(who: PersonId, about: Subject, { id, live }: { id: string; live: readonly PersonId[] }): Needed {
  const told = live.includes(who) ? { live: true as const } : {};
  return { open: { who, reason: 'named', about, conversation: about.id, message: id, ...told } };
}
