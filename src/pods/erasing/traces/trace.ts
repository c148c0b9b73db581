// A trace: something that an agent made after it had read a text that was erased later, or a file that came with an erased
// message and that others use. Whoever erased the text says
// whether it goes too. It contains no words.
import { idOf } from '../../../log/ids.ts';
import type { Subject } from '../../../log/needs/need.ts';
import type { AgentId, PersonId } from '../../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../../log/view.ts';

export interface TraceDoc extends ViewDoc {
  /** The person who erased the text. */
  who: PersonId;
  /** The document whose words were erased. */
  from: Subject;
  /** The document that the agent made. */
  thing: Subject;
  by: AgentId | 'skein';
  /** Set if it is a file that came with the erased message, and that others use. Then `by` is Skein. */
  came?: true;
  /** How many traces were found together, and the place of this one among them, from 0. */
  among: number;
  place: number;
  state: 'offered' | 'forgotten' | 'kept';
}

export const TRACES = ref<TraceDoc>('traces');

export type TraceChange = { v: 1; on: 'traces'; id: string } & (
  | ({ type: 'trace_found' } & Pick<TraceDoc, 'who' | 'from' | 'thing' | 'by' | 'came' | 'among' | 'place'>)
  | { type: 'trace_settled'; as: 'forgotten' | 'kept' }
);

/** Returns the id of the trace. A thing is offered once to the same person, whatever they erase. */
export function traceId(pod: string, who: PersonId, { on, id }: Subject): string {
  return idOf('trace', pod, who, on, id);
}

export function evolveTrace(doc: TraceDoc | undefined, change: TraceChange, _meta: Meta): Own<TraceDoc> | undefined {
  switch (change.type) {
    case 'trace_found': {
      const { who, from, thing, by, came, among, place } = change;
      return { who, from, thing, by, ...(came ? { came } : {}), among, place, state: 'offered' };
    }
    case 'trace_settled':
      return doc && { ...doc, state: change.as };
    default:
      change satisfies never;
      return doc;
  }
}
