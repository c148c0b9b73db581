// Keeps the agents of a pod equal to the agents' own apps in its channel: an app that is invited or removed is a member
// that comes or goes. An agent without an app of its own is a member for another reason, and stays.
import { Conflict, NotAllowed, NotFound } from '../../../errors.ts';
import type { AgentId } from '../../../log/participant.ts';
import { AGENTS } from '../../../pods/agent-definitions/agent.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { ORG } from '../../../pods/members/rights.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { isMemberOf, podOf } from '../pods.ts';
import { personOf } from './people.ts';

/**
 * Returns the handles of the agents that a new pod of this channel has: those without apps of their own, and those whose
 * apps are in the channel. Undefined if no agent has an app, and all are in it. `users`: who is in the channel.
 */
export async function agentsFor(slack: SlackContext, users: readonly string[]): Promise<string[] | undefined> {
  const own = slack.identity.agents ?? [];
  if (!own.length) return undefined;
  const elsewhere = new Set(own.filter(({ botUserId }) => !users.includes(botUserId)).map(({ agent }) => agent));
  const agents = await slack.read.find(AGENTS, { where: { pod: ORG }, sort: [['id', 'asc']] });
  return agents.map(({ handle }) => handle).filter((handle) => !elsewhere.has(handle));
}

/** Returns the handles of the agents with apps of their own that are not in the pod. */
export async function agentsAway(slack: SlackContext, pod: string): Promise<ReadonlySet<string>> {
  const away = new Set<string>();
  for (const { agent } of slack.identity.agents ?? [])
    if ((await slack.read.get(MEMBERS, memberId(pod, `agent:${agent}`)))?.state !== 'in') away.add(agent);
  return away;
}

/** Adds the agents whose apps are in the channel, after a time in which nobody heard of an invitation. */
export async function agentsCome(slack: SlackContext, pod: PodDoc, users: readonly string[]): Promise<void> {
  for (const { agent, botUserId } of slack.identity.agents ?? []) {
    const id: AgentId = `agent:${agent}`;
    const member = users.includes(botUserId) ? await slack.read.get(MEMBERS, memberId(pod.id, id)) : undefined;
    if (!users.includes(botUserId) || member?.state === 'in') continue;
    await act(slack, { pod: pod.id, action: 'add_member', input: { who: id }, key: `join:${id}:${member?.seq ?? 0}` });
  }
}

interface Changed {
  kind: 'agent_joined' | 'agent_left';
  channel: string;
  agent: string;
  /** The user who invited the app. */
  by?: string;
}

/**
 * Applies a join or a leave. The main app and the agent's own are both told of it, and events may come late or in
 * another order, so Slack is asked whether the app is in the channel.
 */
export async function agentChanged(slack: SlackContext, changed: Changed, since: number): Promise<void> {
  const { channel, agent } = changed;
  const id: AgentId = `agent:${agent}`;
  slack.apps.moved(id, channel);
  const pod = await podOf(slack, { channel });
  const user = userOfAgent(slack, agent);
  if (!pod || pod.direct || !user) return;
  const member = await slack.read.get(MEMBERS, memberId(pod.id, id));
  const here = (await slack.rosters(channel, since)).has(user);
  if (here === (member?.state === 'in')) return;
  const key = `${here ? 'join' : 'leave'}:${id}:${member?.seq ?? 0}`;
  if (here) await joined(slack, pod, id, key, changed.by);
  else await act(slack, { pod: pod.id, action: 'remove_member', input: { who: id }, key });
}

function userOfAgent({ identity }: SlackContext, agent: string): string | undefined {
  return identity.agents?.find((one) => one.agent === agent)?.botUserId;
}

/** Adds the agent in the name of whoever invited it. A person who may not add it, or is unknown, leaves it to Skein. */
async function joined(slack: SlackContext, pod: PodDoc, id: AgentId, key: string, by: string | undefined) {
  const person = by ? await personOf(slack, by) : undefined;
  const asked = { action: 'add_member', input: { who: id }, key };
  const invited = person && (await isMemberOf(slack, pod.id, person)) ? person : undefined;
  if (invited && (await done(enter(slack, { ...asked, as: invited, pod, via: 'slack' })))) return;
  await act(slack, { ...asked, pod: pod.id });
}

async function act(slack: SlackContext, asked: { pod: string; action: string; input: object; key: string }) {
  await done(slack.act({ ...asked, actor: 'skein', via: 'slack' }));
}

/** Returns false if the person may not do it. A Conflict means that another process did the same. */
async function done(doing: Promise<unknown>): Promise<boolean> {
  try {
    await doing;
  } catch (error) {
    if (error instanceof NotAllowed) return false;
    if (!(error instanceof Conflict || error instanceof NotFound)) throw error;
  }
  return true;
}
