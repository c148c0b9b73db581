// Converts traces from before one trace held all things of an erasure: each thing was a trace of its own.
import type { Subject } from '../../../log/needs/need.ts';
import type { FoundThing, MadeThing, Settled } from './thing.ts';

interface OfOne {
  thing?: Subject;
  by?: FoundThing['by'];
  came?: true;
  among?: number;
  place?: number;
}

/** Converts a document. Returns the same object if there is nothing to convert. */
export function upcastTrace<D extends { things: MadeThing[]; state: 'offered' | Settled }>(doc: D): D {
  const { state } = doc;
  return withThings(doc, (found) => (state === 'offered' ? found : { ...found, as: state }));
}

/** Converts a change. Returns the same object if there is nothing to convert. */
export function upcastTraceChange<C extends { type: string }>(change: C): C {
  return change.type === 'trace_found' ? withThings(change, (found) => found) : change;
}

function withThings<T extends object>(trace: T, made: (found: FoundThing) => MadeThing): T {
  const { thing, by = 'skein', came, among: _among, place: _place, ...rest } = trace as T & OfOne;
  if (!thing) return trace;
  return { ...rest, things: [made({ ...thing, by, ...(came ? { came } : {}) })] } as unknown as T;
}
