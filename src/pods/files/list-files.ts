// list_files: the files of the pod, the newest first.

import { z } from 'zod';
import { quoted } from '../../log/body.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { minute } from '../require.ts';
import { newestFiles } from './listing.ts';

export const listFiles = action({
  name: 'list_files',
  title: 'List files',
  description: "Lists the pod's files, newest first, with version, size in bytes, and who wrote them when.",
  input: z.strictObject({
    after: z.string().optional().describe('The next of an earlier list'),
    limit: z.int().min(1).max(100).default(50),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, asked, ctx) {
    const page = await newestFiles(read, ctx.pod, asked);
    return {
      ...page,
      names: await namesOfAll(
        read,
        page.shown.map(({ by }) => by),
      ),
    };
  },
  decide({ shown, next, names }) {
    return {
      changes: [],
      result: {
        files: shown.map(({ id, name, version, size, by, at, labels, conflict }) => ({
          id,
          name: quoted(name, labels?.hash),
          version,
          size,
          by: called(names, by).name,
          at: minute(at),
          ...(conflict ? { conflict: true as const } : {}),
        })),
        ...(next ? { next } : {}),
        ...marked(shown.map(({ labels }) => labels?.hash)),
      },
    };
  },
});
