// Commits told in words, one sentence each: pure, so that history, digests and hand-offs tell them alike.
import type { Commit, Via } from '../../log/commit.ts';
import { isAgent, type ParticipantId } from '../../log/participant.ts';
import { whoOf } from '../members/member.ts';
import { called } from '../people/directory.ts';
import type { Change } from '../views.ts';
import { type Known, type Phrase, phraseOf } from './phrases.ts';

export type { Known } from './phrases.ts';

/** “Ada assigned #3 “Order boxes” to Ben, through Slack”; erased words are not in it. */
export function tell(commit: Commit, known: Known): string {
  return `${teller(commit, known)} ${deed(commit, known)}${door(commit.via)}`;
}

/** “assigned #3 “Order boxes” to Ben”: what was done, without who and how. */
export function deed(commit: Commit, known: Known): string {
  const phrases = main(commit.changes).map((change) => phraseOf(change, commit, known));
  return merged(phrases.filter((one) => one !== undefined)) || `used ${commit.action}`;
}

/** A mail begins a conversation with a message and makes a task of the same title: the task says it all. */
function main(changes: readonly Change[]): readonly Change[] {
  if (!changes.some(({ type }) => type === 'task_created')) return changes;
  return changes.filter(({ type }) => type !== 'conversation_started' && type !== 'message_posted');
}

/** Whether there is something to tell: Skein's housekeeping, such as where a message stands in Slack, is nothing to read. */
export function isTold(commit: Commit, known: Known): boolean {
  return commit.changes.length === 0 || commit.changes.some((change) => phraseOf(change, commit, known) !== undefined);
}

function teller({ actor, onBehalfOf }: Commit, { who }: Known): string {
  const name = called(who, actor).name;
  return onBehalfOf && onBehalfOf !== actor ? `${name}, for ${called(who, onBehalfOf).name},` : name;
}

/** What was done by the same verb is told at once: “added Ada, Ben and Scribe”. */
function merged(phrases: readonly Phrase[]): string {
  const byVerb = new Map<string, string[]>();
  for (const [verb, object] of phrases) byVerb.set(verb, [...(byVerb.get(verb) ?? []), object]);
  return listed([...byVerb].map(([verb, objects]) => `${verb} ${listed([...new Set(objects)])}`));
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

function door(via: Via): string {
  switch (via) {
    case 'slack':
      return ', through Slack';
    case 'email':
      return ', by mail';
    case 'mcp':
      return ', through MCP';
    case 'cli':
      return ', on the command line';
    case 'web':
      return ', on the web page';
    case 'model':
    case 'skein':
      return '';
    default:
      via satisfies never;
      return '';
  }
}

/** Everybody whom the sentence of a commit may name. */
export function namedIn({ pod, actor, onBehalfOf, changes }: Commit): ParticipantId[] {
  return [actor, ...(onBehalfOf ? [onBehalfOf] : []), ...changes.flatMap((change) => namedBy(pod, change))];
}

function namedBy(pod: string, change: Change): ParticipantId[] {
  if (change.on === 'members') return [whoOf(pod, change.id)];
  if (change.on === 'agents') return [change.id];
  if (change.type === 'run_stopped') return [change.agent];
  if (change.type === 'task_assigned' || change.type === 'task_created')
    return change.assignee ? [change.assignee] : [];
  if (change.type === 'pod_updated') return isAgent(change.defaultAgent) ? [change.defaultAgent] : [];
  return [];
}
