// Who is meant by a message: pure rules over its text and the conversation it stands in (DESIGN section 6).
import { type AgentId, isAgent, isPerson, kindOf, type ParticipantId } from './participant.ts';

/** What the main app is called in a text. */
export const APP_NAME = 'skein';

/** Agents may answer agents this many times in a row; then a person has to say something. */
export const MOST_HOPS = 6;

/** The part of a text that can address somebody: neither code nor what is quoted, by lines or by marks. */
export function spoken(text: string): string {
  return (
    text
      // A longer fence may hold shorter ones; three backticks end wherever three come, as people write them in Slack.
      .replace(/^[^\S\n]*(`{4,}|~{3,})[^`\n]*\n[\s\S]*?(?:^[^\S\n]*\1[`~]*[^\S\n]*$|(?![\s\S]))/gm, ' ')
      .replace(/```[\s\S]*?(```|$)/g, ' ')
      .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, ' ')
      .replace(/^[^\S\n]*>.*$/gm, ' ')
      .replace(/[“„][^“”„\n]*[“”]|«[^«»\n]*»/g, ' ')
      // Straight marks also stand for inches: a quotation begins a word and ends one.
      .replace(/(?<![^\s(])"(?=\S)[^"\n]*(?<=\S)"(?![\p{L}\p{N}])/gu, ' ')
  );
}

/** For each `@` the names it may begin, in lower case, longest first: `@Ada Lindqvist can` may be three. */
export function mentions(text: string): string[][] {
  const found = spoken(text).matchAll(
    /(?<![\p{L}\p{N}@./])@([\p{L}\p{N}][\p{L}\p{N}._-]*)((?: [\p{L}\p{N}][\p{L}\p{N}.'’-]*){0,2})/gu,
  );
  return [...found].map(([, first = '', rest = '']) => {
    const words = [first, ...rest.split(' ').filter(Boolean)].map((word) =>
      word.toLowerCase().replace(/[._'’-]+$/, ''),
    );
    return words.map((_, n) => words.slice(0, words.length - n).join(' '));
  });
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
  return { people, stop, agents: all ? [...said.conversation.agents] : meant };
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

/** The whole message says stop, whomever it names: “@scribe stop”, “please stop now!”, “scribe, stop”. */
function asksToStop(text: string): boolean {
  const bare = spoken(text).replace(/@[\p{L}\p{N}._-]+/gu, '');
  return /^[\s,:]*([\p{L}\p{N}-]+\s*[,:]\s*)?(please\s+)?stop([\s,]+(it|now|please|that|this))*[\s.!]*$/iu.test(bare);
}
