// Converts Slack's mrkdwn to the Markdown of the log: replaces ids by names, and lists the people whom the text
// mentions.

import { NotFound } from '../../errors.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Mentioned } from '../../log/place.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import type { InboundFile } from '../../slack/parse/inbound.ts';
import { readText } from '../../slack/parse/text.ts';
import { SLACKBOT } from '../../slack/parse/user.ts';
import type { SlackContext } from './context.ts';
import { personOf, slackAccount } from './people/people.ts';

export async function markdownOf(slack: SlackContext, mrkdwn: string): Promise<string> {
  return (await readSlack(slack, mrkdwn)).text;
}

export interface Words {
  text: string;
  mentioned: Mentioned[];
}

export interface MessageWords extends Words {
  /** The names of the files that were shared with the message. */
  files: string[];
  /** Text in the message that its author did not write. */
  outside?: string;
}

/**
 * Returns the author's own text, which may be empty, and the people whom it mentions. File names are separate, because
 * the author may not have chosen them.
 */
export async function wordsOf(
  slack: SlackContext,
  said: { kind: string; app?: object; text: string; brought?: string; files: readonly InboundFile[] },
): Promise<MessageWords> {
  const byApp = said.kind === 'app_message' || said.app !== undefined;
  const { text, mentioned } = byApp
    ? { text: await readOutside(slack, said.text), mentioned: [] }
    : await readSlack(slack, said.text);
  const outside = said.brought && (await readOutside(slack, said.brought));
  return { text, mentioned, files: said.files.map(({ name }) => name), ...(outside ? { outside } : {}) };
}

/**
 * Converts text that others wrote. Its mentions wake no agent, and their names are taken from the log, without calling
 * Slack.
 */
export async function readOutside(slack: SlackContext, mrkdwn: string): Promise<string> {
  const { botUserId, teamId } = slack.identity;
  const agents = agentUsers(slack);
  const users = [...new Set([...mrkdwn.matchAll(/<@([A-Z0-9]+)/g)].map(([, user = '']) => user))].slice(0, 200);
  const where = { accounts: { in: users.map((user) => slackAccount(teamId, user)) } };
  const people = users.length ? await slack.read.find(PEOPLE, { where }) : [];
  const user = (id: string) =>
    agents.get(id) ?? people.find(({ accounts }) => accounts.includes(slackAccount(teamId, id)))?.name;
  return readText(mrkdwn, { user, botUserId }).text;
}

async function readSlack(slack: SlackContext, mrkdwn: string): Promise<Words> {
  const { botUserId } = slack.identity;
  const agents = agentUsers(slack);
  const people = new Map<string, PersonDoc | undefined>();
  for (const [, id = ''] of mrkdwn.matchAll(/<@([A-Z0-9]+)/g))
    if (id !== botUserId && !agents.has(id) && !people.has(id)) people.set(id, await known(slack, id));
  const user = (id: string) => {
    if (id === botUserId) return 'Skein';
    return id === SLACKBOT ? 'Slackbot' : (agents.get(id) ?? people.get(id)?.name);
  };
  const { text, mentions, broadcasts } = readText(mrkdwn, { user, botUserId });
  const labels = new Map(
    [...mrkdwn.matchAll(/<@([A-Z0-9]+)\|([^<>\n]*)>/g)].map(([, id = '', label = '']) => [id, label]),
  );
  const called = mentions
    .filter((id) => id !== botUserId)
    .map((id): Mentioned => {
      const agent = agents.get(id);
      if (agent) return { name: agent, who: `agent:${agent}` };
      const person = people.get(id);
      const name = (person?.name ?? labels.get(id) ?? id).replace(/\s+/g, ' ').trim().toLowerCase();
      return { name, ...(person ? { who: person.id as PersonId } : {}) };
    });
  return { text, mentioned: [...called, ...broadcasts.map((name) => ({ name: name.toLowerCase() }))] };
}

/** Returns the handles of the agents that have Slack apps of their own, by the user ids of these apps. */
function agentUsers({ identity }: SlackContext): ReadonlyMap<string, string> {
  return new Map((identity.agents ?? []).map(({ botUserId, agent }) => [botUserId, agent]));
}

async function known(slack: SlackContext, user: string): Promise<PersonDoc | undefined> {
  try {
    return await personOf(slack, user);
  } catch (error) {
    // If Slack hides a user from us, the mention shows the name that Slack sent with it, or the user id.
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
