// Renders text that others wrote literally, as a quote in rich text: names in it are no mentions, and addresses are no
// links. Pure.
import { neutralMarkdown } from './neutral.ts';
import type { Block } from './render.ts';

/** `lead`: lines above the quote. `note`: Skein's own line below the quote. */
export interface ToQuote {
  lead?: string;
  quote?: string;
  note?: string;
}

/**
 * Returns the quote as a block (docs: Block Kit, rich text block). Undefined for an empty quote, because Slack refuses
 * empty text.
 */
export function quoteBlock({ lead, quote, note }: ToQuote): Block | undefined {
  const elements = [
    ...part('rich_text_section', lead),
    ...part('rich_text_quote', quote),
    ...part('rich_text_section', note, { italic: true }),
  ];
  return elements.length ? { type: 'rich_text', elements } : undefined;
}

function part(type: string, text = '', style?: { italic: true }): object[] {
  const shown = neutralMarkdown(text.replace(/[^\P{Cc}\n\t]/gu, ' ')).trim();
  return shown ? [{ type, elements: [{ type: 'text', text: shown, ...(style ? { style } : {}) }] }] : [];
}
