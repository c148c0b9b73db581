// The kind `traces`: an open item of whoever erased the text, until they say whether the thing goes too.
import { kind } from '../../../log/kind.ts';
import type { Needed } from '../../../log/needs/need.ts';
import { evolveTrace, TRACES, type TraceChange, type TraceDoc } from './trace.ts';

export const traces = kind<TraceDoc, TraceChange>({
  ref: TRACES,
  indexes: [{ fields: ['pod', 'who', 'state'] }],
  evolve: evolveTrace,
  needs(change, before): Needed[] {
    const about = { on: TRACES.name, id: change.id };
    if (change.type === 'trace_found')
      return [{ open: { who: change.who, reason: 'made_from', about, asker: change.by } }];
    // The item of somebody who has left is the owners'.
    return before ? [{ settle: { who: before.who, about } }, { settle: { who: 'owners', about } }] : [];
  },
});
