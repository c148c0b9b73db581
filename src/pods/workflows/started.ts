// A workflow that was started: the version that it began with, who has which role, and the tasks of its steps.
import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import type { TaskLine } from '../tasks/task.ts';
import type { WorkflowFacts } from './workflow.ts';

export interface StartedWorkflowDoc extends ViewDoc {
  name: string;
  /** The version of its file. A newer file changes nothing here. */
  version: number;
  definition: WorkflowFacts;
  /** By the names of the roles. */
  roles: Record<string, ParticipantId>;
  /** The task of the whole, of which those of the steps are parts. */
  task: string;
  steps: StartedStep[];
  /** The message that lists its steps. Absent if an earlier version started it: that message says how they began. */
  list?: TaskLine;
  by: ParticipantId;
  at: number;
}

export interface StartedStep {
  id: string;
  task: string;
  number: number;
}

export const STARTED_WORKFLOWS = ref<StartedWorkflowDoc>('startedWorkflows');

export type StartedWorkflowChange = { v: 1; on: 'startedWorkflows'; id: string; type: 'workflow_started' } & Pick<
  StartedWorkflowDoc,
  'name' | 'version' | 'definition' | 'roles' | 'task' | 'steps' | 'list'
>;

export function evolveStarted(
  _doc: StartedWorkflowDoc | undefined,
  { name, version, definition, roles, task, steps, list }: StartedWorkflowChange,
  { actor, at }: Meta,
): Own<StartedWorkflowDoc> {
  return { name, version, definition, roles, task, steps, ...(list ? { list } : {}), by: actor, at };
}
