// The rule for DMs: text that the agent read in other pods leaves the DM only in words that the person typed
// themselves.
import type { Reader } from '../../../log/action.ts';
import type { CallFacts, ToolCall } from '../../../log/call-facts.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { AnyAction } from '../../../pods/action.ts';
import type { Call } from '../../../pods/decide.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { askersOf } from '../../../pods/members/rights.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { type Given, ownMaking } from '../../../tools/destinations.ts';
import { givenWords } from '../given-words.ts';
import { changesElsewhere } from '../reaches-beyond.ts';
import { refuse, rule } from '../verdict.ts';
import { vocabularyIn, vocabularyOf } from '../vocabulary.ts';

interface Facts {
  /** The first words of the refusal. */
  opening: string;
  input: unknown;
  /** The names of the pods that the agent has read. A pod is left out if an asker is not a member of it. */
  pods: string;
  /** The words that members typed themselves. */
  given: Given;
  /** Values that reveal nothing about a pod, such as the name of an action. */
  vocabulary: ReadonlySet<string>;
}

export const elsewhere = rule<Facts>({
  name: 'elsewhere',
  load(read, call: Call) {
    const { facts } = call.request;
    const isRead = changesElsewhere(call) || isReadElsewhere(call.definition, facts?.call);
    return facts && isRead ? factsOf(read, call, facts) : undefined;
  },
  judge({ opening, input, pods, given, vocabulary }) {
    const [strange] = ownMaking(input, given, vocabulary);
    if (strange === undefined) return undefined;
    const shown = strange.length > 80 ? `${strange.slice(0, 80).toWellFormed()}…` : strange;
    return refuse(
      `${opening} this conversation has read ${pods}, and others than the readers there would read this. “${shown}” is not in the person's own words.`,
      'Use words that stand so in their messages here. If they want others there, they write them here, word for word, and you use exactly those; or they do it themselves.',
    );
  },
});

async function factsOf(read: Reader, asked: Call, facts: CallFacts): Promise<Facts | undefined> {
  const { definition, request } = asked;
  // The readers of a pod may read what comes from that pod.
  const sources = (await facts.sources()).filter((pod) => pod !== request.pod);
  if (!sources.length) return undefined;
  const { call, from } = facts;
  const vocabulary = () =>
    changesElsewhere(asked)
      ? vocabularyIn(read, definition, request.pod, Object(request.input))
      : vocabularyOf(read, definition);
  return {
    opening: call ? `${call.tool} was not called:` : `${definition.title}:`,
    input: call ? call.input : request.input,
    pods: await namedTo(read, askersOf(request), sources),
    given: await givenWords(read, from),
    vocabulary: call ? new Set() : await vocabulary(),
  };
}

/**
 * True if people who are not members of the pod will read the input: people outside, the organisation, or the members
 * of a new pod.
 */
function isReadElsewhere({ name, org, own, effect }: AnyAction, call: ToolCall | undefined): boolean {
  if (call) return call.effect !== 'read' || call.carries;
  return name === 'create_pod' || (org === true && own !== true && effect !== 'read');
}

const MOST_NAMED = 3;

/**
 * Returns a phrase with the names of the pods of which every asker is a member, such as “the pods “A”, “B” and others”.
 */
async function namedTo(read: Reader, askers: readonly PersonId[], ids: readonly string[]): Promise<string> {
  const pods = await read.find(PODS, { where: { id: { in: [...ids] } } });
  const known = await Promise.all(
    pods.map(async (pod) => {
      const members = await Promise.all(askers.map((who) => read.get(MEMBERS, memberId(pod.id, who))));
      return askers.length > 0 && members.every((member) => member?.state === 'in') ? [`“${pod.name}”`] : [];
    }),
  );
  const names = known.flat().slice(0, MOST_NAMED);
  if (!names.length) return ids.length > 1 ? 'other pods' : 'another pod';
  const more = ids.length > names.length ? ' and others' : '';
  return `${names.length + (more ? 1 : 0) > 1 ? 'the pods' : 'the pod'} ${names.join(', ')}${more}`;
}
