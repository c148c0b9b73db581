// Renders text of others literally, as a quote in rich text: names are no mentions and addresses no links. Pure.
import { neutralMarkdown } from './neutral.ts';
import type { Block } from './render.ts';

/** `lead`: lines above the quote; `note`: a line of ours below it. */
export interface ToQuote {
  lead?: string;
  quote?: string;
  note?: string;
}

/** docs: Block Kit, rich text block. Undefined for an empty quote: Slack refuses empty text. */
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
