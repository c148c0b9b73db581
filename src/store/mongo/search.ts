// Search by a multikey index of words. A word of a query is a prefix range of that index, which MongoDB derives from
// /^word/.
import type { mongo } from 'mongoose';
import type { Posting, Search } from '../port.ts';
import { queryWordsOf, wordsOf } from '../words.ts';
import { calling } from './errors.ts';

interface PostingRow {
  _id: string;
  pod: string;
  kind: string;
  seq: number;
  at: number;
  rank: number;
  words: string[];
}

/** The most ids in one query. */
const MOST_IDS = 1000;

export async function mongoSearch(db: mongo.Db): Promise<Search> {
  const rows = db.collection<PostingRow>('postings');
  await rows.createIndexes([{ key: { pod: 1, words: 1 }, name: 'index_pod_words' }]);
  return {
    async put(postings) {
      await putAll(rows, postings);
    },
    async remove(postings) {
      // A removed posting leaves a row without words, which remembers the version.
      await putAll(
        rows,
        postings.map((gone) => ({ ...gone, kind: '', at: 0, rank: 0, text: '' })),
      );
    },
    async purge() {
      // A replaced row takes the entries of its words along.
    },
    async clear(pod, but) {
      if (!but) return void (await calling(() => rows.deleteMany({ pod })));
      const { ids, upTo } = but;
      const old = { pod, seq: { $lte: upTo } };
      const found = await calling(() => rows.find(old, { projection: { _id: 1 } }).toArray());
      const gone = found.map(({ _id }) => _id).filter((id) => !ids.has(id));
      for (let from = 0; from < gone.length; from += MOST_IDS)
        await calling(() => rows.deleteMany({ ...old, _id: { $in: gone.slice(from, from + MOST_IDS) } }));
    },
    async query(pod, text, limit) {
      const words = queryWordsOf(text);
      if (words.length === 0 || limit === 0) return [];
      const found = await calling(() => rows.aggregate<PostingRow>(pipeline(pod, words, limit)).toArray());
      return found.map(({ _id, kind }) => ({ id: _id, kind }));
    },
  };
}

/** Writes each row, unless a newer version is stored. */
async function putAll(rows: mongo.Collection<PostingRow>, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return;
  const writes = postings.map(({ id, text, ...rest }) => {
    const next = { $literal: { _id: id, ...rest, words: wordsOf(text) } };
    const newer = { $cond: [{ $gt: ['$seq', rest.seq] }, '$$ROOT', next] };
    return { updateOne: { filter: { _id: id }, update: [{ $replaceWith: newer }], upsert: true } };
  });
  await calling(() => rows.bulkWrite(writes, { ordered: true }));
}

/**
 * Returns the aggregation for a query. It reads the index once per word and sorts postings by how many of the words
 * they contain. The words are safe in a regular expression, because they contain only letters and digits.
 */
function pipeline(pod: string, words: readonly string[], limit: number): object[] {
  const [first = [], ...others] = words.map((word) => [
    { $match: { pod, words: new RegExp(`^${word}`) } },
    { $project: { kind: 1, at: 1, rank: 1 } },
  ]);
  return [
    ...first,
    ...others.map((other) => ({ $unionWith: { coll: 'postings', pipeline: other } })),
    {
      $group: {
        _id: '$_id',
        kind: { $first: '$kind' },
        at: { $first: '$at' },
        rank: { $first: '$rank' },
        held: { $sum: 1 },
      },
    },
    { $sort: { held: -1, rank: -1, at: -1, _id: 1 } },
    { $limit: limit },
  ];
}
