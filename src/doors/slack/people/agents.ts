// Keeps the agents of a pod equal to the agents' own apps in its channel: an app that is invited or removed is a member
// that comes or goes. An agent without an app of its own is a member for another reason, and stays.
import { Conflict, NotAllowed, NotFound } from '../../../errors.ts';
import type { AgentId } from '../../../log/participant.ts';
import type { Origin } from '../../../log/place.ts';
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
  // An agent whose app is lost speaks through the main app, as one without an app.
  const own = (slack.identity.agents ?? []).filter(({ lost }) => !lost);
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

/**
 * Adds the agents whose apps are in the channel, and removes those that came with their app and whose app is there no more,
 * after a time in which nobody heard of it. An agent whose app was never there was added in words, and stays.
 */
export async function agentsCome(slack: SlackContext, pod: PodDoc, users: readonly string[]): Promise<void> {
  for (const { agent, botUserId, lost } of slack.identity.agents ?? []) {
    if (lost) continue;
    const id: AgentId = `agent:${agent}`;
    const here = users.includes(botUserId);
    const member = await slack.read.get(MEMBERS, memberId(pod.id, id));
    const within = member?.state === 'in';
    // It was taken out in words, and Slack has not taken its app out yet.
    if (member?.appStays && here) continue;
    if (member?.appStays) await appLeft(slack, pod, id, member.seq);
    if (here ? within && member.app : !within || !member.app) continue;
    const key = `${here ? 'join' : 'leave'}:${id}:${member?.seq ?? 0}`;
    if (here) await act(slack, { ...withApp(slack, pod, id), pod: pod.id, key });
    else await act(slack, { pod: pod.id, action: 'remove_member', input: { who: id }, key });
  }
}

/** Returns the act by which an agent comes into the pod with its app. */
function withApp({ identity }: SlackContext, { place }: PodDoc, id: AgentId) {
  const channel = place.kind === 'slack' ? place.channel : '';
  const origin = { kind: 'slack', team: identity.teamId, channel, app: id } as const;
  return { action: 'add_member', input: { who: id }, origin };
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
  // An app that was taken away leaves its channels too. The main app speaks there for its agent, which stays.
  if (!pod || pod.direct || !user || isLost(slack, agent)) return;
  const member = await slack.read.get(MEMBERS, memberId(pod.id, id));
  const here = (await slack.rosters(channel, since)).has(user);
  if (member?.appStays && !here) await appLeft(slack, pod, id, member.seq);
  if (here ? member?.state === 'in' && member.app : member?.state !== 'in') return;
  const key = `${here ? 'join' : 'leave'}:${id}:${member?.seq ?? 0}`;
  if (here) await joined(slack, pod, id, key, changed.by);
  else await act(slack, { pod: pod.id, action: 'remove_member', input: { who: id }, key });
}

/** The agent was taken out in words, and its app has left since: from now on the app brings it back. */
async function appLeft(slack: SlackContext, pod: PodDoc, id: AgentId, seq: number): Promise<void> {
  await act(slack, { pod: pod.id, action: 'record_app_left', input: { agent: id }, key: `went:${id}:${seq}` });
}

function isLost({ identity }: SlackContext, agent: string): boolean {
  return identity.agents?.some((one) => one.agent === agent && one.lost === true) ?? false;
}

function userOfAgent({ identity }: SlackContext, agent: string): string | undefined {
  return identity.agents?.find((one) => one.agent === agent)?.botUserId;
}

/** Adds the agent in the name of whoever invited it. A person who may not add it, or is unknown, leaves it to Skein. */
async function joined(slack: SlackContext, pod: PodDoc, id: AgentId, key: string, by: string | undefined) {
  const person = by ? await personOf(slack, by) : undefined;
  const asked = { ...withApp(slack, pod, id), key };
  const invited = person && (await isMemberOf(slack, pod.id, person)) ? person : undefined;
  if (invited && (await done(enter(slack, { ...asked, as: invited, pod, via: 'slack' })))) return;
  await act(slack, { ...asked, pod: pod.id });
}

async function act(
  slack: SlackContext,
  asked: { pod: string; action: string; input: object; key: string; origin?: Origin },
) {
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
