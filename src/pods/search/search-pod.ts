// search_pod: finds messages, tasks, files, notes and conversations of the pod by words.

import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { type BodyRef, quoted } from '../../log/body.ts';
import { postingOf } from '../../log/fold.ts';
import type { AnyKind, Shown } from '../../log/kind.ts';
import { type Label, outsideIn } from '../../log/labels/label.ts';
import { action } from '../action.ts';
import { KINDS } from '../kinds.ts';
import { marked } from '../marked.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { minute } from '../require.ts';
import { excerpt } from './excerpt.ts';

const MOST_EXCERPT = 300;

export const searchPod = action({
  name: 'search_pod',
  title: 'Search the pod',
  description:
    'Finds messages, tasks, file names, notes and conversations of the pod by words, the best first. Search before you say that something is not there.',
  input: z.strictObject({
    query: z.string().trim().min(1).max(300).describe('A few words'),
    limit: z.int().min(1).max(50).default(10),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { query, limit }, ctx) {
    // Asks for more results than needed, because some may have been erased since they were indexed.
    const hits = await read.search(ctx.pod, query, limit + 10);
    const all = await Promise.all(hits.map((hit) => foundBy(read, ctx.pod, hit)));
    const found = all.filter((one) => one !== undefined).slice(0, limit);
    const [texts, names] = await Promise.all([
      read.texts(found.flatMap((one) => one.bodies)),
      namesOfAll(
        read,
        found.map((one) => one.from),
      ),
    ]);
    return { found, texts, names };
  },
  decide({ found, texts, names }, { query }) {
    return {
      changes: [],
      result: {
        found: found.map(({ kind, id, prefix, bodies, words, from, at, conversation, label }) => ({
          kind,
          id,
          text: quoted(
            excerpt(
              (prefix ?? '') + (words?.(texts) ?? bodies.flatMap((body) => texts.get(body) || []).join('\n')),
              query,
              MOST_EXCERPT,
            ),
            label,
          ),
          ...(from ? { from: called(names, from).name } : {}),
          at: minute(at),
          ...(conversation ? { conversation } : {}),
        })),
        ...marked(found.map(({ label }) => label)),
      },
    };
  },
});

interface Found extends Shown {
  kind: string;
  id: string;
  bodies: BodyRef[];
  at: number;
  label?: Label;
}

const BY_WORD: ReadonlyMap<string, AnyKind> = new Map(
  [...KINDS.values()].flatMap((kind) => (kind.search ? [[kind.search.kind, kind] as const] : [])),
);

/** Returns the document of a posting. Undefined if it is gone, erased, or of another pod. */
async function foundBy(read: Reader, pod: string, hit: { id: string; kind: string }): Promise<Found | undefined> {
  const kind = BY_WORD.get(hit.kind);
  const doc = kind && (await read.get(kind.ref, hit.id));
  if (!kind || doc?.pod !== pod) return undefined;
  const posting = postingOf(kind, doc);
  if (!posting?.bodies.length) return undefined;
  const { id, bodies, at } = posting;
  const label = outsideIn(doc);
  return { kind: hit.kind, id, bodies, at, ...(label ? { label } : {}), ...kind.search?.shown?.(doc) };
}
