// The document of a pod.

import type { Level } from '../../log/needs/need.ts';
import type { AgentId } from '../../log/participant.ts';
import type { Place } from '../../log/place.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import { type Involved, type Said, withLevel } from '../involvement/level.ts';
import { type Batch, batchesWith } from '../tasks/cards/batch.ts';
import { type MailWorkflow, withStart } from '../workflows/by-mail/mail-workflow.ts';

export interface PodDoc extends ViewDoc {
  name: string;
  purpose: string;
  state: 'active' | 'archived';
  place: Place;
  placeKey: string;
  /** True for a person's own pod: a DM with the agents. */
  direct: boolean;
  /** The agent with whose own Slack app the DM is. No other app is in it, so this one posts all that is said there. */
  app?: AgentId;
  /** Set for the pod of a mail thread: its members are the proved people on the thread. It has no address of its own. */
  mailThread?: true;
  defaultAgent?: AgentId;
  /** The people who said how closely they stay with the pod. */
  involved?: Involved[];
  /** The level of whoever gave a task and said nothing else. */
  involvement?: Level;
  /** The workflow that mails from outside start. Absent: none. */
  mailWorkflow?: MailWorkflow;
  /** The number of tasks ever created. The next task gets the next number. */
  tasks: number;
  /** The newest posts of tasks that were given, which further tasks may join. */
  given?: Batch[];
  createdAt: number;
  /** The number of the commit that archived the pod. Absent while it is active, and if an earlier version archived it. */
  archivedIn?: number;
  /** When the pod was last restored. While it was archived, Skein may have missed messages of its channel. */
  restoredAt?: number;
  /** The wakes that found the pod archived, one for each agent and conversation. They are wished for again when it is restored. */
  resting?: RestingWake[];
}

export interface RestingWake {
  agent: AgentId;
  conversation: string;
  because: string;
  marked?: true;
}

/** The most wakes that rest. Of an older one the agent hears with its next wake. */
const MOST_RESTING = 200;

export const PODS = ref<PodDoc>('pods');

export type PodChange = { v: 1; on: 'pods'; id: string } & (
  | {
      type: 'pod_created';
      name: string;
      purpose: string;
      place: Place;
      placeKey: string;
      direct: boolean;
      app?: AgentId;
      mailThread?: true;
      defaultAgent?: AgentId;
    }
  | { type: 'pod_updated'; name?: string; purpose?: string; defaultAgent?: AgentId }
  /** The default agent has left the pod. `next`: who takes its place; absent if no agent is left. */
  | { type: 'default_agent_left'; next?: AgentId }
  | ({ type: 'pod_followed' } & Said)
  | { type: 'involvement_set'; level: Level }
  | ({ type: 'mail_workflow_set' } & Omit<MailWorkflow, 'started'>)
  | { type: 'mail_workflow_ended' }
  /** A mail starts the workflow. */
  | { type: 'mail_workflow_started' }
  | { type: 'pod_archived' }
  | { type: 'pod_restored' }
  | ({ type: 'wake_rested' } & RestingWake)
  | { type: 'task_counted'; number: number }
  /** A task was given, and its post is open for further ones. */
  | ({ type: 'tasks_given' } & Omit<Batch, 'at'>)
);

export function evolvePod(doc: PodDoc | undefined, change: PodChange, meta: Meta): Own<PodDoc> | undefined {
  if (change.type === 'pod_created') {
    const { name, purpose, place, placeKey, direct, app, mailThread, defaultAgent } = change;
    const created = { name, purpose, place, placeKey, direct, state: 'active' as const, tasks: 0, createdAt: meta.at };
    return {
      ...created,
      ...(app ? { app } : {}),
      ...(mailThread ? { mailThread } : {}),
      ...(defaultAgent ? { defaultAgent } : {}),
    };
  }
  if (!doc) return undefined;
  switch (change.type) {
    case 'pod_updated': {
      const { name = doc.name, purpose = doc.purpose, defaultAgent = doc.defaultAgent } = change;
      return { ...doc, name, purpose, ...(defaultAgent ? { defaultAgent } : {}) };
    }
    case 'default_agent_left': {
      const { defaultAgent: _left, ...rest } = doc;
      return change.next ? { ...rest, defaultAgent: change.next } : rest;
    }
    case 'pod_followed': {
      const { who, level, at } = change;
      return { ...doc, involved: withLevel(doc.involved, { who, level, ...(at ? { at } : {}) }) };
    }
    case 'involvement_set':
      return { ...doc, involvement: change.level };
    case 'mail_workflow_set': {
      const { workflow, roles, by, anHour, aDay } = change;
      return { ...doc, mailWorkflow: { workflow, roles, by, anHour, aDay, started: doc.mailWorkflow?.started ?? [] } };
    }
    case 'mail_workflow_ended': {
      const { mailWorkflow: _ended, ...rest } = doc;
      return rest;
    }
    case 'mail_workflow_started':
      return doc.mailWorkflow ? { ...doc, mailWorkflow: withStart(doc.mailWorkflow, meta.at) } : doc;
    case 'pod_archived':
      return { ...doc, state: 'archived', archivedIn: meta.seq };
    case 'pod_restored': {
      const { archivedIn: _archivedIn, resting: _resting, ...rest } = doc;
      return { ...rest, state: 'active', restoredAt: meta.at };
    }
    case 'wake_rested': {
      const { agent, conversation, because, marked } = change;
      const others = (doc.resting ?? []).filter((one) => one.agent !== agent || one.conversation !== conversation);
      const wake = { agent, conversation, because, ...(marked ? { marked } : {}) };
      return { ...doc, resting: [...others, wake].slice(-MOST_RESTING) };
    }
    case 'task_counted':
      return { ...doc, tasks: Math.max(doc.tasks, change.number) };
    case 'tasks_given': {
      const { message, conversation, by, to, why } = change;
      const batch = { message, conversation, by, at: meta.at, ...(to ? { to } : {}), ...(why ? { why } : {}) };
      return { ...doc, given: batchesWith(doc.given, batch) };
    }
    default:
      change satisfies never;
      return doc;
  }
}
