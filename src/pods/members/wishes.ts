// The deliveries of a membership: one mail to somebody who is new in a pod and lives by mail, and the way of an agent's own
// Slack app into the pod's channel, or out of it.
import type { AgentId, ParticipantId, PersonId } from '../../log/participant.ts';

export interface InviteWish {
  person: PersonId;
  /** The participant who invites them. */
  by: ParticipantId;
}

/** The agent's own Slack app comes into the pod's channel, or leaves it, as its agent is in the pod or not by then. */
export interface PresenceWish {
  agent: AgentId;
  /** The participant who asked for it, and hears if Slack refuses it. */
  by: ParticipantId;
}

declare module '../deliveries.ts' {
  interface Wishes {
    invite: InviteWish;
    presence: PresenceWish;
  }
}
