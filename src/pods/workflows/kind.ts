// The kinds `workflows` and `startedWorkflows`: how a definition changes, what was started, and how history describes both.
import { kind } from '../../log/kind.ts';
import { evolveStarted, STARTED_WORKFLOWS, type StartedWorkflowChange, type StartedWorkflowDoc } from './started.ts';
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

export const startedWorkflows = kind<StartedWorkflowDoc, StartedWorkflowChange>({
  ref: STARTED_WORKFLOWS,
  indexes: [{ fields: ['pod'] }, { fields: ['task'] }],
  evolve: evolveStarted,
  describe: ({ name }) => ['started', `the workflow ${name}`],
});
