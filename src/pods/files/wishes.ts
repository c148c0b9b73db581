// The deliveries of a file: into a thread in Slack or to one person, and out of Slack once its text is erased.
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import type { FileRef } from './written.ts';

/** A file goes to everybody in a conversation, or to the one person who asked for it. */
export type FileWish = FileRef & { by: ParticipantId } & (
    | { conversation: string; person?: never; through?: never }
    | { person: PersonId; through: 'slack' | 'email'; conversation?: never }
  );

export type UnfileWish = {
  /** The id of the version that was uploaded. */
  version: string;
} & ({ conversation: string; person?: never } | { person: PersonId; conversation?: never });

declare module '../deliveries.ts' {
  interface Wishes {
    file: FileWish;
    unfile: UnfileWish;
  }
}
