// The planner's input, parsed only from the request, as a model would read it.

import { type Block, blocksOf, type Message, type MessagesRequest } from '../wire.ts';
import { type Assigned, type AssignedWish, assignedIn, reportedIn, reviewIn } from './assigned.ts';
import { type Due, dueIn } from './due.ts';
import { readElements, unescapeText } from './elements.ts';
import { withoutGoAhead } from './held.ts';
import { type Asked, askedIn, type MailedTask, unmarked, withoutOutside } from './mailed.ts';
import { type Heard, meantFor, type Self } from './meant.ts';
import { type SettledQuestion, settledIn } from './settled.ts';
import type { Outcome, Step } from './step.ts';

/** A message that is not answered yet. `today`: the date of the message, or the last date in the request before it. */
export interface Wish {
  text: string;
  /** The text of a task that was given, below its title. */
  more?: string;
  /** The subject of the mail. */
  about?: string;
  /** Set if a mail or a file was forwarded without any text. */
  wordless?: true;
  /** The task that was made of the mail. */
  task?: MailedTask;
  /** The task that was assigned to the agent. */
  assigned?: Assigned;
  /** The task that it is asked to review. */
  reviewing?: string;
  /** The sentence about a task that the agent gave to somebody else. */
  reported?: string;
  /** The question of the agent that was settled. */
  settled?: SettledQuestion;
  from?: string;
  today?: string;
}

export interface Skill {
  name: string;
  description: string;
}

export interface Situation {
  offered: ReadonlySet<string>;
  wishes: readonly Wish[];
  /** News that no person wrote, such as an outcome or a reminder. */
  notices: readonly string[];
  steps: readonly Step[];
  /** The decisions that it has written down before, in earlier answers. */
  decided: readonly string[];
  /** The names of calls that are held back until the model has heard what was said. */
  held: readonly string[];
  /** The words on which a verdict is due. */
  due: readonly Due[];
  people: readonly string[];
  /** The names of all agents, including this one. */
  agents: readonly string[];
  self?: Self;
  /** The id of the request's conversation. */
  conversation?: string;
  skills: readonly Skill[];
  /** True in a DM, from which all pods of the person can be read. */
  direct: boolean;
}

export function readSituation(request: MessagesRequest): Situation {
  const system = blocksOf(request.system).map(textOf).join('\n');
  const lastAnswer = request.messages.findLastIndex(
    ({ role, content }, n) =>
      role === 'assistant' &&
      !blocksOf(content).some((block) => block.type === 'tool_use') &&
      !waitedForYes(request.messages[n - 1]),
  );
  const { conversation, self, ...news } = readNews(request.messages, lastAnswer);
  return {
    offered: new Set(request.tools?.map((tool) => tool.name)),
    ...news,
    ...(self && { self }),
    ...(conversation && { conversation }),
    ...stepsIn(request.messages.slice(lastAnswer + 1)),
    decided: decidedIn(request.messages.slice(0, lastAnswer + 1)),
    skills: readSkills(system),
  };
}

/** True if the work went on waiting for a yes to its calls: the empty turn after it is no answer. */
function waitedForYes(before: Message | undefined): boolean {
  return blocksOf(before?.content ?? '').some((block) =>
    /\. Your work goes on with the answer: then go_ahead/.test(textOf(block)),
  );
}

/**
 * Reads the new messages. “Today” in a message is the day on which it was written, or, without that, the last date in
 * the transcript.
 */
