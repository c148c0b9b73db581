// The deliveries of a file: into a thread in Slack, and out of it once its text is erased.
import type { ParticipantId } from '../../log/participant.ts';
import type { FileRef } from './written.ts';

export interface FileWish extends FileRef {
  conversation: string;
  by: ParticipantId;
}

export interface UnfileWish {
  conversation: string;
  /** The id of the version that was uploaded. */
  version: string;
}

declare module '../deliveries.ts' {
  interface Wishes {
    file: FileWish;
    unfile: UnfileWish;
  }
}
