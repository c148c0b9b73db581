// The rule for questions that expired: the option that an agent takes because nobody answered lets it do nothing beyond
// the pod, and nothing that can't be undone.
import type { Reader } from '../../../log/action.ts';
import { isAgent } from '../../../log/participant.ts';
import type { Unanswered } from '../../../pods/conversations/asked/unanswered.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { Call } from '../../../pods/decide.ts';
import { changesElsewhere, reachesBeyond } from '../reaches-beyond.ts';
import { refuse, rule } from '../verdict.ts';

interface Facts {
  /** The name of the tool or action. */
  called: string;
  agent: string;
  /** The questions of the conversation that expired. Undefined if the conversation was not found. */
  expired: readonly Unanswered[] | undefined;
}

export const unanswered = rule<Facts>({
  name: 'unanswered',
  load(read, call: Call) {
    const { actor, facts } = call.request;
    return isAgent(actor) && actsBeyond(call, facts?.call) ? factsOf(read, call) : undefined;
  },
  judge({ called, agent, expired }) {
    if (!expired)
      return refuse(
        `${called}: the conversation it is called from was not found, so nobody can tell whether a question there is unanswered.`,
        'Tell the person what you would do; they can do it themselves.',
      );
    const open = expired.filter((one) => one.agent === agent).map(({ number }) => number);
    if (!open.length) return undefined;
    const numbers = open.sort((a, b) => a - b).map((number) => `q${number}`);
    return refuse(
      `${called}: nobody answered ${numbers.join(', ')}, and the default does not cover this: it reaches beyond the pod, or can't be undone.`,
      'Ask again, and do it once a person you asked has answered or written here.',
    );
  },
});

async function factsOf(
  read: Reader,
  { definition, request: { actor, pod, conversation, facts } }: Call,
): Promise<Facts | undefined> {
  const from = facts?.from ?? (conversation === undefined ? undefined : { pod, conversation });
  // The act comes from no conversation, so no question was asked before it.
  if (!from) return undefined;
  const doc = await read.get(CONVERSATIONS, from.conversation);
  const expired = doc?.pod === from.pod ? (doc.unanswered ?? []) : undefined;
  return { called: facts?.call?.tool ?? definition.title, agent: actor, expired };
}

/** A server's tool that only reads has no effect, also if its input leaves the organisation. */
function actsBeyond(asked: Call, call: { effect: string } | undefined): boolean {
  return call ? call.effect !== 'read' : reachesBeyond(asked.definition) || changesElsewhere(asked);
}
