// The workflows that Skein comes with, read as a start reads them.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseWorkflowManifest, type WorkflowManifest } from '../../../src/manifests/workflow-manifest.ts';

const FILES = resolve(import.meta.dirname, '../../../templates/workflows');

export async function shippedWorkflows(): Promise<{ input: WorkflowManifest; hash: string }[]> {
  const names = await readdir(FILES);
  return Promise.all(
    names.map(async (name) => {
      const read = parseWorkflowManifest({
        file: `templates/workflows/${name}`,
        text: await readFile(join(FILES, name), 'utf8'),
      });
      if (read.kind === 'faulty') throw new Error(read.problems.join('\n'));
      return { input: read.manifest, hash: name };
    }),
  );
}
