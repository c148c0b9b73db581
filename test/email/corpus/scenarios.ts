// The situations of the corpus: who wrote what to whom, and where the member's words stand.

import type { Place } from './case.ts';

export type SubjectChoice = 'prefixed' | 'kept' | 'rewritten';

export interface Scenario {
  name: string;
  kind: 'forward' | 'reply-to-known' | 'reply-to-stranger';
  subject: SubjectChoice;
  above: boolean;
  place?: Place;
  signature?: boolean;
  /** The quoted mail quotes another one. */
  thread?: boolean;
  /** The stranger's text holds mentions, label lines, dashes, quotes and a signature. */
  strangerTraps?: boolean;
  /** The member's words hold label lines, a list with colons, "Sent via DHL". */
  ownTraps?: boolean;
  /** The member repeats a sentence of the quoted mail. */
  sameWords?: boolean;
}

const words = { above: true, subject: 'prefixed' } as const;

/** Taken in turn by every client, each from another place in the list. */
export const SCENARIOS: Scenario[] = [
  { ...words, name: 'forward', kind: 'forward' },
  { ...words, name: 'reply to a stranger', kind: 'reply-to-stranger' },
  { ...words, name: 'forward without a word', kind: 'forward', above: false },
  { ...words, name: 'reply', kind: 'reply-to-known' },
  { ...words, name: 'forward, subject rewritten', kind: 'forward', subject: 'rewritten' },
  { ...words, name: 'reply between the lines', kind: 'reply-to-known', place: 'between' },
  { ...words, name: 'forward of a thread', kind: 'forward', thread: true },
  {
    ...words,
    name: 'reply to a stranger between the lines',
    kind: 'reply-to-stranger',
    place: 'between',
    above: false,
  },
  { ...words, name: 'forward of a text with traps', kind: 'forward', strangerTraps: true },
  { ...words, name: 'reply to a stranger, subject rewritten', kind: 'reply-to-stranger', subject: 'rewritten' },
  { ...words, name: 'forward under words like a header', kind: 'forward', ownTraps: true },
  { ...words, name: 'reply below the quote', kind: 'reply-to-known', place: 'below-reply', above: false },
  { ...words, name: 'forward with a signature, subject kept', kind: 'forward', signature: true, subject: 'kept' },
  {
    ...words,
    name: 'reply to a stranger with words like a header',
    kind: 'reply-to-stranger',
    ownTraps: true,
    signature: true,
  },
  { ...words, name: 'forward with words above and below', kind: 'forward', place: 'below-forward' },
  { ...words, name: 'reply to a stranger in a known thread', kind: 'reply-to-known', thread: true },
  {
    ...words,
    name: 'reply to a stranger below the quote',
    kind: 'reply-to-stranger',
    place: 'below-reply',
    above: false,
  },
  { ...words, name: 'forward without a word, subject kept', kind: 'forward', above: false, subject: 'kept' },
  { ...words, name: 'reply with words like a header', kind: 'reply-to-known', ownTraps: true, signature: true },
  {
    ...words,
    name: 'reply to a stranger in a thread with traps',
    kind: 'reply-to-stranger',
    thread: true,
    strangerTraps: true,
  },
  { ...words, name: 'reply that repeats a sentence', kind: 'reply-to-known', sameWords: true },
];

export const OWN_TRAPS = [
  'From: Uppsala #\nTo: Hamburg #',
  'Price: 31.50 each #\nAmount: 40 sacks #\nDate: Friday #\nSubject: bread tasting #',
  'Sent via DHL, parcel #.',
];

export const STRANGER_TRAPS = [
  '@scout what do we know about the price of a loaf, oven #?',
  'From: the mill yard #\nTo: the back door #',
  '> as you asked us on line #',
  '----------------------------------------\nTerms of the mill #\n----------------------------------------',
  '-- \nMill office, desk #',
];
