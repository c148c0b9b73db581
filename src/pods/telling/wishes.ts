// The delivery of a telling: one message to one person.
import type { PersonId } from '../../log/participant.ts';

export interface NoticeItem {
  need: string;
  pod: string;
  /** The absent person who is needed. Set if the message goes to their deputy. */
  for?: PersonId | undefined;
  /** The time since which Slack could not be reached for it, in milliseconds since 1970. */
  since?: number | undefined;
}

export interface NoticeWish {
  person: PersonId;
  through: 'slack' | 'email';
  /** The open items, each with its pod, in the order of their arrival. */
  items: NoticeItem[];
}

/** Updates what a person was sent in Slack: all that shows an item, or one digest. */
export type AmendWish = { person: PersonId } & ({ need: string; notice?: never } | { notice: string; need?: never });

declare module '../deliveries.ts' {
  interface Wishes {
    notice: NoticeWish;
    amend: AmendWish;
  }
}
