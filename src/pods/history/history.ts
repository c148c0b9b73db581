// Describes each commit in a sentence, for history, digest and hand-offs. Pure.
import type { Commit, Via } from '../../log/commit.ts';
import type { Names, Phrase } from '../../log/kind.ts';
import type { ParticipantId } from '../../log/participant.ts';
import type { AnyChange } from '../../log/view.ts';
import { KINDS } from '../kinds.ts';
import { called } from '../people/directory.ts';
import { OWN_ACTIONS } from './own-actions.ts';

/** Returns a sentence such as “Ada assigned #3 “Order boxes” to Ben, through Slack”. Erased words are left out. */
export function commitSentence(commit: Commit, names: Names): string {
  return `${actorText(commit, names)} ${deed(commit, names)}${door(commit.via)}`;
}

/** Returns only what was done: “assigned #3 “Order boxes” to Ben”. */
export function deed(commit: Commit, names: Names): string {
  const phrases = main(commit.changes).map((change) => phraseOf(change, commit, names));
  return merged(phrases.filter((one) => one !== undefined)) || `used ${commit.action}`;
}

/**
 * Returns the changes that are described. A mail makes a conversation, a message and a task with the same title, and
 * only the task is described.
 */
function main(changes: readonly AnyChange[]): readonly AnyChange[] {
  if (!changes.some(({ type }) => type === 'task_created')) return changes;
  return changes.filter(({ type }) => type !== 'conversation_started' && type !== 'message_posted');
}

/** True if history shows the commit. Housekeeping has no sentence, such as where a message was posted in Slack. */
export function hasSentence(commit: Commit, names: Names): boolean {
  if (commit.changes.length === 0) return !OWN_ACTIONS.has(commit.action);
  return commit.changes.some((change) => phraseOf(change, commit, names) !== undefined);
}

function actorText({ actor, onBehalfOf }: Commit, { who }: Names): string {
  const name = called(who, actor).name;
  return onBehalfOf && onBehalfOf !== actor ? `${name}, for ${called(who, onBehalfOf).name},` : name;
}

/** Joins phrases that have the same verb: “added Ada, Ben and Scribe”. */
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

export function namedIn({ pod, actor, onBehalfOf, changes }: Commit): ParticipantId[] {
  const named = changes.flatMap((change) => KINDS.get(change.on)?.whoIn?.(change, pod) ?? []);
  return [actor, onBehalfOf, ...named].filter((id) => id !== undefined);
}

/** Returns the phrase for a change. Undefined for housekeeping. */
function phraseOf(change: AnyChange, commit: Commit, names: Names): Phrase | undefined {
  return KINDS.get(change.on)?.describe?.(change, names, commit);
}
