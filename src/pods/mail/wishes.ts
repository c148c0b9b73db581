// The wishes of a mail in quarantine: its owners told of it, and the mail taken in once it is accepted.
import type { ParticipantId, PersonId } from '../../log/participant.ts';

/** The owners hear that a mail waits for their word; `to`: only this one, who has just settled another. */
export interface QuarantineWish {
  mail: string;
  to?: PersonId;
}

/** An owner accepted a mail: it goes on its way once more. */
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
