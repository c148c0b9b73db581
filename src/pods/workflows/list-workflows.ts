// list_workflows: the workflows that can be started, with their roles and steps.
import { z } from 'zod';
import { action } from '../action.ts';
import { ORG } from '../members/rights.ts';
import { WORKFLOWS, type WorkflowDoc } from './workflow.ts';

export const listWorkflows = action({
  name: 'list_workflows',
  title: 'List workflows',
  description: 'Lists the workflows that can be started: what each is for, its roles and steps, and its schedule.',
  input: z.strictObject({}),
  effect: 'read',
  org: true,
  allow: 'guest',
  load: async (read) =>
    (await read.find(WORKFLOWS, { where: { pod: ORG }, sort: [['id', 'asc']] })).filter(({ gone }) => !gone),
  decide: (found) => ({ changes: [], result: { workflows: found.map(shown) } }),
});

function shown({ name, title, purpose, version, roles, steps, schedule }: WorkflowDoc) {
  return {
    ...{ name, title, purpose, version, roles },
    steps: steps.map(({ text: _text, ...step }) => step),
    ...(schedule ? { schedule } : {}),
  };
}
