// Imports the workflows of templates/workflows at the start, as commits of the organisation. The files always count.
import type { Act } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import { ORG } from '../pods/members/rights.ts';
import { WORKFLOWS, workflowId } from '../pods/workflows/workflow.ts';
import type { Shipped } from './read.ts';

/** A workflow whose file is gone can't be started any more; what was started before goes on. */
export async function importWorkflows(
  { act, read }: { act: Act; read: Reader },
  workflows: Shipped['workflows'],
): Promise<void> {
  const known = await read.find(WORKFLOWS, { where: { pod: ORG } });
  const put = async (name: string, facts: object | null, hash: string) => {
    const before = known.find(({ id }) => id === workflowId(name));
    await act({
      ...{ pod: ORG, actor: 'skein', via: 'skein', action: 'import_workflow', input: { name, facts } },
      // A file may be put back as it was before, so the hash alone would be a key that was used.
      key: `import_workflow:${name}:${hash}:${before?.seq ?? 0}`,
      origin: { kind: 'manifest', hash },
    });
  };
  for (const { input, hash } of workflows) {
    const { name, ...facts } = input;
    const before = known.find(({ id }) => id === workflowId(name));
    if (before?.hash !== hash || before.gone) await put(name, facts, hash);
  }
  const names = new Set(workflows.map(({ input }) => input.name));
  for (const { name, hash, gone } of known) if (!gone && !names.has(name)) await put(name, null, hash);
}
