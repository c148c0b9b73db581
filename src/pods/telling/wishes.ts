// The delivery of a telling: one message to one person.
import type { PersonId } from '../../log/participant.ts';

export interface NoticeWish {
  person: PersonId;
  through: 'slack' | 'email';
  /** Open items, each with its pod, in the order in which they came. */
  items: { need: string; pod: string }[];
}

declare module '../deliveries.ts' {
  interface Wishes {
    notice: NoticeWish;
  }
}
