// Decides whom a message addresses, from its text and its conversation
// (docs/architecture.md, “Who is meant, and who may”). Pure.
import { type AgentId, handleOf, isAgent, isPerson, kindOf, type ParticipantId } from '../../log/participant.ts';
import type { Mentioned } from '../../log/place.ts';
import { addressableText, withoutMentions } from './addressable-text.ts';
import type { AtWork } from './words/at-work.ts';
import { type Control, controlIn, type Put } from './words/control-words.ts';
import { asksToStop, isForAll } from './words/stop-words.ts';

/** The word with which a text addresses the main app. */
export const APP_NAME = 'skein';

/** After this many answers of agents in a row, agents call no further agents. Then a person has to write. */
export const MOST_HOPS = 6;

/** The most names that are looked up in one text; further names are ignored. */
export const MOST_MENTIONS = 200;

/**
 * Returns, for each `@`, the names that may begin there, in lower case, longest first: `@Ada Lindqvist can` gives
 * three. A name has at most four words.
 */
export function mentions(text: string): string[][] {
  const found: string[][] = [];
  // The pattern is bounded by the longest name, so that the time stays linear.
  for (const [, first = '', rest = ''] of addressableText(text).matchAll(
    /(?<![\p{L}\p{N}@./])@([\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,79})((?: [\p{L}\p{N}][\p{L}\p{N}\p{M}.'’-]{0,79}){0,3})/gu,
  )) {
    const words = [first, ...rest.split(' ').filter(Boolean)].map((word) => bare(word.toLowerCase()));
    found.push(words.map((_, n) => words.slice(0, words.length - n).join(' ')));
    if (found.length === MOST_MENTIONS) break;
  }
  return found;
}

/** Returns the word without punctuation at its end. */
function bare(word: string): string {
  let end = word.length;
  while (end > 0 && "._'’-".includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

/** True for a text that begins with “note:” or “/note”: people say it among themselves, and no agent acts on it. */
export function isNote(text: string): boolean {
  return /^\s*(?:note\s*:|\/note(?:\s|:|$))/i.test(text);
}

export interface AddressingInput {
  text: string;
  by: ParticipantId;
  /**
   * The members by each of their names, in lower case: those whom `mentions` found, and the agents of the conversation.
   */
  known: ReadonlyMap<string, ParticipantId>;
  /**
   * The agents of the organisation that are not in the pod, by handle. If a person names one of them, no other agent is
   * addressed in its place.
   */
  absent?: ReadonlyMap<string, AgentId>;
  defaultAgent?: AgentId;
  /** The agent to whose own address the mail was sent. It is addressed if the text names no agent. */
  wanted?: AgentId;
  /** True in a person's own pod. */
  direct: boolean;
  /** Set if an admitted app speaks: how many agents it may wake, and which it may not. */
  admitted?: { left: number; closed: ReadonlySet<AgentId> };
  /**
   * The participants behind Slack's own mentions, each with the name that the text has. They win over others with that
   * name.
   */
  mentioned?: readonly Mentioned[];
  /** True if no agent has to read it: Skein does to a task what the text says, or has refused it. */
  command?: boolean;
  conversation: {
    agents: readonly AgentId[];
    people: readonly string[];
    lastBy?: ParticipantId;
    /** The agents that the last message addressed. */
    lastTo: readonly AgentId[];
    /** The agents that have named the author and wait for an answer, the newest last. */
    asked?: readonly AgentId[];
    /** The agents at work here, and those with an open question. */
    atWork?: readonly AtWork[];
    waiting?: readonly AgentId[];
    put?: Put;
    /** The agents with an open task here. */
    holding?: readonly AgentId[];
    hops: number;
  };
}

export interface Meant {
  agents: AgentId[];
  people: ParticipantId[];
  /** Everybody whom the text itself calls, agents of its conversation included. */
  named: ParticipantId[];
  /** True if the text calls somebody who is no member of the pod: a group, or an unknown name. */
  strangers: boolean;
  /** The agents that an agent has named after too many hops. They are not addressed. */
  beyond: AgentId[];
  /** The agents that an admitted app mentions beyond its number of this hour. They are not woken. */
  over?: AgentId[];
  /** The agents that a person has named and that are not in the pod. */
  absent: AgentId[];
  /** True if the whole message asks agents to stop. */
  stop: boolean;
  /** True if it stops also what agents do elsewhere for the same request: “stop all”. */
  stopsAll?: true;
  /** Set if the message pauses agents, lets them go on, takes their work over or hands it back. */
  control?: Control;
}

export function whoIsMeant(said: AddressingInput): Meant {
  const { known, mentioned = [] } = said;
  const text = isAgent(said.by) ? callLines(said.text) : said.text;
  const others = new Set(mentioned.map(({ name }) => name));
  const all = mentions(text);
  const named = all
    .map((names) => names.find((name) => name === APP_NAME || others.has(name) || known.has(name)))
    .filter((name) => name !== undefined && !others.has(name));
  const away = new Set<ParticipantId>(said.absent?.values());
  const absent = isPerson(said.by) && !isNote(said.text) ? absentIn(all, said, others, away) : [];
  const unknown = strangeNames(text, { known, mentioned }).length > 0;
  const ids = [
    ...named.flatMap((name) => (name && known.get(name)) ?? []),
    // The own app of an agent can be mentioned wherever it is not.
    ...mentioned.flatMap(({ who }) => (who && !away.has(who) ? who : [])),
    ...calledByName(said),
  ];
  const agents = [...new Set(ids.filter(isAgent))].filter((id) => id !== said.by);
  const people = [...new Set(ids.filter(isPerson))];
  const toPeople = people.length > 0 || mentioned.length > 0;
  const note = isPerson(said.by) && isNote(said.text);
  const stop =
    !note && isPerson(said.by) && asksToStop(said.text, namesOfAgents(said)) && (agents.length > 0 || !toPeople);
  const control = stop || note ? undefined : controlMeant(said, agents, toPeople || absent.length > 0);
  // If the named agent is not in the pod, no other agent answers in its place.
  const alone = absent.length > 0 && !agents.length;
  const nobody = alone || note || said.command === true || control !== undefined;
  const wanted = nobody ? [] : agentsFor(said, agents, named.includes(APP_NAME), toPeople);
  const over = kindOf(said.by) === 'app' ? wanted.slice(said.admitted?.left ?? 0) : [];
  const meant = wanted.filter((agent) => !over.includes(agent));
  // A “stop” that names nobody stops all agents of the conversation.
  const everyone = stop && !agents.length && !absent.length && said.conversation.agents.length > 0;
  const beyond = isAgent(said.by) ? agents.filter((agent) => !meant.includes(agent)) : [];
  const strangers = unknown || mentioned.some(({ who }) => !who);
  const called = [...new Set(ids)].filter((id) => id !== '');
  return {
    absent,
    people,
    named: called,
    strangers,
    stop,
    beyond,
    ...(said.admitted && over.length ? { over } : {}),
    ...(control ? { control } : {}),
    ...(stop && isForAll(said.text) ? { stopsAll: true as const } : {}),
    agents: everyone ? [...said.conversation.agents] : control?.kind === 'hand_back' ? control.agents : meant,
  };
}

/** Returns those of `mentions` with which nobody is meant who is known. */
export function strangeNames(
  text: string,
  { known, mentioned = [] }: Pick<AddressingInput, 'known' | 'mentioned'>,
): string[][] {
  const others = new Set(mentioned.map(({ name }) => name));
  const isKnown = (name: string) => name === APP_NAME || others.has(name) || known.has(name);
  return mentions(text).filter((names) => !names.some(isKnown));
}

/** An agent that hears of it has nothing to do about it, unless the work comes back to it. */
function controlMeant(said: AddressingInput, called: readonly AgentId[], callsOthers: boolean): Control | undefined {
  if (!isPerson(said.by)) return undefined;
  const { agents, atWork, asked = [], waiting = [], put, holding = [] } = said.conversation;
  const names = namesOfAgents(said);
  const text = withoutMentions(said.text);
  return controlIn({
    text,
    names,
    called,
    callsOthers,
    agents,
    asking: asked,
    atWork,
    waiting,
    holding,
    ...(put ? { put } : {}),
  });
}

/** The names by which the text may call agents: the handles of those here, and all that it found. */
function namesOfAgents({ known, conversation }: AddressingInput): Set<string> {
  const found = [...known].flatMap(([name, id]) => (isAgent(id) ? [name] : []));
  return new Set([...conversation.agents.map(handleOf), ...found]);
}

function absentIn(
  all: readonly string[][],
  { known, absent = new Map(), mentioned = [] }: Pick<AddressingInput, 'known' | 'absent' | 'mentioned'>,
  others: ReadonlySet<string>,
  away: ReadonlySet<ParticipantId>,
): AgentId[] {
  const named = all.map((names) => names.find((name) => others.has(name) || known.has(name) || absent.has(name)));
  return [
    ...new Set([
      ...mentioned.flatMap(({ who }) => (isAgent(who) && away.has(who) ? who : [])),
      ...named.flatMap((name) => (name && !others.has(name) && !known.has(name) && absent.get(name)) || []),
    ]),
  ];
}

/**
 * Returns the lines of an agent's text that may call somebody: those that begin with `@`. An agent's text repeats
 * mentions that others wrote, so a search result in it could otherwise set other agents to work.
 */
function callLines(text: string): string {
  return addressableText(text)
    .split('\n')
    .filter((line) => /^\s*@/.test(line))
    .join('\n');
}

function agentsFor(said: AddressingInput, named: AgentId[], app: boolean, toPeople: boolean): AgentId[] {
  const { conversation, by, defaultAgent, wanted } = said;
  if (kindOf(by) === 'skein') return [];
  // A foreign app wakes those whom it mentions, if an owner has admitted it.
  if (kindOf(by) === 'app') {
    const meant = named.length || !app || !defaultAgent ? named : [defaultAgent];
    return meant.filter((agent) => !said.admitted?.closed.has(agent));
  }
  if (isAgent(by)) return conversation.hops < MOST_HOPS ? named : [];
  if (named.length) return named;
  if (wanted) return [wanted];
  const fallback = defaultAgent ? [defaultAgent] : [];
  if (app) return fallback;
  // The answer to an agent's question goes to that agent, whoever spoke in between.
  const asker = conversation.asked?.at(-1);
  if (asker && !toPeople) return [asker];
  const newest = conversation.agents.at(-1);
  if (said.direct) return newest ? [newest] : fallback;
  if (!newest || toPeople) return [];
  if (isAgent(conversation.lastBy)) return [conversation.lastBy];
  // An author who writes again after their own message addresses the same agents.
  if (conversation.lastBy === by) return [...conversation.lastTo];
  const others = conversation.people.filter((person) => person !== by);
  return others.length === 0 ? [newest] : [];
}

/** Finds a name that is called at the beginning: “Ben, could you …”, “hey scribe: …”. */
const CALL = /^\s*(?:(?:hey|hi|hello|ok|okay|thanks|thank you),?\s+)?([\p{L}\p{N}][\p{L}\p{N}\p{M}-]*)\s*[,:]/iu;
/** Finds a name that is called at the end: “… such long mails, Chiara!” */
const CALL_AT_END = /,\s*([\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,79})[\s.!?]{0,9}$/u;

/** Returns the names, in lower case, that a text calls at its beginning or its end. */
export function namesCalled(text: string): string[] {
  const said = addressableText(text).trim();
  return [CALL.exec(said), CALL_AT_END.exec(said.slice(-100))].flatMap((found) => found?.[1]?.toLowerCase() ?? []);
}

/**
 * Returns the participants whom a text calls without an `@`. Only a person can call an agent like that, and only one
 * that takes part in the conversation.
 */
function calledByName({ text, by, known, conversation }: AddressingInput): ParticipantId[] {
  if (!isPerson(by)) return [];
  const ids = namesCalled(text).flatMap((name) => known.get(name) ?? []);
  return ids.filter((id) => !isAgent(id) || conversation.agents.includes(id));
}
