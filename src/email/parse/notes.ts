// Collects notes for people about content that was unreadable or left out.
import type { Hidden } from '../html/html-visible.ts';
import type { Way } from '../html/visibility.ts';

export interface Notes {
  add(sentence: string): void;
  hid(hidden: Hidden): void;
  /** Call it if the hidden content was used after all because there is no other. */
  isAll(): void;
  /** True if something was hidden so far. */
  hides(): boolean;
  /** Returns the notes, each sentence once. */
  all(): string[];
}

const ways: Record<Way, string> = {
  style: 'by its style',
  colour: 'in the colour of its background',
  size: 'in letters too small to see',
  position: 'out of sight',
  signs: 'as signs without a width',
};

export function makeNotes(): Notes {
  const sentences: string[] = [];
  const counts = new Map<Way, number>();
  let unsure = false;
  let isAll = false;
  const found = () => (Object.keys(ways) as Way[]).filter((way) => counts.get(way));
  return {
    add(sentence) {
      sentences.push(sentence);
    },
    hid(hidden) {
      unsure ||= hidden.unsure;
      for (const [way, count = 0] of Object.entries(hidden.counts) as [Way, number][])
        counts.set(way, (counts.get(way) ?? 0) + count);
    },
    isAll() {
      isAll = true;
    },
    hides: () => found().length > 0,
    all() {
      const hidden = found();
      const total = hidden.reduce((sum, way) => sum + (counts.get(way) ?? 0), 0);
      const taken = `It has text that no mail program shows (${total} ${total === 1 ? 'character' : 'characters'}, hidden ${listed(hidden.map((way) => ways[way]))}), ${isAll ? 'and no other: it was kept all the same' : 'as many newsletters do; it was left out'}.`;
      const doubt = 'Its styles are more than Skein reads, so text that nobody sees may be among its words.';
      return [...new Set([...sentences, ...(total > 0 ? [taken] : []), ...(unsure ? [doubt] : [])])];
    },
  };
}

function listed(all: readonly string[]): string {
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}
