// Tells whoever wrote or pressed something in Slack that a fault of Skein's own kept it from taking that in.
import { UserFacingError } from '../../errors.ts';
import { carriedIn, SLACK, SLACK_OF_AGENT } from '../../inbox/save-slack.ts';
import type { Item } from '../../lanes/item.ts';
import type { Inbound } from '../../slack/parse/inbound.ts';
import { parse } from '../../slack/parse/parse.ts';
import { notice } from '../../slack/render/blocks.ts';
import { carriedBy, type SlackContext } from './context.ts';
import { FILE, reportFile } from './files.ts';
import { whisper } from './forms/give-back.ts';

/** Called before an item of the inbox is set aside. The handlers tell of refusals themselves. */
export async function reportUntaken(all: SlackContext, item: Item, error: unknown): Promise<void> {
  if (item.kind === FILE) return reportFile(all, item, error);
  if (item.payload === '' || error instanceof UserFacingError) return;
  if (item.kind !== SLACK && item.kind !== SLACK_OF_AGENT) return;
  const { body, carrier } = carriedIn(item);
  const slack = carriedBy(all, carrier);
  const said = saidIn(parse(body, { ...slack.identity, ...(carrier ? { carrier } : {}) }));
  if (!said) return;
  const { channel, user, part, threadTs } = said;
  const post = notice(slack.texts.fill('message-notes', part));
  if (channel && threadTs) return void (await slack.sender.ephemeral({ channel, user, post, threadTs }));
  await whisper(slack, { user, triggerId: item.id }, channel, post);
}

interface Said {
  part: 'message-untaken' | 'press-untaken';
  user: string;
  channel?: string | undefined;
  threadTs?: string | undefined;
}

/** Undefined for what no person did on purpose: nobody waits for an answer to it. */
function saidIn(inbound: Inbound): Said | undefined {
  switch (inbound.kind) {
    case 'message_posted':
    case 'message_edited': {
      if (inbound.kind === 'message_edited' && inbound.app) return undefined;
      const { user, channel, threadTs } = inbound;
      return { part: 'message-untaken', user, channel, ...(threadTs ? { threadTs } : {}) };
    }
    case 'button':
    case 'command':
    case 'form':
    case 'message_shortcut':
      return {
        part: 'press-untaken',
        user: inbound.user,
        ...('channel' in inbound && inbound.channel ? { channel: inbound.channel } : {}),
      };
    default:
      return undefined;
  }
}
