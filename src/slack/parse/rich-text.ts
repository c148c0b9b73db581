// Converts a rich_text block to mrkdwn, as Slack writes it into `text`. Pure; accepts any shape.
import { childrenOf, fieldOf, isRecord, type Loose, MOST_DEPTH } from './loose.ts';

/**
 * Returns the block as mrkdwn (docs: Block Kit, rich text block). Lists, quotes and code stay marked, because names in
 * code and quotes are no mentions.
 */
export function richText(block: Loose): string {
  return childrenOf(block, 'elements')
    .map((part) => partOf(part, 0))
    .filter((part) => part.trim() !== '')
    .join('\n');
}

function partOf(part: Loose, depth: number): string {
  if (depth > MOST_DEPTH) return '';
  switch (part.type) {
    case 'rich_text_list':
      return listOf(part);
    case 'rich_text_quote':
      return inLine(part).replace(/^/gm, '> ');
    case 'rich_text_preformatted':
      return `\`\`\`\n${inLine(part)}\n\`\`\``;
    case 'rich_text_section':
      return inLine(part).replace(/\n$/, '');
    default: {
      const inner = childrenOf(part, 'elements').map((each) => partOf(each, depth + 1));
      return inner.length ? inner.join('\n') : elementOf(part);
    }
  }
}

function listOf(list: Loose): string {
  const indent = '  '.repeat(Math.min(Number(list.indent) || 0, MOST_DEPTH));
  const first = Number(list.offset) || 0;
  const quote = list.border ? '> ' : '';
  return childrenOf(list, 'elements')
    .map((item, n) => {
      const marker = list.style === 'ordered' ? `${first + n + 1}.` : '-';
      return `${quote}${indent}${marker} ${partOf(item, 1).replaceAll('\n', `\n${quote}${indent}  `)}`;
    })
    .join('\n');
}

function inLine(part: Loose): string {
  return childrenOf(part, 'elements').map(elementOf).join('');
}

/** Renders one element of a line. For an unknown element, returns its text. */
function elementOf(element: Loose): string {
  const { type, style } = element;
  const text = fieldOf(element, 'text');
  switch (type) {
    case 'user':
      return `<@${fieldOf(element, 'user_id')}>`;
    case 'channel':
      return `<#${fieldOf(element, 'channel_id')}>`;
    case 'usergroup':
      return `<!subteam^${fieldOf(element, 'usergroup_id')}>`;
    case 'broadcast':
      return `<!${fieldOf(element, 'range')}>`;
    case 'emoji':
      return `:${fieldOf(element, 'name')}:`;
    case 'link': {
      const url = fieldOf(element, 'url');
      return text && text !== url ? `<${url}|${escaped(text).replaceAll('|', '¦')}>` : `<${url}>`;
    }
    case 'date':
      return escaped(fieldOf(element, 'fallback') || fieldOf(element, 'timestamp'));
    case 'color':
      return fieldOf(element, 'value');
    default:
      return styled(escaped(text), isRecord(style) ? style : {});
  }
}

/** Escapes `&`, `<` and `>`, which are escaped in mrkdwn and not in rich text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function styled(text: string, style: Loose): string {
  const words = text.trim();
  if (!words || words.includes('\n')) return text;
  const start = text.length - text.trimStart().length;
  const marks = [style.code && '`', style.bold && '*', style.italic && '_', style.strike && '~'].filter(Boolean);
  return `${text.slice(0, start)}${marks.join('')}${words}${marks.reverse().join('')}${text.slice(start + words.length)}`;
}
