// Slack's mrkdwn as the plain Markdown of the log, with names for ids.
import { NotFound } from '../errors.ts';
import type { InboundFile } from '../slack/inbound.ts';
import { readText } from '../slack/text.ts';
import type { SlackContext } from './context.ts';
import { personOf } from './slack-people.ts';

export async function markdownOf(slack: SlackContext, mrkdwn: string): Promise<string> {
  const { botUserId } = slack.identity;
  const names = new Map<string, string | undefined>([[botUserId, 'Skein']]);
  for (const [, id = ''] of mrkdwn.matchAll(/<@([A-Z0-9]+)/g))
    if (!names.has(id)) names.set(id, await nameOf(slack, id));
  return readText(mrkdwn, { user: (id) => names.get(id), botUserId }).text;
}

/** What a message says; files are named in it. */
export async function wordsOf(
  slack: SlackContext,
  said: { text: string; files: readonly InboundFile[] },
): Promise<string> {
  const text = await markdownOf(slack, said.text);
  return [text, ...said.files.map(({ name }) => `(file: ${name})`)].filter(Boolean).join('\n') || '(no text)';
}

async function nameOf(slack: SlackContext, user: string): Promise<string | undefined> {
  try {
    return (await personOf(slack, user))?.name;
  } catch (error) {
    // Somebody Slack does not let us see keeps the name that Slack sent along, or their id.
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
