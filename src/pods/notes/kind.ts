// The kind `notes`: how a note changes, and how it is described, found and erased.
import { bodiesIn, kind, type Names, type Phrase } from '../../log/kind.ts';
import { because, quoted } from '../history/phrase.ts';
import { RECORD } from '../search/rank.ts';
import { evolveNote, NOTES, type NoteChange, type NoteDoc } from './note.ts';

export const notes = kind<NoteDoc, NoteChange>({
  ref: NOTES,
  indexes: [{ fields: ['pod', 'posted'] }],
  evolve: evolveNote,
  search: {
    kind: 'note',
    posting: ({ at, body }) => ({ at, rank: RECORD, bodies: bodiesIn(body) }),
    shown: ({ by, conversation }) => ({ from: by, ...(conversation ? { conversation } : {}) }),
  },
  describe,
  entry(change, { texts }) {
    if (change.type !== 'note_recorded' || !texts.has(change.body)) return undefined;
    const { conversation } = change;
    return { subject: change.id, weight: change.kind, ...(conversation ? { conversation } : {}) };
  },
  sourceErased: 'passages',
  erase: async (_read, { id, by, at, posted, body, erased, conversation }) => ({
    kind: 'note',
    id,
    authors: [by],
    since: at,
    posted,
    erased,
    changes: (why): NoteChange[] => [{ v: 1, on: 'notes', id, type: 'note_erased', ...why }],
    bodies: bodiesIn(body),
    conversation,
    blobs: [],
  }),
});

function describe(change: NoteChange, names: Names): Phrase | undefined {
  switch (change.type) {
    case 'note_recorded': {
      const text = names.texts.get(change.body);
      return ['recorded', text ? `the ${change.kind} ${quoted(text)}` : `a ${change.kind} that is erased`];
    }
    case 'passage_erased':
      return ['erased', 'words in a note that quoted something erased'];
    case 'note_erased':
      return ['erased', `a note${because(change, names)}`];
    default:
      change satisfies never;
      return undefined;
  }
}
