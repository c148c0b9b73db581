// How closely a person stays with a task or a pod. The level decides what they are told of beyond what waits for them,
// which always reaches them. Pure.
import type { BodyRef } from '../../log/body.ts';
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
  /** The points of the work, named by the person, at which its agent waits for their yes. */
  named?: Checkpoint[];
}

export interface Checkpoint {
  /** The body with its name. */
  name: BodyRef;
  /** The person has let the agent go on from there. */
  passed?: true;
}

/** The most points that one person names in a task. */
export const MOST_NAMED = 10;
export const LONGEST_NAME = 60;

/** The most people of one task or pod who have chosen a level. */
export const MOST_INVOLVED = 50;

export function levelOf(list: readonly Involved[] | undefined, who: PersonId): Involved | undefined {
  return list?.find((one) => one.who === who);
}

/** The closeness of a person, as a change says it. `names`: the bodies with the names of points at which agents wait. */
export type Said = Omit<Involved, 'named'> & { names?: BodyRef[] };

/** A point that the person has named before stays as it is, passed or not. */
export function withSaid(list: readonly Involved[] | undefined, { who, level, at, names }: Said): Involved[] {
  const before = levelOf(list, who)?.named ?? [];
  const named = names?.map((name) => before.find((one) => one.name === name) ?? { name });
  return withLevel(list, { who, level, ...(at ? { at } : {}), ...(named ? { named } : {}) });
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
  [/^(?:please )?(?:only tell|tell) me (?:only )?(?:when|once) it(?:['’]?s| is) (?:all )?(?:done|finished)$/, 'result'],
  [/^(?:please )?only (?:tell me )?in (?:the|my) digest$/, 'digest'],
  [/^(?:please )?tell me nothing (?:about|of) (?:it|this)$/, 'none'],
];

const WORDS: Readonly<Record<string, Level>> = {
  'every step': 'every_step',
  'only when it is done': 'result',
  "only when it's done": 'result',
  'only when it’s done': 'result',
  'only when its done': 'result',
  'when it is done': 'result',
  "when it's done": 'result',
  'when it’s done': 'result',
  result: 'result',
  'result only': 'result',
  digest: 'digest',
  'digest only': 'digest',
  'only in the digest': 'digest',
  nothing: 'none',
  'not at all': 'none',
};

/** How close a person said they stay. `named`: the points at which the agent waits for them. */
export interface Closeness {
  level: Level;
  named?: string[];
}

const POINTS = /^(?:please )?(?:checkpoints?:|wait for me at(?: the)? checkpoints?:?|wait for me at:)\s*(.+)$/i;

/** Reads it in a sentence that can mean nothing else, such as “only tell me when it's done” or “checkpoints: outline, final text”. */
export function closenessIn(sentence: string): Closeness | undefined {
  const level = levelIn(sentence);
  return level ? { level } : pointsIn(sentence);
}

/** Reads it in the words of a command. */
export function closenessNamed(words: string): Closeness | undefined {
  const level = levelNamed(words);
  return level ? { level } : pointsIn(words.replace(/^checkpoints? (?=[^:])/i, 'checkpoints: '));
}

function pointsIn(sentence: string): Closeness | undefined {
  const said = POINTS.exec(sentence.trim().replace(/[.!]+$/, ''))?.[1];
  const names = (said ?? '')
    .split(/,|;|\band\b/i)
    .map((one) => one.replace(/^[\s“”"'’]+(?:the )?|^the |[\s“”"'’]+$/gi, ''))
    .filter(Boolean);
  const named = [...new Set(names)];
  const fits = named.length > 0 && named.length <= MOST_NAMED && named.every((one) => one.length <= LONGEST_NAME);
  return fits ? { level: 'checkpoints', named } : undefined;
}

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
