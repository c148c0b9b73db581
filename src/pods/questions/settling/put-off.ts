// Recognizes words that put an answer off: “let me check”, “hold on, I'll ask Chiara first”. They answer nothing. English
// only, and only if the whole text says nothing else: in doubt the words are an answer. Pure.
import { addressableText } from '../../conversations/addressable-text.ts';
import { optionIn } from './free-words.ts';

/** A longer text says more than that. */
const MOST_CHARS = 160;

/** True if the whole text puts the answer off. `names`: the handles of those who asked. */
export function putsOff(text: string, names: readonly string[] = []): boolean {
  if (text.length > MOST_CHARS) return false;
  let left = plain(text, names);
  let found = false;
  while (left) {
    const length = longest(DEFERRALS, left);
    found ||= length > 0;
    const next = length || longest(BESIDE, left);
    if (!next) return false;
    left = left.slice(next).trimStart();
  }
  return found;
}

/** True if the text puts an answer off, and is not itself an option of the question. */
export function putsOffAnswer(text: string, names: readonly string[], options: readonly string[]): boolean {
  return putsOff(text, names) && optionIn(text, options) === undefined;
}

/** Returns the text in lower case, without mentions, quotes, names and punctuation. */
function plain(text: string, names: readonly string[]): string {
  const words = addressableText(text)
    .toLowerCase()
    .replace(/@[\p{L}\p{N}._-]+/gu, ' ')
    .replaceAll('’', "'")
    .match(/[\p{L}\p{N}\p{M}]+(?:['-][\p{L}\p{N}\p{M}]+)*|\p{S}/gu);
  return (words ?? []).filter((word) => !names.includes(word) && !/^(?:👀|🤔|⏳|⌛)$/u.test(word)).join(' ');
}

function longest(patterns: readonly RegExp[], text: string): number {
  return Math.max(0, ...patterns.map((pattern) => pattern.exec(text)?.[0].length ?? 0));
}

const WHILE = '(?:moment|second|sec|minute|min|bit|while|hour|day)s?';
const SOME = '(?:a|an|one|two|three|five|ten|half an|some|a few|\\d{1,2})';
const THIS = '(?: (?:it|that|this(?! (?:morning|afternoon|evening|week))))?';
const SOMEBODY = "(?: (?!(?:and|then|to|for|if|whether|first|about)\\b)[\\p{L}'-]+){1,3}";
const I_WILL =
  "(?:let me|lemme|let us|let's|i'll|i will|we'll|we will|i'm going to|i am going to|(?:i'd |i would |i |we )?(?:need|have) to|i must|will)";

const DEFERRALS = [
  `${I_WILL}(?: (?:just|quickly|first))? (?:(?:double[ -])?check${THIS}|verify${THIS}|look(?: it up| (?:into|at) (?:it|this|that))?|see|find out)`,
  `${I_WILL}(?: (?:just|first))? (?:think(?: about (?:it|this|that)| it over)?|sleep on (?:it|this|that))`,
  `${I_WILL}(?: (?:just|first))? (?:ask around|(?:ask|check with|talk to|speak to|speak with)${SOMEBODY})`,
  `${I_WILL} (?:(?:get|come) back(?: to (?:you|it|this|that))?(?: on (?:it|this|that))?|let you know|tell you|answer${THIS}|reply|respond)`,
  `(?:i'm |i am )?(?:checking${THIS}|looking into (?:it|this|that)|thinking about (?:it|this|that))`,
  `(?:just )?(?:a|one) (?:moment|second|sec|minute|min)`,
  `(?:give me|wait|hold on|hang on)(?: just)? ${SOME} (?:${WHILE}|time)`,
  '(?:let you know|(?:get|come) back to you)',
  'hold on|hang on|bear with me|brb',
  "(?:i |i'm |i am )?(?:don't know|do not know|not sure|no idea|can't say|can't tell) yet",
].map(atBeginning);

const WHEN = [
  'first|quickly|later|soon|shortly|today|tomorrow|tonight|asap|next week|this (?:morning|afternoon|evening|week)',
  '(?:on )?(?:monday|tuesday|wednesday|thursday|friday)',
  `in ${SOME} ${WHILE}`,
  "(?:after|over) lunch|after the meeting|(?:when|once) i'm back",
];

const BESIDE = [
  ...WHEN,
  'and|then|so|ok|okay|h+m+|u[hm]+|well|hi|hey|hello|sorry|please|pls|thanks|thank you|good question',
].map(atBeginning);

function atBeginning(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})(?= |$)`, 'u');
}
