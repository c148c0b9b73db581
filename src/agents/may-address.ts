// Before a run begins: whether whoever woke the agent may, and one word in the thread where they may not.

import type { Reader } from '../pods/action.ts';
import { mayAddress, notAddressable } from '../pods/addressable.ts';
import { peopleOf } from '../pods/directory.ts';
import { isPerson, type ParticipantId } from '../pods/participant.ts';
import type { AgentDoc } from '../pods/views/agent.ts';
import { memberId } from '../pods/views/member.ts';
import { agentOf } from './open-session.ts';
import type { RunDeps, Wake } from './run.ts';

/** False: it may not, and the thread says so, once for each person there. Agents count as the person they work for. */
export async function heeds(deps: Pick<RunDeps, 'act' | 'read'>, wake: Wake): Promise<boolean> {
  const { read } = deps;
  const agent = await agentOf(read, wake.agent);
  if ((agent.addressableBy ?? 'members') === 'members') return true;
  const id = await askerOf(read, wake);
  const [member, pod, person] = await Promise.all([
    read.get('members', memberId(wake.pod, id)),
    read.get('pods', wake.pod),
    isPerson(id) ? read.get('people', id) : undefined,
  ]);
  const podOwner = member?.state === 'in' && member.role === 'owner' && !pod?.direct;
  if (mayAddress(agent, { id, person, podOwner })) return true;
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

/** Whose word the commit is that woke the agent. */
async function askerOf(read: Reader, { pod, seq }: Wake): Promise<ParticipantId> {
  const [commit] = await read.commits(pod, seq, seq);
  return [commit?.actor, commit?.onBehalfOf].find(isPerson) ?? commit?.actor ?? 'skein';
}

/** The agent's owner; of one that came with Skein the people it names, or the owners of the pod. */
async function whomToAsk(read: Reader, pod: string, agent: AgentDoc): Promise<string[]> {
  const members = (await read.find('members', { where: { pod } })).filter(({ state }) => state === 'in');
  const owners = members.filter(({ role }) => role === 'owner').map(({ who }) => who);
  const asked = isPerson(agent.owner) ? [agent.owner] : owners;
  return (await peopleOf(read, asked)).slice(0, 3).map(({ name }) => name);
}
