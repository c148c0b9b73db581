// The delivery of a subscription: sends the digest.
import type { PersonId } from '../../log/participant.ts';

/** Sends a digest of the commits between these positions, by pod. If `day` is absent, the person asked for it. */
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
