// The delivery of an invitation: one mail to somebody who is new in a pod and lives by mail.
import type { ParticipantId, PersonId } from '../../log/participant.ts';

export interface InviteWish {
  person: PersonId;
  /** The participant who invites them. */
  by: ParticipantId;
}

declare module '../deliveries.ts' {
  interface Wishes {
    invite: InviteWish;
  }
}
