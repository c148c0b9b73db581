// import_workflow (Skein's own): takes in a workflow as its file says, or notes that its file is gone. What was started
// before keeps the version that it began with.
import { z } from 'zod';
import { action } from '../action.ts';
import { hashOf } from '../agent-definitions/agent-words.ts';
import { WORKFLOWS, type WorkflowFacts, workflowId } from './workflow.ts';

const facts = z.strictObject({
  title: z.string(),
  purpose: z.string(),
  roles: z.array(z.strictObject({ name: z.string(), what: z.string(), usual: z.string().optional() })),
  steps: z.array(
    z.strictObject({
      ...{ id: z.string(), task: z.string(), text: z.string().optional(), who: z.string() },
      ...{ after: z.array(z.string()), due: z.int().optional(), file: z.string().optional() },
      reviewers: z.array(z.string()).optional(),
      checkpoint: z.strictObject({ name: z.string(), who: z.array(z.string()) }).optional(),
    }),
  ),
  schedule: z.strictObject({ every: z.string(), at: z.string(), zone: z.string().optional() }).optional(),
});

export const importWorkflow = action({
  name: 'import_workflow',
  title: 'Import a workflow',
  description: 'Takes in a workflow from its file.',
  input: z.strictObject({ name: z.string().min(1), facts: facts.nullable().describe('null: its file is gone') }),
  effect: 'write',
  org: true,
  internal: true,
  load: async (read, { name }) => ({ workflow: await read.get(WORKFLOWS, workflowId(name)) }),
  allow: () => 'Workflows are imported by Skein, from templates/workflows.',
  decide({ workflow }, { name, facts }, ctx) {
    const about = { v: 1, on: 'workflows', id: workflowId(name), name } as const;
    if (!facts)
      return {
        changes: workflow && !workflow.gone ? [{ ...about, type: 'workflow_gone' }] : [],
        result: { workflow: { name, imported: false } },
      };
    const hash = hashOf(ctx);
    const stands = workflow?.hash === hash && !workflow.gone;
    return {
      changes: stands ? [] : [{ ...about, type: 'workflow_imported', facts: facts as WorkflowFacts, hash }],
      result: { workflow: { name, imported: !stands } },
    };
  },
});
