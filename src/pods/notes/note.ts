// A note: a decision or a learning, stored in the pod.
import type { BodyRef } from '../../log/body.ts';
import { type Labels, passedOn } from '../../log/labels/label.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface NoteDoc extends ViewDoc {
  kind: 'decision' | 'learning';
  /** Empty after an erasure. */
  body: BodyRef | '';
  by: ParticipantId;
  at: number;
  posted: number;
  conversation?: string;
  labels?: Labels<'body'>;
  erased?: Erased;
}

export const NOTES = ref<NoteDoc>('notes', upcastNote);

export type NoteChange = { v: 1 | 2; on: 'notes'; id: string } & (
  | { type: 'note_recorded'; kind: NoteDoc['kind']; body: BodyRef; conversation?: string; labels?: Labels<'body'> }
  /** Words that quoted an erased text were taken out of its body. */
  | { type: 'passage_erased' }
  | { type: 'note_erased'; reasonRef?: BodyRef }
);

export function evolveNote(doc: NoteDoc | undefined, change: NoteChange, meta: Meta): Own<NoteDoc> | undefined {
  switch (change.type) {
    case 'note_recorded': {
      const { kind, body, conversation } = change;
      const { actor: by, at, seq: posted, label = change.labels?.body } = meta;
      const labels = label ? { labels: { body: label } } : {};
      return { kind, body, by, at, posted, ...(conversation ? { conversation } : {}), ...labels };
    }
    case 'passage_erased':
      return doc;
    case 'note_erased': {
      if (!doc) return undefined;
      const { labels: _labels, ...rest } = doc;
      return { ...rest, body: '', erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

/** Converts a note of Skein 0.1.0, which stored `outside: true` on a note by an agent that had read text from outside. */
function upcastNote(doc: NoteDoc): NoteDoc {
  const { outside, ...rest } = doc as NoteDoc & { outside?: true };
  return outside ? { ...rest, labels: { body: passedOn(doc.by) } } : doc;
}
