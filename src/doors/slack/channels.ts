// Makes a channel a pod, on a person's command or after Skein was invited.

import { Conflict } from '../../errors.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { slackPodId } from '../../log/place.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { Post } from '../../slack/render/render.ts';
import { enter } from '../enter.ts';
import type { SlackContext } from './context.ts';
import { recallChannel } from './past/past.ts';
import { agentsAway, agentsFor } from './people/agents.ts';
import { bringIn } from './people/members.ts';
import { slackAccount } from './people/people.ts';
import { inviteQuestion, sharedQuestion, welcomeWords } from './pod-posts.ts';
import { isMemberOf, podOf, rest } from './pods.ts';

/** Handles an invitation: asks whether to make a pod, or restores the archived pod of this channel. */
export async function appJoined(
  slack: SlackContext,
  { channel, eventId }: { channel: string; eventId: string },
  at: number,
): Promise<void> {
  if (await podOf(slack, { channel })) {
    await rest(slack, channel, true);
    return bringIn(slack, channel, eventId);
  }
  const { name, shared } = await slack.sender.channelInfo(channel);
  const question = shared
    ? sharedQuestion(slack.texts, { channelName: name })
    : inviteQuestion(slack.texts, { channelName: name, value: channel });
  await postOnce(slack, channel, question, `invite:${eventId}`, at);
}

export interface MadePod {
  pod: string;
  name: string;
  /** False if the channel was a pod already. */
  made: boolean;
  /** Set if recent messages of the channel are being read. */
  past?: true;
}

/** Returned if the channel has readers of another organisation and nobody has confirmed that yet. */
export interface Unsure {
  question: Post;
}

export interface WantedPod {
  name?: string;
  /** True if a person confirmed that the channel has readers of another organisation. */
  shared?: boolean;
  /** When a person asked for the channel's recent messages, in milliseconds since 1970. Absent: they are not read. */
  past?: number;
}

/** Makes the channel a pod. `owner` becomes its owner, and everybody in the channel a member. */
export async function makePod(
  slack: SlackContext,
  channel: string,
  owner: PersonDoc,
  wanted: WantedPod = {},
): Promise<MadePod | Unsure> {
  const known = await podOf(slack, { channel });
  if (known && (await isMemberOf(slack, known.id, owner))) {
    // An owner may restore the archived pod. Anybody else gets a refusal that says who can.
    await rest(slack, channel, true, owner.id as ParticipantId);
    const existing = { pod: known.id, name: known.name, made: false };
    return (await owns(slack, known.id, owner)) ? withPast(slack, channel, existing, wanted) : existing;
  }
  const info = await slack.sender.channelInfo(channel);
  if (info.type === 'im')
    throw new Conflict('A direct message already is a pod of your own: just write to an agent here.');
  if (!info.member)
    throw new Conflict('I am not in this channel, so I would hear nothing here. Invite me with /invite @Skein first.');
  // People who only preview the channel see the question too, but only people in the channel may own its pod.
  const users = await slack.sender.members(channel);
  const here = new Set(users.map((user) => slackAccount(slack.identity.teamId, user)));
  if (!owner.accounts.some((account) => here.has(account)))
    throw new Conflict('You are not in this channel. Join it first, then write `/skein pod new` in it.');
  if (known) return { pod: known.id, name: known.name, made: false };
  if (info.shared && !wanted.shared)
    return { question: sharedQuestion(slack.texts, { channelName: info.name, name: wanted.name ?? '' }) };
  const agents = await agentsFor(slack, users);
  const name = (wanted.name || info.name).slice(0, 80);
  const made = await created(slack, channel, owner, { name, ...(agents ? { agents } : {}) });
  await bringIn(slack, channel, 'created');
  return made.made ? withPast(slack, channel, made, wanted) : made;
}

async function withPast(slack: SlackContext, channel: string, made: MadePod, { past }: WantedPod): Promise<MadePod> {
  if (past === undefined) return made;
  await recallChannel(slack, made.pod, channel, past);
  return { ...made, past: true };
}

async function owns({ read }: SlackContext, pod: string, person: PersonDoc): Promise<boolean> {
  const member = await read.get(MEMBERS, memberId(pod, person.id as ParticipantId));
  return member?.state === 'in' && member.role === 'owner';
}

async function created(
  slack: SlackContext,
  channel: string,
  owner: PersonDoc,
  input: { name: string; agents?: string[] },
): Promise<MadePod> {
  const { name } = input;
  const { teamId: team } = slack.identity;
  const pod = slackPodId(team, channel);
  try {
    await enter(slack, {
      as: owner,
      pod: { id: pod },
      via: 'slack',
      action: 'create_pod',
      input,
      key: `pod:${channel}`,
      origin: { kind: 'slack', team, channel },
    });
    return { pod, name, made: true };
  } catch (error) {
    // A Conflict means that another process has made the pod.
    const known = error instanceof Conflict ? await podOf(slack, { channel }) : undefined;
    if (!known) throw error;
    return { pod, name: known.name, made: false };
  }
}

/**
 * Returns the post that welcomes the channel. `shared`: people of another organisation are in it. `past`: recent
 * messages are being read.
 */
export async function welcome(
  slack: SlackContext,
  { pod, name }: Pick<MadePod, 'pod' | 'name'>,
  { shared = false, past = false }: { shared?: boolean; past?: boolean } = {},
): Promise<Post> {
  const agents = await slack.read.find(AGENTS, { where: { pod: 'org' }, sort: [['id', 'asc']], limit: 20 });
  const away = await agentsAway(slack, pod);
  const here = agents.filter(({ handle }) => !away.has(handle));
  return welcomeWords(slack.texts, { name, agents: here, shared, past });
}

/**
 * Posts to the channel once. `at`: when the cause was saved, in milliseconds since 1970. A post from before that time
 * can't be this one.
 */
export async function postOnce(
  slack: SlackContext,
  channel: string,
  post: Post,
  key: string,
  at: number,
): Promise<void> {
  await slack.sender.post({ channel, posts: [post], key, resend: true, oldest: (at / 1000).toFixed(6) });
}
