// The ways to settle an upload over a newer version, and how a person says them. Pure.
import type { ParticipantId } from '../../../log/participant.ts';

/** `upload`: it takes the place of the newer version. `newer`: the newer version stays, and the upload is hidden. */
export const KEEPS = ['upload', 'newer', 'both'] as const;

export type Keep = (typeof KEEPS)[number];

/** Reads “keep mine”, “keep theirs” and “keep both” as this person means it. Undefined for all other words. */
export function keepIn(
  text: string,
  { person, uploader }: { person: string; uploader: ParticipantId },
): Keep | undefined {
  const [, word] = /^\s*keep\s+(mine|theirs|both)\s*[.!]?\s*$/i.exec(text.slice(0, 100)) ?? [];
  if (!word) return undefined;
  if (word.toLowerCase() === 'both') return 'both';
  return (word.toLowerCase() === 'mine') === (person === uploader) ? 'upload' : 'newer';
}
