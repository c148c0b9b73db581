// Keeps the members of a pod equal to those of its channel: by events, and by a full comparison after a downtime.
import { NotFound } from '../../../errors.ts';
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { SlackUser } from '../../../slack/parse/inbound.ts';
import type { SlackContext } from '../context.ts';
import { podOf, rest } from '../pods.ts';
import { askedOf, letIn, letOut, personOf, registerUser, slackAccount } from './people.ts';

/** The kind of inbox items that compare a pod with its channel. */
export const FOLLOW = 'slack-follow';

/** More joins than this are registered outside the channel's lane, because each may cost a call to Slack. */
const MOST_AT_ONCE = 80;
const PAGE = 100;

/** Events may come late or in another order: a leave is applied at once, and then Slack is asked who is in. */
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

/** Adds the author of a channel message as a member. Returns false if they have left the channel since, and must be removed again. */
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

/** Handles a changed name, address or time zone. A deactivated person is removed from every pod at once. */
export async function userChanged(slack: SlackContext, user: SlackUser, because: string): Promise<void> {
  const account = slackAccount(slack.identity.teamId, user.id);
  const [known] = await slack.read.find(PEOPLE, { where: { accounts: account }, limit: 1 });
  if (!known || user.isBot) return;
  const id = await registerUser(slack, user, because);
  if (!user.deleted) return;
  const members = await slack.read.find(MEMBERS, { where: { who: id } });
  for (const { state, pod } of members) if (state === 'in') await letOut(slack, pod, { ...known, id });
}

/** Compares at once in a small channel. In a big one it is queued, so that it does not delay the channel's messages. */
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

/** Compares a pod with its channel: does the channel still exist for Skein, and who is in it? */
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
    // A private channel that Skein was removed from, or a deleted one.
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** True if Skein archived the pod, because its channel was archived or Skein left it. A pod that an owner archived stays archived. */
async function restsByChannel(slack: SlackContext, pod: PodDoc): Promise<boolean> {
  const [commit] = await slack.read.commits(pod.id, pod.seq, pod.seq);
  return commit?.actor === 'skein';
}

async function compare(slack: SlackContext, channel: string, users: readonly string[]): Promise<void> {
  const pod = await podOf(slack, { channel });
  if (!pod) return;
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
    // People without an account in this workspace are not members through the channel.
    if (person?.accounts.some((account) => account.startsWith(team))) await letOut(slack, pod.id, person);
  }
}

/** The users who may be members, read one after the other. Slack is asked only about new and deactivated users. */
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

/** Slack may hide users of another organisation from us. */
async function visible(asked: Promise<PersonDoc | undefined>): Promise<PersonDoc | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
