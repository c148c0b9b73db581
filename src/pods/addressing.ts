// Who is meant by a message: pure rules over its text and the conversation it stands in (DESIGN section 6).
import { type AgentId, isAgent, isPerson, kindOf, type ParticipantId } from './participant.ts';

/** What the main app is called in a text. */
export const APP_NAME = 'skein';

/** Agents may answer agents this many times in a row; then a person has to say something. */
export const MOST_HOPS = 6;

/** A text that names more than these names whom it names first: each is looked up. */
export const MOST_MENTIONS = 200;

/** The part of a text that can address somebody: neither code nor what is quoted, by lines or by marks. */
export function spoken(text: string): string {
  return (
    text
      // A longer fence may hold shorter ones; three backticks end wherever three come, as people write them in Slack.
      .replace(/^[^\S\n\r\u2028\u2029]*(`{4,}|~{3,})[^`\n]*\n[\s\S]*?(?:^\1[`~]*$|(?![\s\S]))/gm, ' ')
      .replace(/```[\s\S]*?(```|$)/g, ' ')
      .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, ' ')
      // A line begins behind any of these, so none of them may stand among its spaces.
      .replace(/^[^\S\n\r\u2028\u2029]*>.*$/gm, ' ')
      .replace(/[“„][^“”„\n]*[“”]|«[^«»\n]*»/g, ' ')
      // Straight marks also stand for inches: a quotation begins a word and ends one.
      .replace(/(?<![^\s(])"(?=\S)[^"\n]*(?<=\S)"(?![\p{L}\p{N}])/gu, ' ')
  );
}

/** For each `@` the names it may begin, in lower case, longest first: `@Ada Lindqvist can` may be three. */
export function mentions(text: string): string[][] {
  const found: string[][] = [];
  // No word of a name is longer than a name may be.
  for (const [, first = '', rest = ''] of spoken(text).matchAll(
    /(?<![\p{L}\p{N}@./])@([\p{L}\p{N}][\p{L}\p{N}._-]{0,79})((?: [\p{L}\p{N}][\p{L}\p{N}.'’-]{0,79}){0,2})/gu,
  )) {
    const words = [first, ...rest.split(' ').filter(Boolean)].map((word) => bare(word.toLowerCase()));
    found.push(words.map((_, n) => words.slice(0, words.length - n).join(' ')));
    if (found.length === MOST_MENTIONS) break;
  }
  return found;
}

/** A word without the marks that end a sentence or a name. */
function bare(word: string): string {
  let end = word.length;
  while (end > 0 && "._'’-".includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

export interface Said {
  text: string;
  by: ParticipantId;
  /** Members by every lower-case name they go by: those that `mentions` may mean, and the agents of the conversation. */
  known: ReadonlyMap<string, ParticipantId>;
  defaultAgent?: AgentId;
  /** Whom it was sent to by an address of their own: meant where the text names no agent. */
  wanted?: AgentId;
  /** One person's own pod. */
  direct: boolean;
  conversation: {
    agents: readonly AgentId[];
    people: readonly string[];
    lastBy?: ParticipantId;
    /** The agents that the last message was for. */
    lastTo: readonly AgentId[];
    hops: number;
  };
}

export interface Meant {
  agents: AgentId[];
  people: ParticipantId[];
  /** Named by an agent after too many answers in a row, and so not meant. */
  beyond: AgentId[];
  /** The whole message asks the agents to stop. */
  stop: boolean;
}

export function whoIsMeant(said: Said): Meant {
  const text = isAgent(said.by) ? callLines(said.text) : said.text;
  const named = mentions(text).map((names) => names.find((name) => name === APP_NAME || said.known.has(name)));
  const called = calledByName(said);
  const ids = [...named.flatMap((name) => (name && said.known.get(name)) ?? []), ...(called ? [called] : [])];
  const agents = [...new Set(ids.filter(isAgent))].filter((id) => id !== said.by);
  const people = [...new Set(ids.filter(isPerson))];
  const stop = isPerson(said.by) && asksToStop(said.text) && (agents.length > 0 || people.length === 0);
  const meant = agentsFor(said, agents, named.includes(APP_NAME), people.length > 0);
  // “stop” to nobody in particular is for all who work here.
  const all = stop && !agents.length && said.conversation.agents.length > 0;
  const beyond = isAgent(said.by) ? agents.filter((agent) => !meant.includes(agent)) : [];
  return { people, stop, beyond, agents: all ? [...said.conversation.agents] : meant };
}

/**
 * An agent tells what others said, mentions and all: it calls somebody only where a line of its own begins with the
 * name. Else a search result could set other agents to work.
 */
function callLines(text: string): string {
  return spoken(text)
    .split('\n')
    .filter((line) => /^\s*@/.test(line))
    .join('\n');
}

function agentsFor(said: Said, named: AgentId[], app: boolean, toPeople: boolean): AgentId[] {
  const { conversation, by, defaultAgent, wanted } = said;
  if (kindOf(by) === 'app' || kindOf(by) === 'skein') return [];
  if (isAgent(by)) return conversation.hops < MOST_HOPS ? named : [];
  if (named.length) return named;
  if (wanted) return [wanted];
  const fallback = defaultAgent ? [defaultAgent] : [];
  if (app) return fallback;
  const newest = conversation.agents.at(-1);
  if (said.direct) return newest ? [newest] : fallback;
  if (!newest || toPeople) return [];
  if (isAgent(conversation.lastBy)) return [conversation.lastBy];
  // Whoever goes on talking still talks to the same.
  if (conversation.lastBy === by) return [...conversation.lastTo];
  const others = conversation.people.filter((person) => person !== by);
  return others.length === 0 ? [newest] : [];
}

/** “Ben, could you …”, “hey scribe: …”. */
const CALL = /^\s*(?:(?:hey|hi|hello|ok|okay|thanks|thank you),?\s+)?([\p{L}\p{N}-]+)\s*[,:]/iu;

/** The name, in lower case, that a text begins with. */
export function nameCalled(text: string): string | undefined {
  return CALL.exec(spoken(text))?.[1]?.toLowerCase();
}

/** Without an `@`, an agent is called only by a person, and only where it takes part already. */
function calledByName({ text, by, known, conversation }: Said): ParticipantId | undefined {
  const id = isPerson(by) ? known.get(nameCalled(text) ?? '') : undefined;
  return isAgent(id) && !conversation.agents.includes(id) ? undefined : id;
}

/** The whole message says go on, whomever it names: “@scribe go on”, “please go on!”. */
export function asksToGoOn(text: string): boolean {
  return /^[\s,:]*([\p{L}\p{N}-]+\s*[,:]\s*)?(please\s+)?go on[\s.!]*$/iu.test(withoutMentions(text));
}

/** The whole message says stop, whomever it names: “@scribe stop”, “please stop now!”, “scribe, stop”. */
function asksToStop(text: string): boolean {
  const bare = withoutMentions(text);
  return /^[\s,:]*([\p{L}\p{N}-]+\s*[,:]\s*)?(please\s+)?stop([\s,]+(it|now|please|that|this))*[\s.!]*$/iu.test(bare);
}

function withoutMentions(text: string): string {
  return spoken(text).replace(/@[\p{L}\p{N}._-]+/gu, '');
}
