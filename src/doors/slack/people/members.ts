// Keeps the members of a pod equal to the members of its channel: by events, and by a full comparison after a downtime.
import { NotFound } from '../../../errors.ts';
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { SlackUser } from '../../../slack/parse/inbound.ts';
import type { SlackContext } from '../context.ts';
import { podOf, rest } from '../pods.ts';
import { agentsCome } from './agents.ts';
import { askedOf, letIn, letOut, personOf, registerUser, slackAccount } from './people.ts';

/** The kind of inbox items that each compare a pod with its channel. */
export const FOLLOW = 'slack-follow';

/**
 * If a channel has more people than this, the comparison is queued in another lane, because each person may cost a call
 * to Slack.
 */
const MOST_AT_ONCE = 80;
const PAGE = 100;

/**
 * Applies a join or a leave. Events may come late or in another order, so a leave is applied first and then Slack is
 * asked who is in the channel.
 */
export async function memberChanged(
  slack: SlackContext,
  { kind, channel, user }: { kind: 'member_joined' | 'member_left'; channel: string; user: string },
  since: number,
): Promise<void> {
  const [pod, person] = await Promise.all([podOf(slack, { channel }), visible(personOf(slack, user))]);
  if (!pod || !person) return;
  if (kind === 'member_left') await letOut(slack, pod.id, person);
  if ((await slack.rosters(channel, since)).has(user)) await letIn(slack, pod.id, person);
}

/**
 * Adds the author of a channel message as a member. Returns false if they have left the channel since; the caller must
 * then remove them again.
 */
export async function memberNow(
  slack: SlackContext,
  pod: PodDoc,
  person: PersonDoc,
  said: { channel: string; user: string; at: number },
  since: number,
): Promise<boolean> {
  const member = await slack.read.get(MEMBERS, memberId(pod.id, person.id as ParticipantId));
  if (member?.state === 'in' || (member && member.since >= said.at)) return true;
  const here = (await slack.rosters(said.channel, since)).has(said.user);
  await letIn(slack, pod.id, person);
  return here;
}

/** Applies a changed name, address or time zone. */
export async function userChanged(slack: SlackContext, user: SlackUser, because: string): Promise<void> {
  const account = slackAccount(slack.identity.teamId, user.id);
  const [known] = await slack.read.find(PEOPLE, { where: { accounts: account }, limit: 1 });
  if (!known || user.isBot) return;
  await registerUser(slack, user, because);
}

/**
 * Adds the channel's people to its pod. For a big channel the work is queued, so that it does not delay the channel's
 * messages.
 */
export async function bringIn(slack: SlackContext, channel: string, because: string): Promise<void> {
  const users = await slack.sender.members(channel);
  if (users.length > MOST_AT_ONCE) return followSoon(slack, [channel], because);
  await compare(slack, channel, users);
}

export async function followSoon(slack: SlackContext, channels: readonly string[], because: string): Promise<void> {
  const items = channels.map((channel) => ({
    id: `slack:follow:${channel}:${because}`,
    lane: `slack:follow:${channel}`,
    kind: FOLLOW,
    payload: { channel },
  }));
  await slack.queue.save(items);
  await slack.queue.ready(items);
}

/** Compares a pod with its channel: archives or restores the pod as the channel is, then adds and removes members. */
export async function follow(slack: SlackContext, channel: string): Promise<void> {
  const pod = await podOf(slack, { channel });
  if (!pod || pod.direct) return;
  if (!(await isOpen(slack, channel))) return rest(slack, channel, false);
  if (pod.state === 'archived' && (await restsByChannel(slack, pod))) await rest(slack, channel, true);
  await compare(slack, channel, await slack.sender.members(channel));
}

async function isOpen(slack: SlackContext, channel: string): Promise<boolean> {
  try {
    const { member, archived } = await slack.sender.channelInfo(channel);
    return member && !archived;
  } catch (error) {
    // The channel was deleted, or it is private and Skein was removed from it.
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/**
 * True if Skein archived the pod because its channel was archived or Skein left it. A pod that an owner archived is not
 * restored.
 */
async function restsByChannel(slack: SlackContext, pod: PodDoc): Promise<boolean> {
  const [commit] = await slack.read.commits(pod.id, pod.seq, pod.seq);
  return commit?.actor === 'skein';
}

async function compare(slack: SlackContext, channel: string, all: readonly string[]): Promise<void> {
  const pod = await podOf(slack, { channel });
  if (!pod) return;
  await agentsCome(slack, pod, all);
  const bots = new Set(slack.identity.agents?.map(({ botUserId }) => botUserId));
  const users = all.filter((user) => !bots.has(user));
  const here = new Set<string>();
  for (let from = 0; from < users.length; from += PAGE)
    for (const person of await peopleOf(slack, users.slice(from, from + PAGE))) {
      here.add(person.id);
      await letIn(slack, pod.id, person);
    }
  const team = slackAccount(slack.identity.teamId, '');
  for (const { state, who } of await slack.read.find(MEMBERS, { where: { pod: pod.id } })) {
    if (state === 'out' || !isPerson(who) || here.has(who)) continue;
    const person = await slack.read.get(PEOPLE, who);
    // People without an account in this workspace are members for another reason than the channel, and stay.
    if (person?.accounts.some((account) => account.startsWith(team))) await letOut(slack, pod.id, person);
  }
}

/**
 * Returns the people of these users, without bots. Reads one after the other, and calls Slack only for new and
 * deactivated users.
 */
async function peopleOf(slack: SlackContext, users: readonly string[]): Promise<PersonDoc[]> {
  const accounts = new Map(users.map((user) => [slackAccount(slack.identity.teamId, user), user]));
  const known = await slack.read.find(PEOPLE, { where: { accounts: { in: [...accounts.keys()] } } });
  const people = known.filter((person) => person.state === 'in');
  for (const { accounts: owned } of people) for (const account of owned) accounts.delete(account);
  for (const user of accounts.values()) {
    const person = await visible(askedOf(slack, user));
    if (person?.state === 'in') people.push(person);
  }
  return people;
}

/** Returns undefined if Slack hides the user from us, as it may for users of another organisation. */
async function visible(asked: Promise<PersonDoc | undefined>): Promise<PersonDoc | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
