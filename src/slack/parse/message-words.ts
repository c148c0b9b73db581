// Whose words a message of Slack holds: its author's own, and what came with it and was written elsewhere. Pure.
import { attachmentWords } from './attachment-words.ts';
import { blockWords } from './block-words.ts';
import { childrenOf, fieldOf, isRecord, type Loose } from './loose.ts';
import { holds, joined, wholeOf } from './said-already.ts';

export interface MessageWords {
  /** mrkdwn. Only this can address somebody. */
  text: string;
  /** mrkdwn; absent where nothing came with it. */
  brought?: string;
}

/** A message is no book: what is longer is cut, and says so. Slack's own limit for a text is 40,000. */
const MOST_CHARS = 80_000;

/** A person writes `text` and rich text, and fills tables; every other block and all attachments were made elsewhere. */
export function personWords(text: string, message: Loose): MessageWords {
  const blocks = childrenOf(message, 'blocks');
  const rich = blocks.filter(({ type }) => type === 'rich_text').map(blockWords);
  const tables = blocks.filter(({ type }) => type === 'table').map(blockWords);
  const own = wholeOf(text, rich.join('\n'));
  // In a quote, so that no cell calls anybody.
  const table = tables.filter((each) => each && !holds(own, each)).map((each) => each.replace(/^/gm, '> '));
  const others = blocks.filter(({ type }) => type !== 'rich_text' && type !== 'table').map(blockWords);
  const brought = joined([
    ...others.filter((each) => !holds(own, each)),
    ...childrenOf(message, 'attachments').map((each) => attachmentWords(each)),
    ...childrenOf(message, 'files').map(fileWords),
  ]);
  const said = cut([own, ...table].filter(Boolean).join('\n'));
  return { text: said, ...(brought ? { brought: cut(brought) } : {}) };
}

/** All that an app posts are the app's words, or what it shows of others. */
export function appWords(text: string, message: Loose): string {
  const shown = [
    ...childrenOf(message, 'blocks').map(blockWords),
    ...childrenOf(message, 'attachments').map((each) => attachmentWords(each)),
    ...childrenOf(message, 'files').map(fileWords),
  ];
  return cut(joined([text, ...shown]));
}

/** docs: file object: a mail that was sent into Slack, and what Slack heard in a voice message. */
function fileWords(file: Loose): string {
  const { transcription } = file;
  const { preview } = isRecord(transcription) ? transcription : {};
  const heard = isRecord(preview) ? fieldOf(preview, 'content') : '';
  const mail = fieldOf(file, 'plain_text');
  const from = childrenOf(file, 'from').map((each) => fieldOf(each, 'original') || fieldOf(each, 'address'));
  const head = [fieldOf(file, 'subject'), from.length && `from ${from.join(', ')}`].filter(Boolean).join(', ');
  return [heard && `What Slack heard in a recording:\n${heard}`, mail && `Mail ${head}:\n${mail}`]
    .filter(Boolean)
    .join('\n');
}

function cut(text: string): string {
  if (text.length <= MOST_CHARS) return text;
  const kept = text.slice(0, MOST_CHARS).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n… cut here: ${text.length - kept.length} more characters stand in Slack.`;
}
