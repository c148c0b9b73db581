// The wish of a subscription: its person's digest sent.
import type { PersonId } from '../../log/participant.ts';

/** The news between these commits, by pod; without a day its person asked for it. */
export interface DigestWish {
  person: PersonId;
  through: 'slack' | 'email';
  from: Record<string, number>;
  to: Record<string, number>;
  day?: string;
}

declare module '../deliveries.ts' {
  interface Wishes {
    digest: DigestWish;
  }
}
