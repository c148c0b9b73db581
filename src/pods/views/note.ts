// The notebook: decisions and learnings that a pod keeps.
import type { ParticipantId } from '../participant.ts';
import type { Erased, Meta, Own, ViewDoc } from './view.ts';

export interface NoteDoc extends ViewDoc {
  kind: 'decision' | 'learning';
  body: string;
  by: ParticipantId;
  at: number;
  posted: number;
  conversation?: string;
  erased?: Erased;
}

export type NoteChange = { v: 1; on: 'notes'; id: string } & (
  | { type: 'note_recorded'; kind: NoteDoc['kind']; body: string; conversation?: string }
  | { type: 'note_erased'; reason?: string }
);

export function evolveNote(doc: NoteDoc | undefined, change: NoteChange, meta: Meta): Own<NoteDoc> | undefined {
  switch (change.type) {
    case 'note_recorded': {
      const { kind, body, conversation } = change;
      const note = { kind, body, by: meta.actor, at: meta.at, posted: meta.seq };
      return conversation ? { ...note, conversation } : note;
    }
    case 'note_erased': {
      const erased = { by: meta.actor, at: meta.at, ...(change.reason ? { reason: change.reason } : {}) };
      return doc && { ...doc, body: '', erased };
    }
    default:
      change satisfies never;
      return doc;
  }
}
