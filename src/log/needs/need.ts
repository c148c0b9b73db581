// Needs: a change may ask something of a person or of the owners. Its kind names the needs, and they are stored in the
// commit and never computed again.
import type { BodyRef } from '../body.ts';
import type { ParticipantId, PersonId } from '../participant.ts';

/** All owners of the pod. The first owner who settles such an item settles it for all of them. */
export type RoleId = 'owners';

export type NeededOf = PersonId | RoleId;

/**
 * `named`: a message calls the person by name. `assigned`, `reopened`, `returned`, `rescheduled`, `due`, `overdue`: about a task
 * of the person. `asked`: a question to the person. `answered`: an answer to the person's question. `unwoken`: an agent
 * was not woken, because agents had woken each other too often. `stopped`: an agent was not woken, because a person had
 * stopped it. `step`: the person wants to be told of a step of work, and nothing waits for them. `expired`: a question to
 * the person ended without enough answers. `conflict`: a file was uploaded that was made from an older version. `made_from`: an
 * agent made something from a text that the person erased. `repeated`: a task of the person comes again by the clock.
 * `goes_on`: the person's repeat comes while its last task is still open, and they say whether it goes on. `unblocked`:
 * a task of the person can begin. `stuck`: a task waits for one that will not be done. `part`: something became of a part of the
 * person's task; nothing waits for them. `app_lost`: Slack refuses the token of an agent's own app, and the person has to set
 * another. `app_over`: an app that the person admitted mentions more agents than it may wake in an hour.
 * `review`: the person says whether what was made is good. `sent_back`, `approved`: that was said of a task of theirs. `rounds`:
 * a task was sent back as often as it may be, and the person decides.
 */
export type Reason =
  | 'named'
  | 'assigned'
  | 'reopened'
  | 'returned'
  | 'rescheduled'
  | 'due'
  | 'overdue'
  | 'asked'
  | 'answered'
  | 'unwoken'
  | 'stopped'
  | 'step'
  | 'expired'
  | 'conflict'
  | 'made_from'
  | 'repeated'
  | 'goes_on'
  | 'unblocked'
  | 'stuck'
  | 'part'
  | 'app_lost'
  | 'app_over'
  | 'review'
  | 'sent_back'
  | 'approved'
  | 'rounds';

/** A step of a task. */
export type Step =
  | 'created'
  | 'started'
  | 'reopened'
  | 'assigned'
  | 'changed'
  | 'attached'
  | 'overdue'
  | 'finished'
  | 'dropped'
  | 'erased';

/** How closely a person stays with work (pods/involvement/level.ts). */
export type Level = 'every_step' | 'checkpoints' | 'result' | 'digest' | 'none';

/** The part of the pod's document that the needs of its changes depend on. */
export interface InPod {
  involved?: readonly { who: PersonId; level: Level; at?: Step[] }[];
  /** The level of whoever gave a task and said nothing else. */
  involvement?: Level;
}

/** The document that a need is about. A person has one open item for it, however often the need is raised. */
export interface Subject {
  /** The name of the view of the document. */
  on: string;
  id: string;
}

export interface Need {
  who: NeededOf;
  reason: Reason;
  about: Subject;
  conversation?: string;
  /** The message that raised the need. */
  message?: string;
  /** The person or agent who had it, if it is for the owners because they have left the pod. */
  left?: ParticipantId;
  /** The participant who asks, if the change is made by somebody else: a reminder is Skein's act. */
  asker?: ParticipantId;
  /** The person for whom the agent or the deputy that raised it acts. */
  behalf?: PersonId;
  /** Set if the person was asked before and has not answered: they are reminded. */
  again?: true;
  /** The step that was made last. Set if the reason is `step`. */
  step?: Step;
  /** The news of the part. Set if the reason is `part`. */
  became?: 'done' | 'dropped' | 'blocked' | 'review' | 'rounds';
  /** The body of the words that were written with the change. */
  note?: BodyRef;
  /** The due day, YYYY-MM-DD. */
  due?: string;
  /** The time by which the need should be settled, in milliseconds since 1970. */
  neededBy?: number;
  /** Set if the person was told by the message itself, for instance by a real mention in Slack. */
  live?: true;
  /**
   * Set if the person is told of it only together with other items or in the digest, never in a message of its own.
   */
  joins?: true;
}

/** The fields of an item without its person, as a change holds them if the item passes to somebody else. */
export type Passing = Pick<
  Need,
  'reason' | 'about' | 'conversation' | 'message' | 'due' | 'neededBy' | 'note' | 'asker' | 'behalf' | 'live'
>;

/** An item that is open again, as a change holds it. `asker`: the participant who raised it. */
export type ItemBack = Pick<Need, 'who' | 'reason' | 'about' | 'conversation' | 'message' | 'left' | 'behalf'> & {
  asker: ParticipantId;
};

/** `settle`: the person did what was needed. With `withdrawn`, nobody needs it any more. */
/** `notForAsker`: not raised for a person for whom the act is done. `comes`: they may do it from this change on. */
export type Needed = { open: Need; notForAsker?: true; comes?: true } | Settled | Moved | Back;

/**
 * The settling of the item is undone: it is open again as it was, without a message, and notices about it are updated.
 * Whoever is asked anew by the same change gets that instead. Nothing if there was no such item, or it is open.
 */
export interface Back {
  back: Pick<Need, 'who' | 'about'>;
}

/** The item stays open, but the document that it is about has changed. Notices about the item are updated. */
export interface Moved {
  moved: Pick<Need, 'who' | 'about'>;
}

export interface Settled {
  /**
   * With `message`, the item is settled only if that message was the last to raise it. With `deputy`, only if that
   * person stands in for `who` at the time. With `steps`, only news of one of these steps, with `news`, any: it is not so any more.
   */
  settle: Pick<Need, 'who' | 'about' | 'message'> & { deputy?: PersonId; steps?: readonly Step[]; news?: true };
  withdrawn?: true;
}
