// Who is meant by a message: pure rules over its text and the conversation it stands in (docs/architecture.md, “Who is meant, and who may”).
import { type AgentId, handleOf, isAgent, isPerson, kindOf, type ParticipantId } from '../../log/participant.ts';
import type { Mentioned } from '../../log/place.ts';
import { addressableText } from './addressable-text.ts';

/** What the main app is called in a text. */
export const APP_NAME = 'skein';

/** Agents may answer agents this many times in a row; then a person has to say something. */
export const MOST_HOPS = 6;

/** A text that names more than these names whom it names first: each is looked up. */
export const MOST_MENTIONS = 200;

/** For each `@` the names it may begin, in lower case, longest first: `@Ada Lindqvist can` may be three. Four words at most. */
export function mentions(text: string): string[][] {
  const found: string[][] = [];
  // No word of a name is longer than a name may be.
  for (const [, first = '', rest = ''] of addressableText(text).matchAll(
    /(?<![\p{L}\p{N}@./])@([\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,79})((?: [\p{L}\p{N}][\p{L}\p{N}\p{M}.'’-]{0,79}){0,3})/gu,
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

export interface AddressingInput {
  text: string;
  by: ParticipantId;
  /** Members by every lower-case name they go by: those that `mentions` may mean, and the agents of the conversation. */
  known: ReadonlyMap<string, ParticipantId>;
  defaultAgent?: AgentId;
  /** Whom it was sent to by an address of their own: meant where the text names no agent. */
  wanted?: AgentId;
  /** One person's own pod. */
  direct: boolean;
  /** The participants that Slack's own mentions name, each with its name in the text. They win over others of the same name. */
  mentioned?: readonly Mentioned[];
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

export function whoIsMeant(said: AddressingInput): Meant {
  const { known, mentioned = [] } = said;
  const text = isAgent(said.by) ? callLines(said.text) : said.text;
  const others = new Set(mentioned.map(({ name }) => name));
  const named = mentions(text)
    .map((names) => names.find((name) => name === APP_NAME || others.has(name) || known.has(name)))
    .filter((name) => name !== undefined && !others.has(name));
  const ids = [
    ...named.flatMap((name) => (name && known.get(name)) ?? []),
    ...mentioned.flatMap(({ who }) => who ?? []),
    ...calledByName(said),
  ];
  const agents = [...new Set(ids.filter(isAgent))].filter((id) => id !== said.by);
  const people = [...new Set(ids.filter(isPerson))];
  const toPeople = people.length > 0 || mentioned.length > 0;
  const stop = isPerson(said.by) && asksToStop(said) && (agents.length > 0 || !toPeople);
  const meant = agentsFor(said, agents, named.includes(APP_NAME), toPeople);
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
  return addressableText(text)
    .split('\n')
    .filter((line) => /^\s*@/.test(line))
    .join('\n');
}

function agentsFor(said: AddressingInput, named: AgentId[], app: boolean, toPeople: boolean): AgentId[] {
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
const CALL = /^\s*(?:(?:hey|hi|hello|ok|okay|thanks|thank you),?\s+)?([\p{L}\p{N}][\p{L}\p{N}\p{M}-]*)\s*[,:]/iu;
/** “… such long mails, Chiara!” */
const CALL_AT_END = /,\s*([\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,79})[\s.!?]{0,9}$/u;

/** The names, in lower case, that a text begins or ends with. */
export function namesCalled(text: string): string[] {
  const said = addressableText(text).trim();
  return [CALL.exec(said), CALL_AT_END.exec(said.slice(-100))].flatMap((found) => found?.[1]?.toLowerCase() ?? []);
}

/** Without an `@`, an agent is called only by a person, and only where it takes part already. */
function calledByName({ text, by, known, conversation }: AddressingInput): ParticipantId[] {
  if (!isPerson(by)) return [];
  const ids = namesCalled(text).flatMap((name) => known.get(name) ?? []);
  return ids.filter((id) => !isAgent(id) || conversation.agents.includes(id));
}

/** The whole message says go on, whomever it names: “@scribe go on”, “please go on!”. */
export function asksToGoOn(text: string): boolean {
  return /^[\s,:]*([\p{L}\p{N}-]+\s*[,:]\s*)?(please\s+)?go on[\s.!]*$/iu.test(withoutMentions(text));
}

/** What is said to an agent beside what it is to do. */
const POLITE = new Set('please now ok okay hey hi thanks thank you pls'.split(' '));
const STOP = /^(?:stop|halt|abort|cancel)(?: (?:it|that|this|working|everything))?$/;

/** The whole message says stop, whomever it names and however politely: “@scribe stop”, “please stop it, scribe 🛑”. */
function asksToStop({ text, known, conversation }: AddressingInput): boolean {
  const names = new Set(conversation.agents.map(handleOf));
  const words =
    withoutMentions(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu) ?? [];
  const said = words.filter((word) => !POLITE.has(word) && !names.has(word) && !isAgent(known.get(word)));
  return said.length < 5 && STOP.test(said.join(' '));
}

function withoutMentions(text: string): string {
  return addressableText(text).replace(/@[\p{L}\p{N}._-]+/gu, '');
}
