// The list of all kinds. Views and changes are derived from it.
import type { Commit } from '../log/commit.ts';
import { type ChangeOf, type Kinds, viewOf } from '../log/kind.ts';
import { agentApps } from './agent-apps/kind.ts';
import { agents } from './agent-definitions/kind.ts';
import { apps } from './apps/kind.ts';
import { conversations, messages, roots } from './conversations/kind.ts';
import { traces } from './erasing/traces/kind.ts';
import { files, versions } from './files/kind.ts';
import { quarantinedMails } from './mail/kind.ts';
import { members } from './members/kind.ts';
import { needs } from './needs/kind.ts';
import { notes } from './notes/kind.ts';
import { people } from './people/kind.ts';
import { permits } from './permits/kind.ts';
import { addresses, pods } from './pod/kind.ts';
import { preferences } from './preferences/kind.ts';
import { questions } from './questions/kind.ts';
import { skills } from './skill-definitions/kind.ts';
import { subscriptions } from './subscriptions/kind.ts';
import { tasks } from './tasks/kind.ts';
import { repeats } from './tasks/repeats/kind.ts';
import { hearings, notices, tellings } from './telling/kind.ts';
import { startedWorkflows, workflows } from './workflows/kind.ts';

const ALL_KINDS = [
  pods,
  members,
  conversations,
  messages,
  tasks,
  files,
  versions,
  notes,
  people,
  agents,
  agentApps,
  apps,
  skills,
  addresses,
  quarantinedMails,
  subscriptions,
  roots,
  permits,
  questions,
  traces,
  preferences,
  needs,
  hearings,
  tellings,
  notices,
  workflows,
  startedWorkflows,
  repeats,
] as const;

export type Change = ChangeOf<(typeof ALL_KINDS)[number]>;

export const KINDS: Kinds = new Map(ALL_KINDS.map((one) => [one.ref.name, one]));

export const VIEW_SPECS = ALL_KINDS.map(viewOf);

/**
 * Returns the changes of a commit, converted from earlier versions. The cast is safe: an action of this program decided
 * each of them, since `act` refuses a log that contains others.
 */
export function changesOf({
  changes,
  actor = 'skein',
}: Pick<Commit, 'changes'> & Partial<Pick<Commit, 'actor'>>): readonly Change[] {
  return changes.map((change) => (KINDS.get(change.on)?.upcast?.(change, actor) ?? change) as Change);
}
