// Slack's mrkdwn as the plain Markdown of the log, with names for ids, and whom it really mentions.
import { NotFound } from '../errors.ts';
import type { Mentioned } from '../pods/addressing.ts';
import type { PersonId } from '../pods/participant.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import type { InboundFile } from '../slack/inbound.ts';
import { readText } from '../slack/text.ts';
import type { SlackContext } from './context.ts';
import { personOf } from './slack-people.ts';

export async function markdownOf(slack: SlackContext, mrkdwn: string): Promise<string> {
  return (await readSlack(slack, mrkdwn)).text;
}

export interface Words {
  text: string;
  mentioned: Mentioned[];
}

/** What a message says, and to whom; files are named in it. */
export async function wordsOf(
  slack: SlackContext,
  said: { text: string; files: readonly InboundFile[] },
): Promise<Words> {
  const { text, mentioned } = await readSlack(slack, said.text);
  const shown = [text, ...said.files.map(({ name }) => `(file: ${name})`)].filter(Boolean).join('\n') || '(no text)';
  return { text: shown, mentioned };
}

async function readSlack(slack: SlackContext, mrkdwn: string): Promise<Words> {
  const { botUserId } = slack.identity;
  const people = new Map<string, PersonDoc | undefined>();
  for (const [, id = ''] of mrkdwn.matchAll(/<@([A-Z0-9]+)/g))
    if (id !== botUserId && !people.has(id)) people.set(id, await known(slack, id));
  const user = (id: string) => (id === botUserId ? 'Skein' : people.get(id)?.name);
  const { text, mentions, broadcasts } = readText(mrkdwn, { user, botUserId });
  const labels = new Map(
    [...mrkdwn.matchAll(/<@([A-Z0-9]+)\|([^<>\n]*)>/g)].map(([, id = '', label = '']) => [id, label]),
  );
  const called = mentions
    .filter((id) => id !== botUserId)
    .map((id): Mentioned => {
      const person = people.get(id);
      const name = (person?.name ?? labels.get(id) ?? id).replace(/\s+/g, ' ').trim().toLowerCase();
      return { name, ...(person ? { who: person.id as PersonId } : {}) };
    });
  return { text, mentioned: [...called, ...broadcasts.map((name) => ({ name: name.toLowerCase() }))] };
}

async function known(slack: SlackContext, user: string): Promise<PersonDoc | undefined> {
  try {
    return await personOf(slack, user);
  } catch (error) {
    // Somebody Slack does not let us see keeps the name that Slack sent along, or their id.
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
