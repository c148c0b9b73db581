// A permit: the record that a call of a server's tool is allowed, appended before the call. Only the process that
// appended it makes the call.
import type { BodyRef } from '../../log/body.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface PermitDoc extends ViewDoc {
  /** The name by which the model calls the tool: `mcp:crm/add`. */
  tool: string;
  /** The conversation of the calling session. */
  conversation: string;
  /** The body with the input as JSON. Empty after an erasure. */
  input: BodyRef | '';
  by: ParticipantId;
  at: number;
  posted: number;
  erased?: Erased;
}

export const PERMITS = ref<PermitDoc>('permits');

export type PermitChange = { v: 1; on: 'permits'; id: string } & (
  | { type: 'call_permitted'; tool: string; conversation: string; input: BodyRef }
  | { type: 'call_erased'; reasonRef?: BodyRef }
);

export function evolvePermit(doc: PermitDoc | undefined, change: PermitChange, meta: Meta): Own<PermitDoc> | undefined {
  switch (change.type) {
    case 'call_permitted': {
      const { tool, conversation, input } = change;
      return { tool, conversation, input, by: meta.actor, at: meta.at, posted: meta.seq };
    }
    case 'call_erased':
      return doc && { ...doc, input: '', erased: erasedBy(meta, change.reasonRef, doc.erased) };
    default:
      change satisfies never;
      return doc;
  }
}
