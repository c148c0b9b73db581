// The notebook: decisions and learnings that a pod keeps.
import type { BodyRef } from '../../log/body.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface NoteDoc extends ViewDoc {
  kind: 'decision' | 'learning';
  /** Empty when it was erased. */
  body: BodyRef | '';
  by: ParticipantId;
  at: number;
  posted: number;
  conversation?: string;
  /** Kept by an agent that had taken in words from outside: data, wherever it is read. */
  outside?: true;
  erased?: Erased;
}

export const NOTES = ref<NoteDoc>('notes');

export type NoteChange = { v: 1; on: 'notes'; id: string } & (
  | { type: 'note_recorded'; kind: NoteDoc['kind']; body: BodyRef; conversation?: string }
  | { type: 'note_erased'; reasonRef?: BodyRef }
);

export function evolveNote(doc: NoteDoc | undefined, change: NoteChange, meta: Meta): Own<NoteDoc> | undefined {
  switch (change.type) {
    case 'note_recorded': {
      const { kind, body, conversation } = change;
      const { actor: by, at, seq: posted, outside } = meta;
      return { kind, body, by, at, posted, ...(conversation ? { conversation } : {}), ...(outside ? { outside } : {}) };
    }
    case 'note_erased':
      return doc && { ...doc, body: '', erased: erasedBy(meta, change.reasonRef, doc.erased) };
    default:
      change satisfies never;
      return doc;
  }
}
