// Searches the pod for "what do we know about …?", for "why did we …?", and for a wish that no other intent matches.

import { type Intent, list, type Talk, tryCall } from '../intent.ts';
import type { Situation, Wish } from '../situation.ts';
import type { Outcome } from '../step.ts';
import { quoted, shownTime, subjectWords } from '../words.ts';
import { podsMeant, readsAllPods } from './pods/pods.ts';
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
  conversation?: string;
}

export const search: Intent = {
  hear(wish, situation) {
    const { text } = wish;
    const about = forms.map((form) => form.exec(text)?.[1]).find(Boolean);
    const query = about && subjectWords(about).join(' ');
    if (!query) return undefined;
    const known = besides(wish, situation);
    return () => (readsAllPods(situation) ? lookUpEverywhere(query, text, known) : lookUp(query, known));
  },
};

/** `found` is higher than `shown`, because the question itself is among the results. */
const MOST = { found: 20, shown: 8 };

type Known = (outcome: Outcome | undefined) => readonly Found[];

function* lookUp(query: string, known: Known): Talk {
  const [outcome] = yield [{ tool: 'search_pod', input: { query, limit: MOST.found } }];
  const found = known(outcome);
  return found.length > 0 ? answerFrom(query, found) : `I found nothing about "${query}" in this pod.`;
}

function* lookUpEverywhere(query: string, asked: string, known: Known): Talk {
  const pods = yield* podsMeant(asked);
  const names = pods.map(({ name }) => name.toLowerCase());
  const words = query.split(' ').filter((word) => !names.includes(word));
  const wanted = words.join(' ') || query;
  const outcomes = pods.length
    ? yield pods.map(({ id }) => tryCall('search_pod', { pod: id, query: wanted, limit: MOST.found }))
    : [];
  const lines = pods.flatMap(({ name }, n) => known(outcomes[n]).map((each) => `- ${name}: ${foundLine(each)}`));
  if (!lines.length) return `I found nothing about "${wanted}" in your pods.`;
  return [`What your pods hold on "${wanted}":`, ...lines].join('\n');
}

/** Searches the pod. If nothing is found, the answer says that this is the stand-in model. */
export function fallback(wish: Wish, situation: Situation): () => Talk {
  const query = subjectWords(`${wish.text} ${wish.about ?? ''}`)
    .slice(0, 8)
    .join(' ');
  return function* (): Talk {
    const able = `I am only the stand-in model and work by simple rules. ${abilities(situation)}`;
    if (!query || !situation.offered.has('search_pod')) return able;
    const [outcome] = yield [tryCall('search_pod', { query, limit: MOST.found })];
    if (outcome?.kind === 'failed') return `I looked in this pod, but that did not work: ${outcome.text}\n\n${able}`;
    const found = besides(wish, situation)(outcome);
    return found.length > 0 ? answerFrom(query, found) : `I found nothing in this pod for "${query}". ${able}`;
  };
}

/**
 * Returns a filter for results that are no answers: the question itself, its mail and files, and agents' earlier
 * answers. Messages of this conversation are no answers either, because everybody in it has read them.
 */
function besides({ text: asked, about }: Wish, { agents, conversation }: Situation): Known {
  const here = ({ kind, conversation: at }: Found) =>
    at !== undefined && at === conversation && /^(?:message|conversation)$/.test(kind);
  const answer = ({ kind, from = '', text }: Found) =>
    kind === 'message' && (agents.includes(from) || openings.test(text));
  const mailed = ({ kind, text }: Found) => about !== undefined && /^(?:file|task)$/.test(kind) && text.includes(about);
  return (outcome) =>
    list<Found>(outcome, 'found')
      .filter((found) => !here(found) && !answer(found) && !mailed(found))
      .filter(({ text }) => !bare(text).includes(bare(asked)))
      .slice(0, MOST.shown);
}

function bare(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}

/** Matches the first words of this intent's answers, so that earlier ones are recognised. */
const openings = /^What (?:this pod holds|your pods hold) on/;

function answerFrom(query: string, found: readonly Found[]): string {
  return [`What this pod holds on "${query}":`, ...found.map((each) => `- ${foundLine(each)}`)].join('\n');
}

export function foundLine({ kind, text, from, at }: Found): string {
  const source = [kind, from, at && shownTime(at)].filter(Boolean).join(', ');
  return `${quoted(text, 240)} (${source})`;
}
