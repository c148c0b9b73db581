// The deliveries of a mail in quarantine: the notice to the owners, and the mail on its way again once it is accepted.
import type { ParticipantId, PersonId } from '../../log/participant.ts';

/** Tells the owners that a mail waits for their decision. `to`: only this owner, who has just decided on another. */
export interface QuarantineWish {
  mail: string;
  to?: PersonId;
}

/** Sends an accepted mail through the inbox again. */
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