function readNews(messages: readonly Message[], lastAnswer: number) {
  const heard: (Heard & Asked & { today?: string })[] = [];
  const notices: string[] = [];
  const given: AssignedWish[] = [];
  const reviews: { text: string; reviewing: string }[] = [];
  const settled: Wish[] = [];
  const people = new Set<string>();
  const agents = new Set<string>();
  const named = new Map<string, string>();
  let due: Due[] = [];
  let conversation: string | undefined;
  let direct = false;
  let self: Self | undefined;
  let today: string | undefined;
  for (const [index, { role, content }] of messages.entries()) {
    if (role === 'assistant') continue;
    const opening = blocksOf(content).some((block) => textOf(block).includes('<context '));
    for (const block of blocksOf(content)) {
      if (block.type !== 'text') continue;
      const { elements, rest } = readElements(textOf(block));
      const isNew = index > lastAnswer;
      const hear = (asked: Asked, day: string | undefined, from?: string) =>
        heard.push({ ...asked, opening, ...(from && { from }), ...(day && { today: day }) });
      for (const element of elements) {
        const { name, attributes, body } = element;
        if (name === 'message' && attributes.as) named.set(attributes.as, unescapeText(body));
        if (name === 'verdicts') {
          if (index === messages.length - 1) due = dueIn(element, named);
          continue;
        }
        const day = dayIn(name === 'date' ? body : attributes.today);
        if (day && name !== 'message') today = day;
        for (const person of peopleIn(name, attributes, body)) people.add(person);
        for (const agent of agentsIn(name, attributes, body)) agents.add(agent);
        if (name === 'context') {
          conversation = attributes.conversation;
          direct = attributes.direct === 'true';
          self = selfIn(body);
        }
        if (!isNew || name === 'date' || name === 'context') continue;
        const own = withoutOutside(body);
        const text = unescapeText(own).trim();
        const reviewing = name === 'assignment' ? reviewIn(unescapeText(body), attributes) : undefined;
        if (reviewing) reviews.push(reviewing);
        else if (name === 'assignment' && attributes.to === 'you')
          given.push(assignedIn(unescapeText(own), attributes, today));
        else if (name === 'assignment' && attributes.gave === 'you')
          settled.push({ text: '', reported: reportedIn(text, attributes) });
        else if (name === 'question') settled.push({ text: '', settled: settledIn(attributes, body) });
        else if (name !== 'message') notices.push(text);
        else {
          const asked = askedIn(text, attributes, body);
          if (asked.text || asked.wordless) hear(asked, dayIn(attributes.at) ?? today, attributes.from);
        }
      }
      // A text without elements comes from a person who tries the server by hand.
      if (isNew && elements.length === 0 && rest) hear({ text: rest }, today);
      else if (isNew && rest) notices.push(rest);
    }
  }
  // If an assigned task wakes the agent, the messages in the first turn get no answer.
  const open = given.length || reviews.length ? heard.filter(({ opening }) => !opening) : heard;
  const meant = meantFor(self, [...agents], open).map(({ opening: _opening, ...wish }): Wish => wish);
  // An answer in free words is a message too, and has been heard with its question.
  const answered = settled.flatMap((one) => one.settled?.answers ?? []);
  const others = meant.filter(({ text, from }) => !answered.some((one) => one.from === from && one.words === text));
  const own = newestOf(given, ({ assigned }) => assigned.ref);
  const wishes = [...own, ...newestOf(reviews, ({ reviewing }) => reviewing), ...newestSettled(settled), ...others];
  return { wishes, notices, due, people: [...people], agents: [...agents], conversation, direct, self };
}

/** Several lines may be of one task: what the newest says is so now. */
function newestOf<T>(all: readonly T[], refOf: (one: T) => string): T[] {
  return all.filter((one, n) => !all.slice(n + 1).some((later) => refOf(later) === refOf(one)));
}

/** A question that was opened again is settled twice. Its newest answer counts. */
function newestSettled(wishes: readonly Wish[]): Wish[] {
  return wishes.filter(
    ({ settled }, n) => !settled || !wishes.slice(n + 1).some((later) => later.settled?.number === settled.number),
  );
}

function dayIn(text: string | undefined): string | undefined {
  return text?.match(/\d{4}-\d{2}-\d{2}/)?.[0];
}

