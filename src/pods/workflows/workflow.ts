// A workflow: a template of tasks for work that comes again, with roles and an order. It is imported from its file into the
// log of the organisation.
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface WorkflowRole {
  name: string;
  /** The work of its participant, in words. */
  what: string;
  /** The handle of the member who has the role if nobody else is named. */
  usual?: string;
}

export interface WorkflowStep {
  id: string;
  /** The title and the text of its task. `{{about}}` and `{{id}}` of a step stand for words and numbers (fill-step.ts). */
  task: string;
  text?: string;
  /** The role that does it. */
  who: string;
  /** The steps that have to be done before. */
  after: string[];
  /** The due day, in days after the start. */
  due?: number;
  /**
   * The name of the file that it makes. It is attached to the task of the step, so that a review is about its version.
   * With a field it is another one at each start: `{{week}}`, `{{date}}`, `{{run}}`, or `{{id}}` of a step, the number of its
   * task (step-files.ts).
   */
  file?: string;
  /** Those who approve the work before the step is done: names of roles, and members such as `@ben`. */
  reviewers?: string[];
  checkpoint?: StepCheckpoint;
}

/** A point of the work at which the agent stops and shows what it has, until these people let it go on. */
export interface StepCheckpoint {
  name: string;
  /** Names of roles, and members such as `@ben`. A role that an agent has stops nobody. */
  who: string[];
}

export interface WorkflowSchedule {
  /** On which days, in words (tasks/repeats/spoken-rule.ts). */
  every: string;
  /** HH:MM. */
  at: string;
  /** An IANA name. Absent: the zone of whoever starts it. */
  zone?: string;
}

export interface WorkflowFacts {
  title: string;
  purpose: string;
  roles: WorkflowRole[];
  steps: WorkflowStep[];
  schedule?: WorkflowSchedule;
}

export interface WorkflowDoc extends ViewDoc, WorkflowFacts {
  name: string;
  /** Counts the versions that were imported, from 1. */
  version: number;
  /** The hash of its file. */
  hash: string;
  /** Set if its file is gone: it can't be started any more. */
  gone?: true;
}

/** The most steps: each is a task that one commit makes. */
export const MOST_STEPS = 50;
export const MOST_ROLES = 10;

export const WORKFLOWS = ref<WorkflowDoc>('workflows');

export type WorkflowChange = { v: 1; on: 'workflows'; id: string; name: string } & (
  | { type: 'workflow_imported'; facts: WorkflowFacts; hash: string }
  | { type: 'workflow_gone' }
);

export function workflowId(name: string): string {
  return `workflow:${name}`;
}

export function evolveWorkflow(
  doc: WorkflowDoc | undefined,
  change: WorkflowChange,
  _meta: Meta,
): Own<WorkflowDoc> | undefined {
  switch (change.type) {
    case 'workflow_imported': {
      const { name, facts, hash } = change;
      return { ...facts, name, hash, version: (doc?.version ?? 0) + 1 };
    }
    case 'workflow_gone':
      return doc && { ...doc, gone: true };
    default:
      change satisfies never;
      return doc;
  }
}
