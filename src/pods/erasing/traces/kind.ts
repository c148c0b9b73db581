// The kind `traces`: one open item of whoever erased the text, until they have said of each thing whether it goes too.
import { kind } from '../../../log/kind.ts';
import type { Needed, NeededOf, Subject } from '../../../log/needs/need.ts';
import { evolveTrace, isSettledBy, openIn, TRACES, type TraceChange, type TraceDoc } from './trace.ts';
import { upcastTraceChange } from './trace-upcast.ts';

export const traces = kind<TraceDoc, TraceChange>({
  ref: TRACES,
  indexes: [{ fields: ['pod', 'state'] }],
  upcast: upcastTraceChange,
  evolve: evolveTrace,
  needs(change, before): Needed[] {
    const about = { on: TRACES.name, id: change.id };
    if (change.type === 'trace_found') {
      const { who, joins, things } = change;
      const by = things[0]?.by;
      return by
        ? [{ open: { who, reason: 'made_from', about, asker: by, ...(joins ? { joins } : {}) }, notForAsker: true }]
        : [];
    }
    if (!before) return [];
    const left = openIn(before).some((thing) => !isSettledBy(thing, change));
    // The item of somebody who has left is the owners'.
    const all = [before.who, 'owners' as const];
    return all.map((who) => (left ? { moved: { who, about } } : settled(who, about, change.gone)));
  },
});

/** Where all of it went in some other way, nobody needs an answer any more. */
function settled(who: NeededOf, about: Subject, gone: true | undefined): Needed {
  return { settle: { who, about }, ...(gone ? { withdrawn: true as const } : {}) };
}
