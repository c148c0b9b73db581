// Finds, makes, renames, archives and restores the pods of Slack channels and direct messages.
import type { AgentId, ParticipantId } from '../../log/participant.ts';
import { slackPodId } from '../../log/place.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { PODS, type PodDoc } from '../../pods/pod/pod.ts';
import { enter } from '../enter.ts';
import type { SlackContext } from './context.ts';

export async function podOf(slack: SlackContext, { channel }: { channel: string }): Promise<PodDoc | undefined> {
  return slack.read.get(PODS, slackPodId(slack.identity.teamId, channel));
}

export async function isMemberOf({ read }: SlackContext, pod: string, { id }: PersonDoc): Promise<boolean> {
  return (await read.get(MEMBERS, memberId(pod, id as ParticipantId)))?.state === 'in';
}

/**
 * Returns the pod of a direct message. It is made with the person's first message. In a direct message with an agent's own
 * app, that agent is the only one.
 */
export async function dmPod(slack: SlackContext, channel: string, person: PersonDoc): Promise<PodDoc | undefined> {
  const known = await podOf(slack, { channel });
  if (known) return known;
  const { teamId } = slack.identity;
  const agent = slack.carrier ? await slack.read.get(AGENTS, `agent:${slack.carrier}`) : undefined;
  const about = agent ? { app: agent.id as AgentId } : {};
  await enter(slack, {
    as: person,
    pod: { id: slackPodId(teamId, channel) },
    via: 'slack',
    action: 'create_pod',
    input: {
      name: `${person.name.slice(0, 60)} and ${(agent?.name ?? 'Skein').slice(0, 15)}`,
      ...(agent ? { agents: [agent.handle] } : {}),
    },
    key: `dm:${channel}`,
    origin: { kind: 'slack', team: teamId, channel, direct: true, ...about },
  });
  return podOf(slack, { channel });
}

export async function channelRenamed(
  slack: SlackContext,
  { channel, name, eventId }: { channel: string; name: string; eventId: string },
): Promise<void> {
  const pod = await podOf(slack, { channel });
  if (!pod || pod.name === name || pod.state === 'archived') return;
  await slack.act({
    pod: pod.id,
    actor: 'skein',
    via: 'slack',
    action: 'update_pod',
    input: { name },
    key: `rename:${eventId}`,
  });
}

/** Archives or restores a pod, after its channel was archived or restored, or Skein was removed or invited. */
export async function rest(
  slack: SlackContext,
  channel: string,
  restore: boolean,
  actor: ParticipantId = 'skein',
): Promise<void> {
  const pod = await podOf(slack, { channel });
  if (!pod || (pod.state === 'active') === restore) return;
  await slack.act({
    pod: pod.id,
    actor,
    via: 'slack',
    action: 'archive_pod',
    input: { restore },
    // `seq` makes the key new after each change of the pod.
    key: `rest:${actor}:${pod.seq}`,
  });
}
