// The kind `permits`: how history describes a permitted tool call, and how its input is erased.
import { bodiesIn, kind } from '../../log/kind.ts';
import { because } from '../history/phrase.ts';
import { evolvePermit, PERMITS, type PermitChange, type PermitDoc } from './permit.ts';

export const permits = kind<PermitDoc, PermitChange>({
  ref: PERMITS,
  indexes: [{ fields: ['pod', 'conversation'] }],
  evolve: evolvePermit,
  describe(change, names) {
    if (change.type === 'call_permitted') return ['called', change.tool];
    return ['erased', `the input of a call${because(change, names)}`];
  },
  erase: async (_read, { id, by, at, posted, input, erased }) => ({
    kind: 'call',
    id,
    authors: [by],
    since: at,
    posted,
    erased,
    changes: (why): PermitChange[] => [{ v: 1, on: 'permits', id, type: 'call_erased', ...why }],
    bodies: bodiesIn(input),
    blobs: [],
  }),
});
