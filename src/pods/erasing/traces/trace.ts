// A trace: what is left of a text that was erased or edited away: what agents made from it, the files that came with it
// and that others use, and the earlier words themselves. One document for each text: whoever erased or edited it says
// which of the things go too. It contains no words.
import { idOf } from '../../../log/ids.ts';
import type { Subject } from '../../../log/needs/need.ts';
import type { PersonId } from '../../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../../log/view.ts';
import { type FoundThing, isSame, type MadeThing, type Settled } from './thing.ts';
import { upcastTrace } from './trace-upcast.ts';

export interface TraceDoc extends ViewDoc {
  /** The person who erased or edited the text. */
  who: PersonId;
  /** The document whose words they are. */
  from: Subject;
  /** Their numbers, from 1, stay the same. */
  things: MadeThing[];
  state: 'offered' | Settled;
}

export const TRACES = ref<TraceDoc>('traces', upcastTrace);

export type TraceChange = { v: 1; on: 'traces'; id: string } & (
  | {
      type: 'trace_found';
      who: PersonId;
      from: Subject;
      things: FoundThing[];
      /** Set if the person hears of it with what they are told anyway. */
      joins?: true;
    }
  /** `things`: absent for all of them. `gone`: they went in some other way, and nobody was asked. */
  | { type: 'trace_settled'; things?: Subject[]; as: Settled; gone?: true }
);

export function traceId(pod: string, who: PersonId, { on, id }: Subject): string {
  return idOf('trace', pod, who, on, id);
}

/** Returns the things of which the person has not said whether they go. */
export function openIn({ things }: Pick<TraceDoc, 'things'>): MadeThing[] {
  return things.filter(({ as }) => as === undefined);
}

/** True if the change settles the thing. */
export function isSettledBy(thing: Subject, { things }: { things?: Subject[] }): boolean {
  return !things || things.some((one) => isSame(one, thing));
}

export function evolveTrace(doc: TraceDoc | undefined, change: TraceChange, _meta: Meta): Own<TraceDoc> | undefined {
  switch (change.type) {
    case 'trace_found': {
      const { who, from, things } = change;
      const before = doc?.things ?? [];
      const more = things.filter((thing) => !before.some((one) => isSame(one, thing)));
      // A message that is edited again has earlier words again.
      const again = (one: MadeThing) => one.earlier && things.some((thing) => isSame(one, thing));
      const open = before.map((one) =>
        again(one) ? { on: one.on, id: one.id, by: one.by, earlier: true as const } : one,
      );
      return { who, from, ...withState([...open, ...more]) };
    }
    case 'trace_settled': {
      if (!doc) return undefined;
      const { as } = change;
      const settled = (thing: MadeThing) => (isSettledBy(thing, change) ? { ...thing, as } : thing);
      return { ...doc, ...withState(doc.things.map(settled)) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

function withState(things: MadeThing[]): Pick<TraceDoc, 'things' | 'state'> {
  if (openIn({ things }).length) return { things, state: 'offered' };
  return { things, state: things.some(({ as }) => as === 'forgotten') ? 'forgotten' : 'kept' };
}
