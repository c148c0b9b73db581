// Posts a digest once, as a direct message under the main app's name, with the commands that change it at the end.
import { shownDay } from '../../pods/local-time.ts';
import { mrkdwnOf } from '../../slack/render/neutral.ts';
import { type Block, type Post, render } from '../../slack/render/render.ts';
import type { Sender } from '../../slack/send/send.ts';
import type { Collection } from '../../store/port.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Worded } from '../wordings.ts';
import { begun, type SendingDoc } from './send-once.ts';
import { slackUserOf } from './slack-user.ts';

export interface SlackDigestDeps {
  texts: Texts;
  sender: Pick<Sender, 'openDm' | 'post'>;
  team: string;
  sending: Collection<SendingDoc>;
  clock(): number;
}

export async function digestToSlack(deps: SlackDigestDeps, worded: Worded): Promise<void> {
  const user = slackUserOf(worded.person, deps.team);
  // The person's account is in another workspace, or no longer exists.
  if (!user) return;
  const channel = await deps.sender.openDm(user);
  const earlier = await begun(deps, worded.key);
  await deps.sender.post({
    channel,
    posts: postsOf(deps.texts, worded),
    key: worded.key,
    resend: earlier !== undefined,
    oldest: earlier,
  });
}

/** Returns the posts of a digest. Pure. */
export function postsOf(
  { fill }: Texts,
  { sections, facts, time }: Pick<Worded, 'sections' | 'facts' | 'time'>,
): Post[] {
  const heading = fill('digest', 'subject', { day: shownDay(facts.today) });
  const markdown = sections
    .map(({ title, url, lines }) => {
      const head = url ? `**[${title}](${url})**` : `**${title}**`;
      return `${head}\n${lines.map((line) => `- ${line}\n`).join('')}`;
    })
    .join('\n');
  const said = markdown || fill('digest', 'nothing');
  // The posts contain no real mentions: a digest contains people's names, but must not notify them.
  const { posts } = render({ markdown: said, people: () => undefined });
  return posts.map(({ text, blocks }, n) => ({
    text: n ? text : `${heading}\n${text}`,
    blocks: [
      ...(n ? [] : [header(heading)]),
      ...blocks,
      ...(n === posts.length - 1 ? [footer(fill('digest', 'slack-foot', { time, zone: facts.person.timeZone }))] : []),
    ],
  }));
}

function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text } };
}

function footer(markdown: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwnOf(markdown) }] };
}
