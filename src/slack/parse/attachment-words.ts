// Reads the text of a message's attachments (forwarded messages, link previews, app content) as mrkdwn, with author and
// time. Pure; accepts any shape.
import { blockWords } from './block-words.ts';
import { childrenOf, fieldOf, isRecord, type Loose, MOST_DEPTH } from './loose.ts';
import { joined } from './repeated-text.ts';

/**
 * Returns the attachment's text as mrkdwn. The docs ("Secondary message attachments") do not describe is_share,
 * is_msg_unfurl and message_blocks, which real messages contain.
 */
export function attachmentWords(attachment: Loose, depth = 0): string {
  if (depth > MOST_DEPTH) return '';
  const words = joined([
    fieldOf(attachment, 'pretext'),
    titleOf(attachment),
    fieldOf(attachment, 'text'),
    ...childrenOf(attachment, 'fields').map(fieldLine),
    ...childrenOf(attachment, 'blocks').map(blockWords),
    ...childrenOf(attachment, 'message_blocks').map((each) => nestedWords(each, depth)),
    ...childrenOf(attachment, 'attachments').map((each) => attachmentWords(each, depth + 1)),
  ]);
  const files = childrenOf(attachment, 'files').map((file) => `(file: ${nameOf(file)})`);
  const footer = isForwarded(attachment) ? '' : fieldOf(attachment, 'footer');
  const shown = [words || fieldOf(attachment, 'fallback'), ...files, footer].filter(Boolean).join('\n');
  const head = headOf(attachment);
  return shown && head ? `${head}:\n${shown}` : shown;
}

/**
 * Returns the text of the messages in the attachment's `message_blocks`. Each has the form `{ team, channel, ts,
 * message: { blocks } }`.
 */
function nestedWords({ message }: Loose, depth: number): string {
  if (!isRecord(message)) return '';
  return joined([
    fieldOf(message, 'text'),
    ...childrenOf(message, 'blocks').map(blockWords),
    ...childrenOf(message, 'attachments').map((each) => attachmentWords(each, depth + 1)),
    ...childrenOf(message, 'files').map((file) => `(file: ${nameOf(file)})`),
  ]);
}

function titleOf(attachment: Loose): string {
  const [title, link] = [fieldOf(attachment, 'title'), fieldOf(attachment, 'title_link')];
  return title && /^https?:[^\s<>|]+$/.test(link) && !title.includes('<') ? `<${link}|${title}>` : title;
}

function fieldLine(field: Loose): string {
  return [fieldOf(field, 'title'), fieldOf(field, 'value')].filter(Boolean).join(': ');
}

function nameOf(file: Loose): string {
  return fieldOf(file, 'name') || fieldOf(file, 'title') || fieldOf(file, 'id');
}

function isForwarded(attachment: Loose): boolean {
  return attachment.is_share === true || attachment.is_msg_unfurl === true || attachment.is_reply_unfurl === true;
}

/**
 * Returns a line with the attachment's kind and author. Returns an empty text for an attachment that an app adds to its
 * own post.
 */
function headOf(attachment: Loose): string {
  const from = fieldOf(attachment, 'from_url') || fieldOf(attachment, 'original_url');
  const kind = kindOf(attachment, from);
  const author = fieldOf(attachment, 'author_name') || fieldOf(attachment, 'author_subname');
  const service = fieldOf(attachment, 'service_name');
  const by = [author, service].filter(Boolean).map(oneLine).join(', ');
  if (!kind) return by && `By ${by}`;
  const at = timeOf(fieldOf(attachment, 'ts'));
  const url = /^https?:[^\s<>|]+$/.test(from) ? from : '';
  return `${[kind, by && `by ${by}`, at && `of ${at}`].filter(Boolean).join(' ')}${url ? ` (${url})` : ''}`;
}

function kindOf(attachment: Loose, from: string): string {
  if (attachment.is_share === true) return 'Forwarded message';
  if (isForwarded(attachment)) return 'Linked message';
  return from || attachment.is_app_unfurl === true ? 'Preview of a link' : '';
}

function timeOf(ts: string): string {
  const ms = Number(ts) * 1000;
  return ts && Number.isFinite(ms) && Math.abs(ms) < 8e15
    ? `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
