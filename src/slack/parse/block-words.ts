// Reads the visible text of a block of any type. Pure; accepts any shape.
import { childrenOf, fieldOf, isRecord, type Loose, MOST_DEPTH } from './loose.ts';
import { richText } from './rich-text.ts';

/** Returns the block's text as mrkdwn, or an empty text if the block shows none. */
export function blockWords(block: Loose): string {
  return wordsOf(block, 0);
}

/** The fields of a block that contain visible text. The other fields are URLs, ids and settings. */
const SHOWN = new Set([
  ...['text', 'title', 'subtitle', 'body', 'description', 'label', 'hint', 'alt_text', 'pretext', 'fallback'],
  ...['author_name', 'provider_name', 'name', 'details', 'output', 'value', 'message'],
]);
/** The elements whose `value` is not visible: Slack sends it with the click. */
const SENT = new Set(['button', 'overflow', 'datepicker', 'timepicker', 'option', 'workflow_button']);

function wordsOf(block: Loose, depth: number): string {
  if (depth > MOST_DEPTH) return '';
  if (block.type === 'rich_text' || String(block.type).startsWith('rich_text_')) return richText(inRichText(block));
  if (block.type === 'table' || Array.isArray(block.rows)) return tableOf(block, depth);
  const lines = Object.entries(block).flatMap(([key, value]) => shownIn(block, key, value, depth));
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function inRichText(block: Loose): Loose {
  return block.type === 'rich_text' ? block : { elements: [block] };
}

function shownIn(block: Loose, key: string, value: unknown, depth: number): string[] {
  if (typeof value === 'string') {
    const sent = key === 'value' && SENT.has(String(block.type));
    return SHOWN.has(key) && !sent ? [value] : [];
  }
  if (isRecord(value)) return [wordsOf(value, depth + 1)];
  if (!Array.isArray(value)) return [];
  const inner = value.filter(isRecord).map((each) => wordsOf(each, depth + 1));
  // The elements of a context block are joined to one line.
  return block.type === 'context' ? [inner.filter(Boolean).join(' ')] : inner;
}

function tableOf(table: Loose, depth: number): string {
  const rows = Array.isArray(table.rows) ? table.rows : [];
  const lines = rows.map((row: unknown) => {
    const cells = Array.isArray(row) ? row.filter(isRecord) : isRecord(row) ? childrenOf(row, 'cells') : [];
    return cells.map((cell) => oneLine(wordsOf(cell, depth + 1))).join(' | ');
  });
  return [fieldOf(table, 'caption'), ...lines].filter((line) => line.trim() !== '').join('\n');
}

function oneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}
