// list_versions: the versions of a file, the newest first, or what one of them changed.
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { quoted } from '../../log/body.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { minute } from '../require.ts';
import { fileNamed } from './files.ts';
import { newestVersions } from './listing.ts';
import { changesIn } from './version-changes.ts';

const version = z.int().min(1).optional();

export const listVersions = action({
  name: 'list_versions',
  title: 'List the versions of a file',
  description: 'Lists who wrote which version of a file when, newest first. With changes_in, shows what one changed.',
  input: z.strictObject({
    name: z.string().min(1).describe('Name or id'),
    changes_in: version.describe('The number of a version: the lines in which it differs from the one before'),
    before: version.describe('Only versions with a smaller number'),
    limit: z.int().min(1).max(100).default(20),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { name, changes_in: changed, before, limit }, ctx) {
    const file = await fileNamed(read, ctx.pod, name);
    const page = await newestVersions(
      read,
      file.id,
      changed === undefined ? { limit, before } : { limit: 2, before: changed + 1 },
    );
    const { shown, next } = page;
    if (changed !== undefined && shown[0]?.version !== changed)
      throw new NotFound(`“${file.name}” has no version ${changed}; the newest is ${file.version}.`);
    const [newer, older] = shown;
    return {
      file,
      shown: changed === undefined ? shown : shown.slice(0, 1),
      next: changed === undefined && next ? shown.at(-1)?.version : undefined,
      changes: changed === undefined || !newer ? undefined : await changesIn(read, newer, older),
      labels: (changed === undefined ? [] : shown).map(({ labels }) => labels?.hash),
      names: await namesOfAll(
        read,
        shown.map(({ by }) => by),
      ),
    };
  },
  decide({ file, shown, next, changes, labels, names }) {
    const outside = labels.find((label) => label);
    return {
      changes: [],
      result: {
        file: { id: file.id, name: quoted(file.name, file.labels?.hash), version: file.version },
        versions: shown.map(({ version, by, at, size, restores, erased }) => ({
          version,
          by: called(names, by).name,
          at: minute(at),
          ...(erased ? { erased: true as const } : { size }),
          ...(restores ? { restores } : {}),
        })),
        ...(changes?.lines ? { changes: quoted(changes.lines, outside, file.name) } : {}),
        ...(changes?.note ? { note: changes.note } : {}),
        ...(next ? { next } : {}),
        ...marked([file.labels?.hash, ...labels]),
      },
    };
  },
});
