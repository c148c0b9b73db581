// Finds a message that pauses agents, lets them go on, takes their work over or hands it back: “@scribe pause”. Only what
// could be meant so by what stands is found. Pure.
import type { AgentId } from '../../../log/participant.ts';
import { type AtWork, atWorkIn } from './at-work.ts';
import { POLITE } from './stop-words.ts';
import { withheldIn } from './withheld.ts';

export type ControlKind = 'pause' | 'resume' | 'take_over' | 'hand_back';

export interface Control {
  kind: ControlKind;
  agents: AgentId[];
}

const WHOLE: readonly [ControlKind, RegExp][] = [
  ['pause', /^pause(?: (?:it|that|this|here|for (?:a moment|a minute|a while|the moment|now)))?$/],
  ['resume', /^(?:resume|unpause|go on|carry on|continue)(?: (?:it|that|this|working|again|with it))?$/],
  [
    'take_over',
    /^(?:(?:i(?:’?ll| will)? take|i(?:’m| am) taking|let me take|taking) (?:it |that |this )?over(?: from here)?|i(?:’ve| have) got (?:it|this)(?: from here)?)$/,
  ],
];

/** The note follows, with which the work is handed back. */
const BACK =
  /^(?:over to|back to)(?: you)?(?: again)?$|^(?:it(?:’s| is) )?your turn(?: again)?$|^(?:i(?:’m| am)? )?hand(?:ing)?(?: it| this)? back(?: to you)?$/;
/** Ends the words that hand back: the note begins after it. */
const NOTE = /[.,:;!\n–—]|\s-\s/;

const GREETING = /^(?:[\s,.:;!–—-]|(?:ok|okay|hey|hi|please|thanks)\b)*/i;

/** `text`: without mentions. `names`: the handles of agents, which count as mentions. */
function kindOf(text: string, names: ReadonlySet<string>): ControlKind | undefined {
  const whole = wordsOf(text, names);
  const found = WHOLE.find(([, pattern]) => pattern.test(whole));
  if (found) return found[0];
  // “You” is polite beside the others, and belongs to these.
  const first = text.replace(GREETING, '').split(NOTE)[0] ?? '';
  return BACK.test(wordsOf(first, names, true)) ? 'hand_back' : undefined;
}

const LONGEST = 9;
const MOST_CHARS = 300;

function wordsOf(text: string, names: ReadonlySet<string>, you = false): string {
  // A long text is never cut to a short one that means something else.
  if (text.length > MOST_CHARS) return '';
  const all =
    text
      .toLowerCase()
      .replaceAll("'", '’')
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’-]*/gu) ?? [];
  const said = all.filter((word) => !names.has(word) && (!POLITE.has(word) || (you && word === 'you')));
  return said.length > LONGEST ? '' : said.join(' ');
}

/** Only a text with one of these can be one. All others cost no more than this look. */
const MAYBE = /pause|resum|go on|carry on|continu|over|got (?:it|this)|back|your turn/i;

/** Where nobody is at work, an agent may still have a task that a person takes. */
const MAY_TAKE = /\btak(?:e|ing)\b.{0,20}\bover\b|\bgot (?:it|this)\b/i;

/** True if facts are worth reading for it: the text may be one of these, and somebody is at work, or may have a task. */
export function mayControl(
  text: string,
  atWork: readonly AtWork[] | undefined,
  questions?: readonly string[],
): boolean {
  if (atWork?.length || questions?.length) return MAYBE.test(text);
  return text.length <= MOST_CHARS && MAY_TAKE.test(text);
}

/** The agents with open questions that the author may answer: those of whose options the text chooses one, and the others. */
export interface Put {
  chosen: readonly AgentId[];
  other: readonly AgentId[];
}

export interface ControlInput {
  /** The text without mentions. */
  text: string;
  names: ReadonlySet<string>;
  /** The agents that the text calls. If it calls nobody, it is meant for all that it can concern. */
  called: readonly AgentId[];
  callsOthers: boolean;
  agents: readonly AgentId[];
  /** The agents that wait for words of the author: “pause” without a name may be the answer. */
  asking: readonly AgentId[];
  put?: Put;
  atWork: readonly AtWork[] | undefined;
  /** The agents with an open question here. Their runs wait, and are in no list. */
  waiting: readonly AgentId[];
  /** The agents with an open task here. */
  holding?: readonly AgentId[];
}

export function controlIn(input: ControlInput): Control | undefined {
  const { text, names, called, callsOthers, agents } = input;
  if (!MAYBE.test(text) || (callsOthers && !called.length)) return undefined;
  const kind = kindOf(text, names);
  if (!kind) return undefined;
  const here = [...new Set([...agents, ...(input.holding ?? [])])];
  const among = called.length ? called : here.filter((agent) => !isAnswer(kind, agent, input));
  const meant = among.filter((agent) => isPossible(kind, agent, input));
  return meant.length ? { kind, agents: [...meant] } : undefined;
}

/** True if the words choose an option of the agent’s question, or may answer words of its own in which it asked. */
function isAnswer(kind: ControlKind, agent: AgentId, { asking, put }: ControlInput): boolean {
  if (put?.chosen.includes(agent)) return kind === 'pause' || kind === 'take_over';
  return kind === 'pause' && asking.includes(agent) && !put?.other.includes(agent);
}

/** True if the agent is in a state in which this can be done to it. */
export function isPossible(
  kind: ControlKind,
  agent: AgentId,
  { atWork, waiting, holding = [] }: Pick<ControlInput, 'atWork' | 'waiting' | 'holding'>,
): boolean {
  const withheld = withheldIn(atWork, agent);
  const works = withheld !== undefined || atWorkIn(atWork, agent) !== undefined || waiting.includes(agent);
  switch (kind) {
    case 'pause':
      return works && withheld?.how !== 'taken';
    case 'resume':
      return withheld?.how === 'paused';
    case 'take_over':
      return works || holding.includes(agent);
    case 'hand_back':
      return withheld?.how === 'taken';
    default:
      kind satisfies never;
      return false;
  }
}
