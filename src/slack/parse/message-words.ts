// Separates the author's own text of a Slack message from text that others wrote. Pure.
import { attachmentWords } from './attachment-words.ts';
import { blockWords } from './block-words.ts';
import { childrenOf, fieldOf, isRecord, type Loose } from './loose.ts';
import { holds, joined, wholeOf } from './repeated-text.ts';

export interface MessageWords {
  /** The author's own text, as mrkdwn. Only this text can mention people and agents. */
  text: string;
  /** Text that the author did not write, as mrkdwn. Absent if there is none. */
  brought?: string;
}

/** The limit of a message's text. A longer text is truncated with a note. Slack's own limit is 40,000. */
const MOST_CHARS = 80_000;

/**
 * Returns the texts of a person's message. The person wrote `text`, rich text blocks and tables; all other blocks,
 * attachments and files were written elsewhere.
 */
export function personWords(text: string, message: Loose): MessageWords {
  const blocks = childrenOf(message, 'blocks');
  const rich = blocks.filter(({ type }) => type === 'rich_text').map(blockWords);
  const tables = blocks.filter(({ type }) => type === 'table').map(blockWords);
  const own = wholeOf(text, rich.join('\n'));
  // Tables are rendered as quotes, because a quote mentions nobody.
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

/** Returns the text of an app's post. All of its blocks and attachments count as the app's own text. */
export function appWords(text: string, message: Loose): string {
  const shown = [
    ...childrenOf(message, 'blocks').map(blockWords),
    ...childrenOf(message, 'attachments').map((each) => attachmentWords(each)),
    ...childrenOf(message, 'files').map(fileWords),
  ];
  return cut(joined([text, ...shown]));
}

/** Returns the text of a mail that was sent into Slack, or the transcript of a voice message (docs: file object). */
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