function peopleIn(name: string, attributes: Readonly<Record<string, string>>, body: string): string[] {
  if (name === 'message') return attributes.from ? [attributes.from] : [];
  if (/^(member|person|participant)$/.test(name)) return attributes.name ? [attributes.name] : [];
  return readElements(body).elements.flatMap((inner) => peopleIn(inner.name, inner.attributes, inner.body));
}

/** Returns the agent: the member that the first turn marks as “you”. Undefined if a person tries the server by hand. */
function selfIn(context: string): Self | undefined {
  const you = readElements(context).elements.find(
    ({ name, attributes }) => name === 'member' && attributes.role === 'you',
  );
  const { name, handle } = you?.attributes ?? {};
  return name && handle ? { name, handle } : undefined;
}

function agentsIn(name: string, attributes: Readonly<Record<string, string>>, body: string): string[] {
  if (name === 'member')
    return /^(?:agent|you)$/.test(attributes.role ?? '') && attributes.name ? [attributes.name] : [];
  if (name !== 'context') return [];
  return readElements(body).elements.flatMap((inner) => agentsIn(inner.name, inner.attributes, inner.body));
}

function stepsIn(messages: readonly Message[]): Pick<Situation, 'steps' | 'held'> {
  const { steps, names } = withoutGoAhead(readSteps(messages), (text) => ({ kind: 'ok', json: parsed(text), text }));
  return { steps, held: names };
}

function decidedIn(messages: readonly Message[]): string[] {
  return stepsIn(messages).steps.flatMap(({ tool, input, outcome }) => {
    const { decision } = input as { decision?: unknown };
    return tool === 'record_decision' && outcome.kind === 'ok' && typeof decision === 'string' ? [decision] : [];
  });
}

function readSteps(messages: readonly Message[]): Step[] {
  const blocks = messages.flatMap(({ content }) => blocksOf(content));
  const results = new Map(
    blocks.filter((block) => block.type === 'tool_result').map((block) => [block.tool_use_id, block]),
  );
  return blocks
    .filter((block) => block.type === 'tool_use')
    .flatMap((call) => {
      const result = results.get(call.id);
      return result ? [{ ...unwrap(call), outcome: outcomeOf(result) }] : [];
    });
}

function unwrap(call: Block): { tool: string; input: unknown } {
  const input = call.input as { tool?: unknown; input?: unknown };
  if (call.name === 'use_tool' && typeof input.tool === 'string') return { tool: input.tool, input: input.input ?? {} };
  return { tool: String(call.name), input };
}

function outcomeOf(result: Block): Outcome {
  const text = blocksOf(result.content as string | Block[] | undefined)
    .map(textOf)
    .join('\n');
  if (result.is_error === true) return { kind: 'failed', text: sentenceIn(text) };
  if (/^pending\b/i.test(text)) return { kind: 'pending', text };
  return { kind: 'ok', json: parsed(text), text };
}

/** Returns the sentence of an error. The text may be the sentence, or JSON that contains the sentence. */
function sentenceIn(text: string): string {
  const json = parsed(text) as { error?: unknown; message?: unknown } | undefined;
  const found = [json?.error, json?.message].find((each) => typeof each === 'string');
  return typeof found === 'string' ? found : text;
}

/** Parses a result, and removes the elements around text that is labelled as outside. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? unmarked(value) : value));
  } catch {
    return undefined;
  }
}

function readSkills(system: string): Skill[] {
  // The catalogue of skills in the open format: <skill><name>…</name><description>…</description></skill>
  return [
    ...system.matchAll(/<skill>\s*<name>([^<]+)<\/name>\s*<description[^>]*>([\s\S]*?)<\/description>\s*<\/skill>/gi),
  ].map(([, name = '', description = '']) => ({
    name: unescapeText(name),
    description: unescapeText(description).trim(),
  }));
}

function textOf(block: Block): string {
  return typeof block.text === 'string' ? block.text : '';
}
