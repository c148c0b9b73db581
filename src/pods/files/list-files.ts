// list_files: the files of the pod, sorted by name.

import { z } from 'zod';
import { quoted } from '../../log/body.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { minute } from '../require.ts';
import { FILES } from './file.ts';
import { withFileNames } from './files.ts';

export const listFiles = action({
  name: 'list_files',
  title: 'List files',
  description: "Lists the pod's files with version, size in bytes, and who wrote them when.",
  input: z.strictObject({}),
  effect: 'read',
  allow: 'guest',
  async load(read, _input, ctx) {
    const all = await read.find(FILES, { where: { pod: ctx.pod } });
    const named = await withFileNames(
      read,
      all.filter((file) => !file.erased),
    );
    const files = named.sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      files,
      names: await namesOfAll(
        read,
        files.map((file) => file.by),
      ),
    };
  },
  decide({ files, names }) {
    return {
      changes: [],
      result: {
        files: files.map(({ id, name, version, size, by, at, labels }) => ({
          id,
          name: quoted(name, labels?.hash),
          version,
          size,
          by: called(names, by).name,
          at: minute(at),
        })),
        ...marked(files.map(({ labels }) => labels?.hash)),
      },
    };
  },
});
