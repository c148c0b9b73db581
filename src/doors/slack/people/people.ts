// Maps Slack users to people of the organisation, and adds them to pods.
import { Conflict, NotFound } from '../../../errors.ts';
import { idOf } from '../../../log/ids.ts';
import type { AppId, PersonId } from '../../../log/participant.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { ORG } from '../../../pods/members/rights.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import type { SlackUser } from '../../../slack/parse/inbound.ts';
import { SLACKBOT } from '../../../slack/parse/user.ts';
import type { Identity } from '../../../slack/send/identify.ts';
import type { SlackContext } from '../context.ts';

export function slackAccount(team: string, user: string): string {
  return `slack:${team}:${user}`;
}

/**
 * Returns the person of a Slack user, and registers them when first seen. Undefined for a bot. Calls Slack at most once
 * per person.
 */
export async function personOf(slack: SlackContext, user: string): Promise<PersonDoc | undefined> {
  if (user === SLACKBOT) return undefined;
  const account = slackAccount(slack.identity.teamId, user);
  const [known] = await slack.read.find(PEOPLE, { where: { accounts: account }, limit: 1 });
  return known ?? askedOf(slack, user);
}

/**
 * Returns the author of a message: a person, or the id of an app or outsider, whose text is labelled as outside. Throws
 * Retryable.
 */
export async function authorOf(
  slack: SlackContext,
  { user, userName }: { user: string; userName?: string },
): Promise<PersonDoc | AppId> {
  try {
    const person = await personOf(slack, user);
    // Slack writes a bot's user id in this field if the message contains no bot id.
    return person ?? `app:${oneLine(userName || user)}`;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return `app:${oneLine(userName || 'somebody')}, unknown to Slack, ${user}`;
  }
}

/** Returns the participant id of an app, made from the name that the app gives itself. */
export function appNamed({ name, botId, appId }: { name?: string; botId?: string; appId?: string }): AppId {
  return `app:${oneLine(name ?? '') || botId || appId || 'unknown'}`;
}

function oneLine(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 80)
    .toWellFormed();
}

/** Returns the same as `personOf`, but always calls Slack. */
export async function askedOf(slack: SlackContext, user: string): Promise<PersonDoc | undefined> {
  if (user === slack.identity.botUserId) return undefined;
  const facts = await slack.sender.userInfo(user);
  if (facts.isBot) return undefined;
  return slack.read.get(PEOPLE, await registerUser(slack, facts, 'first'));
}

/**
 * Registers a Slack user as a person, or updates the person. A deactivated person leaves every pod at once, however
 * Skein learns of it. Returns the person's id.
 */
export async function registerUser(slack: SlackContext, user: SlackUser, because: string): Promise<PersonId> {
  const account = slackAccount(slack.identity.teamId, user.id);
  const [known] = await slack.read.find(PEOPLE, { where: { accounts: account }, limit: 1 });
  const foreign = isForeign(user, slack.identity);
  const input = {
    account,
    name: user.realName,
    handle: user.name,
    ...(user.displayName ? { alias: user.displayName } : {}),
    // An address that another organisation has verified is no proof for this one.
    ...(user.email && !foreign ? { email: user.email } : {}),
    ...(foreign ? { foreign: true } : {}),
    ...(user.title && !foreign ? { title: user.title } : {}),
    ...(user.timeZone ? { timeZone: user.timeZone } : {}),
    role: foreign || user.guest ? 'guest' : user.admin ? 'owner' : 'member',
    state: user.deleted ? 'out' : 'in',
  };
  const { result } = await slack.act<{ person: { id: PersonId } }>({
    pod: ORG,
    actor: 'skein',
    via: 'slack',
    action: 'register_person',
    input,
    // The key contains the facts and the document's version, because facts that return to an earlier value are a new
    // change.
    key: `person:${because}:${idOf('f', JSON.stringify(input), known?.seq ?? 0)}`,
  });
  const { id } = result.person;
  if (user.deleted) await letOutOfAll(slack, id);
  return id;
}

/**
 * True for a user of another organisation (Slack Connect). People in other workspaces of our Enterprise organisation
 * are ours.
 */
export function isForeign(
  { stranger, teams }: Pick<SlackUser, 'stranger' | 'teams'>,
  { teamId, enterpriseId }: Pick<Identity, 'teamId' | 'enterpriseId'>,
): boolean {
  return stranger || (teams.length > 0 && !teams.some((team) => team === teamId || team === enterpriseId));
}

/** Adds the person to the pod, unless they are in it already. */
export async function letIn(slack: SlackContext, pod: string, person: PersonDoc): Promise<void> {
  const member = await slack.read.get(MEMBERS, memberId(pod, person.id as PersonId));
  if (member?.state === 'in') return;
  await tolerate(
    slack.act({
      pod,
      actor: 'skein',
      via: 'slack',
      action: 'add_member',
      input: { who: person.id, role: person.role === 'guest' ? 'guest' : 'member' },
      // `seq` makes the key new after each change of the membership.
      key: `join:${person.id}:${member?.seq ?? 0}`,
    }),
  );
}

async function letOutOfAll(slack: SlackContext, id: PersonId): Promise<void> {
  const [person, members] = await Promise.all([
    slack.read.get(PEOPLE, id),
    slack.read.find(MEMBERS, { where: { who: id } }),
  ]);
  for (const { state, pod } of members) if (person && state === 'in') await letOut(slack, pod, person);
}

export async function letOut(slack: SlackContext, pod: string, person: PersonDoc): Promise<void> {
  const member = await slack.read.get(MEMBERS, memberId(pod, person.id as PersonId));
  if (member?.state !== 'in') return;
  await tolerate(
    slack.act({
      pod,
      actor: 'skein',
      via: 'slack',
      action: 'remove_member',
      input: { who: person.id },
      key: `leave:${person.id}:${member.seq}`,
    }),
  );
}

/** Ignores a Conflict: another process did the same. */
async function tolerate(done: Promise<unknown>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof NotFound)) throw error;
  }
}
