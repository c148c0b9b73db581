// Channels that are or become pods: their members, names and end follow Slack's.
import { Conflict, NotFound } from '../errors.ts';
import { isPerson, type ParticipantId } from '../pods/participant.ts';
import { slackPodId } from '../pods/place.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import { inviteQuestion } from '../slack/blocks.ts';
import type { Inbound } from '../slack/inbound.ts';
import type { Post } from '../slack/render.ts';
import type { SlackContext } from './context.ts';
import { podOf } from './slack-messages.ts';
import { letIn, letOut, personOf, registerUser, slackAccount } from './slack-people.ts';

type Of<K extends Inbound['kind']> = Extract<Inbound, { kind: K }>;

/** Skein was invited: it asks whether the channel is to become a pod, or wakes the pod that rests here. */
export async function appJoined(
  slack: SlackContext,
  { channel, eventId }: Of<'app_joined'>,
  resend: boolean,
): Promise<void> {
  const pod = await podOf(slack, { channel });
  if (pod?.state === 'archived') await rest(slack, channel, true, eventId);
  if (pod) return syncMembers(slack, channel, eventId);
  const { name } = await slack.sender.channelInfo(channel);
  const posts = [inviteQuestion({ channelName: name, value: channel })];
  await slack.sender.post({ channel, posts, key: `invite:${eventId}`, resend });
}

/** Makes the channel a pod with this person as its owner, and everybody who is in the channel as a member. */
export async function makePod(
  slack: SlackContext,
  channel: string,
  owner: PersonDoc,
  wanted: { name?: string; purpose?: string },
): Promise<{ pod: string; name: string; repeated: boolean }> {
  const { teamId: team } = slack.identity;
  const info = await slack.sender.channelInfo(channel);
  if (info.type === 'im')
    throw new Conflict('A direct message already is a pod of your own: just write to an agent here.');
  const name = wanted.name || info.name;
  const { repeated } = await slack.act({
    pod: slackPodId(team, channel),
    actor: owner.id as ParticipantId,
    via: 'slack',
    action: 'create_pod',
    input: { name, ...(wanted.purpose ? { purpose: wanted.purpose } : {}) },
    key: `pod:${channel}`,
    origin: { kind: 'slack', team, channel },
  });
  await syncMembers(slack, channel, 'created');
  return { pod: slackPodId(team, channel), name, repeated };
}

export function welcome(name: string, agents: readonly { name: string; handle: string; purpose: string }[]): Post {
  const lines = agents.map((agent) => `• *@${agent.handle}*: ${agent.purpose}`).join('\n');
  const text = `*#${name} is a pod now.* Everybody here is a member. Mention an agent in a thread and it answers there:\n${lines}\n\`/skein help\` shows more.`;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}

/** The pod's members are the channel's: who came or left while nobody listened is let in or out. */
export async function syncMembers(slack: SlackContext, channel: string, because: string): Promise<void> {
  const { teamId: team } = slack.identity;
  const pod = slackPodId(team, channel);
  const users = await slack.sender.members(channel);
  const people = (await Promise.all(users.map((user) => personOf(slack, user)))).filter((one) => one !== undefined);
  for (const person of people) await letIn(slack, pod, person, because);
  const here = new Set(people.map((person) => person.id));
  const members = await slack.read.find('members', { where: { pod } });
  for (const member of members) {
    if (member.state === 'out' || !isPerson(member.who) || here.has(member.who)) continue;
    const person = await slack.read.get('people', member.who);
    // Who has no account in this workspace is not a member through the channel.
    if (person?.accounts.some((account) => account.startsWith(slackAccount(team, ''))))
      await letOut(slack, pod, person, `${because}:${member.since}`);
  }
}

export async function memberJoined(
  slack: SlackContext,
  { channel, user, eventId }: Of<'member_joined' | 'member_left'>,
): Promise<void> {
  const [pod, person] = await Promise.all([podOf(slack, { channel }), personOf(slack, user)]);
  if (pod && person) await letIn(slack, pod.id, person, eventId);
}

export async function memberLeft(
  slack: SlackContext,
  { channel, user, eventId }: Of<'member_joined' | 'member_left'>,
): Promise<void> {
  const [pod, person] = await Promise.all([podOf(slack, { channel }), personOf(slack, user)]);
  if (pod && person) await letOut(slack, pod.id, person, eventId);
}

export async function channelRenamed(
  slack: SlackContext,
  { channel, name, eventId }: Of<'channel_renamed'>,
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

/** The channel was archived, or Skein was taken out of it; or the other way round. */
export async function rest(slack: SlackContext, channel: string, restore: boolean, because: string): Promise<void> {
  const pod = await podOf(slack, { channel });
  if (!pod || (pod.state === 'active') === restore) return;
  await slack.act({
    pod: pod.id,
    actor: 'skein',
    via: 'slack',
    action: 'archive_pod',
    input: { restore },
    key: `rest:${because}`,
  });
}

/** A changed name, address or time zone; who was deactivated loses every pod at once. */
export async function userChanged(slack: SlackContext, { user, eventId }: Of<'user_changed'>): Promise<void> {
  const account = slackAccount(slack.identity.teamId, user.id);
  const [known] = await slack.read.find('people', { where: { accounts: account }, limit: 1 });
  if (!known || user.isBot) return;
  const id = await registerUser(slack, user, eventId);
  const person = await slack.read.get('people', id);
  if (!person) throw new NotFound(`The person ${id} is not there.`);
  if (!user.deleted) return;
  const members = await slack.read.find('members', { where: { who: id } });
  for (const member of members) if (member.state === 'in') await letOut(slack, member.pod, person, eventId);
}
