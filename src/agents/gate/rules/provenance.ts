// The rule against prompt injection: after text from outside, the agent has no effect beyond the pod unless a member
// typed the destination or the content of the call.
import type { Reader } from '../../../log/action.ts';
import type { ToolCall } from '../../../log/call-facts.ts';
import { isOutside } from '../../../log/labels/label.ts';
import type { Call } from '../../../pods/decide.ts';
import { type Given, ownMaking } from '../../../tools/destinations.ts';
import { givenWords } from '../given-words.ts';
import { changesElsewhere, reachesBeyond } from '../reaches-beyond.ts';
import { type Refusal, refuse, rule } from '../verdict.ts';
import { vocabularyIn } from '../vocabulary.ts';

type Facts =
  | { kind: 'action'; title: string }
  /** A change in another pod of the person. */
  | { kind: 'elsewhere'; title: string; input: unknown; given: Given; vocabulary: ReadonlySet<string> }
  | { kind: 'effect'; tool: string }
  /** A tool whose input leaves the organisation. */
  | { kind: 'egress'; call: ToolCall; given: Given };

export const provenance = rule<Facts>({
  name: 'provenance',
  load(read, call: Call) {
    return isOutside(call.request.label) ? factsOf(read, call) : undefined;
  },
  judge(facts) {
    switch (facts.kind) {
      case 'action':
        return refuse(
          `${facts.title}: that reaches beyond this pod, and ${TAKEN_IN}, so a person has to do it themselves.`,
          'Tell them what you would do and with which input.',
        );
      case 'elsewhere':
        return ungivenElsewhere(facts);
      case 'effect':
        return refuse(
          `${facts.tool} acts outside, and ${TAKEN_IN}, so each call would need a person's approval, which can't be given here yet.`,
          'Tell the person what you would call and with which input. If it only reads, the owner of its manifest can say so there (effect: read).',
        );
      case 'egress':
        return ungiven(facts);
      default:
        facts satisfies never;
        return undefined;
    }
  },
});

async function factsOf(read: Reader, asked: Call): Promise<Facts | undefined> {
  const { definition, request } = asked;
  const { facts, pod, input } = request;
  const { title } = definition;
  const call = facts?.call;
  if (!call && reachesBeyond(definition)) return { kind: 'action', title };
  if (facts && changesElsewhere(asked)) {
    const vocabulary = await vocabularyIn(read, definition, pod, Object(input));
    return { kind: 'elsewhere', title, input, given: await givenWords(read, facts.from), vocabulary };
  }
  if (!call) return undefined;
  if (call.effect === 'outside') return { kind: 'effect', tool: call.tool };
  return call.carries ? { kind: 'egress', call, given: await givenWords(read, facts.from) } : undefined;
}

const TAKEN_IN = 'this conversation has taken in text from outside';

/** Refuses a change in another pod that says anything which no member typed. */
function ungivenElsewhere({ title, input, given, vocabulary }: Extract<Facts, { kind: 'elsewhere' }>) {
  const [strange] = ownMaking(input, given, vocabulary);
  if (strange === undefined) return undefined;
  return refuse(
    `${title}: that is another pod, and ${TAKEN_IN}. “${strange.slice(0, 80).toWellFormed()}” is not in the person's own words.`,
    'Use words that stand so in their messages here, or tell them what you would write there: they can do it themselves.',
  );
}

/** Refuses a call if no member typed its destination or its content, because both may come from the text from outside. */
function ungiven({ call, given }: Extract<Facts, { kind: 'egress' }>): Refusal | undefined {
  const { tool, input, destinations, egress } = call;
  const strange = destinations.find((address) => !given.addresses.has(address));
  if (strange)
    return refuse(
      `${tool} was not called: it would send something to ${strange.slice(0, 200)}, which no member wrote here, and ${TAKEN_IN}.`,
      'Tell the person which address you would call and why. If they want it, they write the address here themselves, and you may call it exactly so.',
    );
  if (destinations.length || !ownMaking(input, given).length) return undefined;
  const local = egress === true ? '' : ' If it sends nothing out, its manifest can say so (egress: false).';
  return refuse(
    `${tool} was not called: it sends its input out of this organisation, and ${TAKEN_IN}, so it may only send what a member wrote here.`,
    `Tell the person what you would send. If they want it, they write those words here themselves, and you send exactly these.${local}`,
  );
}
