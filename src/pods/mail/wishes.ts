// The deliveries of a mail in quarantine: the notice to the owners, and the accepted mail, which goes through the inbox
// again.
import type { ParticipantId, PersonId } from '../../log/participant.ts';

/**
 * Tells the owners that a mail waits for their decision. `to`: set if only this owner is told, who has just decided on
 * another mail.
 */
export interface QuarantineWish {
  mail: string;
  to?: PersonId;
}

/** Puts an accepted mail into the inbox again. */
export interface AdmitWish {
  mail: string;
  by: ParticipantId;
}

declare module '../deliveries.ts' {
  interface Wishes {
    held: QuarantineWish;
    admit: AdmitWish;
  }
}
