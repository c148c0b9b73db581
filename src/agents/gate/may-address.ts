// Checks before a run whether the agent may be addressed by the people who woke it, and posts a refusal if not.

import type { Reader } from '../../log/action.ts';
import { isPerson, type ParticipantId } from '../../log/participant.ts';
import { type Asker, mayAddress, notAddressable } from '../../pods/agent-definitions/addressable.ts';
import type { AgentDoc } from '../../pods/agent-definitions/agent.ts';
import { changesOf } from '../../pods/kinds.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { ownersIn } from '../../pods/members/members-of.ts';
import { askersOf } from '../../pods/members/rights.ts';
import { peopleOf } from '../../pods/people/directory.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { PODS } from '../../pods/pod/pod.ts';
import type { RunDeps, Wake } from '../runs/deps.ts';
import { agentOf } from '../sessions/open-session.ts';

/**
 * Returns false if an asker may not address the agent; the thread gets one refusal per person. A message of an agent
 * counts as one of the people for whom that agent acts.
 */
export async function mayWake(deps: Pick<RunDeps, 'act' | 'read'>, wake: Wake): Promise<boolean> {
  const { read } = deps;
  const agent = await agentOf(read, wake.agent);
  if ((agent.addressableBy ?? 'members') === 'members') return true;
  // The answer to a question of the agent always wakes it, also from a person who may not address the agent; and whoever
  // could pause it can let it go on.
  if (await answersIt(read, wake)) return true;
  const askers = await askersOfWake(read, wake);
  const may = await Promise.all(askers.map(async (id) => mayAddress(agent, await askerNamed(read, wake.pod, id))));
  const id = askers[may.indexOf(false)];
  if (!id) return true;
  await deps.act({
    pod: wake.pod,
    actor: wake.agent,
    via: 'model',
    action: 'post_message',
    input: { conversation: wake.conversation, text: notAddressable(agent, await whomToAsk(read, wake.pod, agent)) },
    key: `unheeded:${wake.agent}:${wake.conversation}:${id}`,
  });
  return false;
}

async function answersIt(read: Reader, { pod, seq, agent }: Wake): Promise<boolean> {
  const [commit] = await read.commits(pod, seq, seq);
  const changes = commit ? changesOf(commit) : [];
  return changes.some(
    (change) =>
      (change.on === 'questions' && 'hearer' in change && change.hearer === agent) ||
      change.type === 'run_resumed' ||
      change.type === 'work_handed_back',
  );
}

/**
 * The askers of the commit that woke the agent. If another agent wrote the message, these are all askers of that agent.
 */
async function askersOfWake(read: Reader, { pod, seq }: Wake): Promise<ParticipantId[]> {
  const [commit] = await read.commits(pod, seq, seq);
  if (!commit) return ['skein'];
  // The askers of a task line, which Skein posts, are the people who gave the task.
  const heard = changesOf(commit).flatMap((change) =>
    change.type === 'message_posted'
      ? [...(change.heard ?? []), ...(change.onBehalfOf ? [change.onBehalfOf] : [])]
      : [],
  );
  const people = askersOf({ ...commit, heard });
  return people.length ? people : [commit.actor];
}

async function askerNamed(read: Reader, pod: string, id: ParticipantId): Promise<Asker> {
  const [member, podDoc, person] = await Promise.all([
    read.get(MEMBERS, memberId(pod, id)),
    read.get(PODS, pod),
    isPerson(id) ? read.get(PEOPLE, id) : undefined,
  ]);
  const podOwner = member?.state === 'in' && member.role === 'owner' && !podDoc?.direct;
  return { id, person, podOwner };
}

/**
 * Returns the names of up to three people to ask: the agent's owner, or for a shipped agent, which has no owner, the
 * owners of the pod.
 */
async function whomToAsk(read: Reader, pod: string, agent: AgentDoc): Promise<string[]> {
  const asked = isPerson(agent.owner) ? [agent.owner] : await ownersIn(read, pod);
  return (await peopleOf(read, asked)).slice(0, 3).map(({ name }) => name);
}
