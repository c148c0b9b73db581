// "What do we know about …?", "why did we …?", and whatever no other intent hears: the pod's own words are looked up.

import { type Intent, list, type Talk, tryCall } from '../intent.ts';
import type { Situation, Wish } from '../situation.ts';
import { quoted, subjectWords } from '../words.ts';
import { abilities } from './small-talk.ts';

const forms = [
  /\bwhat (?:do|did) (?:we|you|i|they) (?:know|have|learn|decide|say|agree)(?: on| about| of| regarding)?\s+(.+)$/is,
  /\bwhat (?:was|were|is|are) (?:decided|said|agreed|known)(?: on| about| regarding)?\s+(.+)$/is,
  /^(?:search|find|look up|look for|google)(?: the pod)?(?: for| me)?\s+(.+)$/is,
  /\b(?:anything|something|more|info(?:rmation)?)\s+(?:on|about)\s+(.+)$/is,
  /^(?:tell (?:me|us) (?:more )?about|remind (?:me|us) what)\s+(.+)$/is,
  /^(?:why did we|when did we|who (?:said|decided|knows)|did (?:we|anyone|somebody)|have we)\s+(.+)$/is,
];

interface Found {
  kind: string;
  id: string;
  text: string;
  from?: string;
  at?: string;
}

export const search: Intent = {
  hear({ text }) {
    const about = forms.map((form) => form.exec(text)?.[1]).find(Boolean);
    const query = about && subjectWords(about).join(' ');
    return query ? () => lookUp(query, text) : undefined;
  },
};

function* lookUp(query: string, asked: string): Talk {
  const [outcome] = yield [{ tool: 'search_pod', input: { query, limit: 8 } }];
  const found = besides(asked, list<Found>(outcome, 'found'));
  return found.length > 0 ? told(query, found) : `I found nothing about "${query}" in this pod.`;
}

/** Says honestly what it is when the pod knows nothing either. */
export function fallback(wish: Wish, situation: Situation): () => Talk {
  const query = subjectWords(`${wish.text} ${wish.about ?? ''}`)
    .slice(0, 8)
    .join(' ');
  return function* (): Talk {
    const able = `I am only the stand-in model and work by simple rules. ${abilities(situation)}`;
    if (!query || !situation.offered.has('search_pod')) return able;
    const [outcome] = yield [tryCall('search_pod', { query, limit: 5 })];
    if (outcome?.kind === 'failed') return `I looked in this pod, but that did not work: ${outcome.text}\n\n${able}`;
    const found = besides(wish.text, list<Found>(outcome, 'found'));
    return found.length > 0 ? told(query, found) : `I found nothing in this pod for "${query}". ${able}`;
  };
}

const opening = 'What this pod holds on';

/** What was asked stands in the pod too, as do earlier answers of this kind, and neither is an answer. */
function besides(asked: string, found: readonly Found[]): readonly Found[] {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? '';
  return found.filter(({ text }) => !text.startsWith(opening) && !bare(text).includes(bare(asked)));
}

function told(query: string, found: readonly Found[]): string {
  return [`${opening} "${query}":`, ...found.map((each) => `- ${foundLine(each)}`)].join('\n');
}

export function foundLine({ kind, text, from, at }: Found): string {
  const source = [kind, from, at].filter(Boolean).join(', ');
  return `${quoted(text, 240)} (${source})`;
}
