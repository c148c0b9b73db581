// The kind `workflows`: how the definition of a workflow changes, and how history describes it.
import { kind } from '../../log/kind.ts';
import { evolveWorkflow, WORKFLOWS, type WorkflowChange, type WorkflowDoc } from './workflow.ts';

export const workflows = kind<WorkflowDoc, WorkflowChange>({
  ref: WORKFLOWS,
  indexes: [{ fields: ['pod'] }],
  evolve: evolveWorkflow,
  describe: ({ type, name }) => [
    { workflow_imported: 'imported', workflow_gone: 'removed' }[type],
    `the workflow ${name}`,
  ],
});
