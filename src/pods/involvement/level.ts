// How closely a person stays with a task or a pod. The level decides what they are told of beyond what waits for them,
// which always reaches them. Pure.
import type { Level, Step } from '../../log/needs/need.ts';
import type { PersonId } from '../../log/participant.ts';

/** The closest first. */
export const LEVELS = ['every_step', 'checkpoints', 'result', 'digest', 'none'] as const satisfies readonly Level[];

export const STEPS = [
  'created',
  'started',
  'reopened',
  'assigned',
  'changed',
  'overdue',
] as const satisfies readonly Step[];

export interface Involved {
  who: PersonId;
  level: Level;
  /** The steps at which the person is told. Set if the level is `checkpoints`. */
  at?: Step[];
}

/** The most people of one task or pod who have chosen a level. */
export const MOST_INVOLVED = 50;

export function levelOf(list: readonly Involved[] | undefined, who: PersonId): Involved | undefined {
  return list?.find((one) => one.who === who);
}

/** Puts the person's new level in place of their old one. */
export function withLevel(list: readonly Involved[] | undefined, chosen: Involved): Involved[] {
  return [...(list ?? []).filter(({ who }) => who !== chosen.who), chosen];
}

/** True if the person is told of this step as it is made. */
export function wants({ level, at = [] }: Pick<Involved, 'level' | 'at'>, step: Step): boolean {
  if (step === 'finished' || step === 'dropped' || step === 'erased')
    return level === 'every_step' || level === 'checkpoints' || level === 'result';
  return level === 'every_step' || (level === 'checkpoints' && at.includes(step));
}

const SENTENCES: readonly (readonly [RegExp, Level])[] = [
  [/^(?:please )?tell me (?:about )?every (?:single )?step$/, 'every_step'],
  [/^(?:please )?(?:only tell|tell) me (?:only )?(?:when|once) it(?:['’]s| is) (?:all )?(?:done|finished)$/, 'result'],
  [/^(?:please )?only (?:tell me )?in (?:the|my) digest$/, 'digest'],
  [/^(?:please )?tell me nothing (?:about|of) (?:it|this)$/, 'none'],
];

const WORDS: Readonly<Record<string, Level>> = {
  'every step': 'every_step',
  'only when it is done': 'result',
  "only when it's done": 'result',
  'only when it’s done': 'result',
  result: 'result',
  'result only': 'result',
  digest: 'digest',
  'digest only': 'digest',
  'only in the digest': 'digest',
  nothing: 'none',
  'not at all': 'none',
};

/** Reads a level in a sentence that can mean nothing else, such as “only tell me when it's done”. */
export function levelIn(sentence: string): Level | undefined {
  const said = plain(sentence);
  return SENTENCES.find(([form]) => form.test(said))?.[1];
}

/** Reads a level in the words of a command, where “digest” alone will do too. */
export function levelNamed(words: string): Level | undefined {
  return WORDS[plain(words).replace(/_/g, ' ')] ?? levelIn(words);
}

function plain(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/[.!]+$|,? please[.!]*$/g, '')
    .replace(/\s+/g, ' ');
}
