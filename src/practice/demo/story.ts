// Plays the first minutes of the demo. Its people write in Slack and by mail, and the running Skein does the rest.
import { reasonOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { PracticeMail } from '../mail/server.ts';
import { command } from '../slack/people/command.ts';
import { directBetween, say } from '../slack/people/people.ts';
import type { PracticeSlack } from '../slack/server.ts';

export interface StoryDeps {
  slack: PracticeSlack;
  mail?: PracticeMail;
  channel: string;
  /** Returns the mail address of the demo pod. */
  address(): Promise<string | undefined>;
  /** Resolves when no work is going on in Skein. */
  quiet(): Promise<void>;
  logger: Logger;
}

/** The handle of the person for whom a question and a digest wait. */
export const PROTAGONIST = 'chiara';

const ASKED =
  'The box and the announcement should say the same. @scribe please write a brief called announcement-brief.md about the rye sourdough subscription.';
const QUESTION =
  'the printer needs the colour of the box today: kraft brown or the dark green? Brown is 40 cents cheaper, green is what you drew.';

/** Plays the story. Skips messages that exist already, so it may be called again. */
export async function tellStory({ slack, mail, channel, address, quiet, logger }: StoryDeps): Promise<void> {
  const { workspace } = slack.surfaces;
  const { state } = workspace;
  const person = (handle: string) => [...state.users.values()].find((user) => user.handle === handle)?.id;
  const [ben, chiara, dev] = [person('ben'), person(PROTAGONIST), person('dev')];
  if (!ben || !chiara || !dev || !state.channels.has(channel)) return;
  // Slack stores a mention as the person's id.
  const stands = (text: string) =>
    [...(state.messages.get(channel)?.values() ?? [])].find((one) => one.text.endsWith(text));
  if (stands(QUESTION)) return;
  try {
    const asked = stands(ASKED) ?? say(workspace, chiara, channel, ASKED);
    await quiet();
    const to = mail && (await address());
    if (mail && to && !mail.mails().some(({ raw }) => raw.includes(MILL_ID)))
      await mail.post({ from: 'dev@wildgoose.example', to: [to], raw: Buffer.from(millMail(to)) });
    await quiet();
    say(workspace, ben, channel, `@${PROTAGONIST} ${QUESTION}`, asked.ts);
    await quiet();
    await command(slack.surfaces, {
      user: chiara,
      channel: directBetween(workspace, chiara, state.app.botUserId).id,
      text: '/skein digest now',
    });
  } catch (error) {
    logger.warn('the demo story was cut short', { reason: reasonOf(error) });
  }
}

const MILL_ID = '<flour-price-1@wildgoose.example>';

function millMail(to: string): string {
  return [
    'From: Dev Patel <dev@wildgoose.example>',
    `To: ${to}`,
    'Cc: Ada Lindqvist <ada@wildgoose.example>',
    'Subject: Fwd: Rye flour from December',
    `Message-ID: ${MILL_ID}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'What do we know about the price of a loaf? The mill raises it, see below.',
    '',
    '---------- Forwarded message ---------',
    'From: Holm Mill <orders@holm-mill.example>',
    'Date: Fri, Nov 20, 2026 at 4:12 PM',
    'Subject: Rye flour from December',
    'To: <dev@wildgoose.example>',
    '',
    'Dear all at the Wild Goose,',
    '',
    'from 1 December wholegrain rye costs 1.30 a kilo instead of 1.18. Orders that reach us by 28 November',
    'are still delivered at the old price, up to two tonnes.',
    '',
    'Yours, Holm Mill',
    '',
  ].join('\r\n');
}
