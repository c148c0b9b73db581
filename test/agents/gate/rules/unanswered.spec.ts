import { expect } from 'chai';
import { unanswered } from '../../../../src/agents/gate/rules/unanswered.ts';
import type { Unanswered } from '../../../../src/pods/conversations/asked/unanswered.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { aCall, aToolCall, unread } from './facts.ts';

type Facts = Parameters<typeof unanswered.judge>[0];
const expired = (number: number, over: Partial<Unanswered> = {}): Unanswered => ({
  ...{ question: `q_${number}`, number, agent: 'agent:scribe', asked: ['person:ben'], at: 1 },
  ...over,
});
const said = (over: Partial<Facts>) => {
  const verdict = unanswered.judge({ called: 'Erase something', agent: 'agent:scribe', expired: [], ...over });
  return verdict && `${verdict.why} ${verdict.whoMay}`;
};
/** A reader that holds this conversation only. */
const holding = (doc: object | undefined) => {
  const asked: string[] = [];
  const get = async ({ name }: { name: string }, id: string) => {
    asked.push(`${name} ${id}`);
    return doc;
  };
  return { read: { get } as never, asked };
};
const beyond = { effect: 'outside' } as const;

describe('the rule “unanswered”', () => {
  for (const [what, call] of [
    ['an action in the pod', aCall()],
    ['a person’s own setting', aCall({ definition: { org: true, own: true } })],
    ['a tool that reads', aCall({ call: aToolCall(), definition: { effect: 'read' } })],
    ['a tool that reads and sends its input out', aCall({ call: aToolCall({ carries: true }), definition: beyond })],
  ] as const)
    it(`does not concern ${what}, and reads nothing for it`, async () => {
      expect(await unanswered.load(unread, call)).to.equal(undefined);
    });

  it('does not concern people', async () => {
    const { request, ...call } = aCall({ definition: beyond });
    const by = { ...call, request: { ...request, actor: 'person:ben' } } as unknown as Call;
    expect(await unanswered.load(unread, by)).to.equal(undefined);
  });

  for (const [what, call] of [
    ['an action beyond the pod', aCall({ definition: beyond })],
    ['a change of the organisation', aCall({ definition: { org: true } })],
    ['a tool that writes', aCall({ call: aToolCall({ effect: 'write' }), definition: beyond })],
    ['a tool that acts outside', aCall({ call: aToolCall({ effect: 'outside' }), definition: beyond })],
  ] as const)
    it(`concerns ${what}, by one read of the conversation`, async () => {
      const { read, asked } = holding({ id: 'c', pod: 'p', unanswered: [expired(1)] });
      expect((await unanswered.load(read, call))?.expired).to.deep.equal([expired(1)]);
      expect(asked).to.deep.equal(['conversations c']);
    });

  it('refuses if the conversation is missing, or is another pod’s', async () => {
    for (const doc of [undefined, { id: 'c', pod: 'other' }]) {
      const facts = await unanswered.load(holding(doc).read, aCall({ definition: beyond }));
      expect(facts && unanswered.judge(facts)?.why).to.include('was not found');
    }
  });

  it('refuses the agent whose question nobody answered, and no other', () => {
    expect(said({ expired: [expired(1), expired(2, { agent: 'agent:pilot' }), expired(4)] })).to.equal(
      "Erase something: nobody answered q1, q4, and the default does not cover this: it reaches beyond the pod, or can't be undone. Ask again, and do it once a person you asked has answered or written here.",
    );
    expect(said({ expired: [expired(2, { agent: 'agent:pilot' })] })).to.equal(undefined);
    expect(said({})).to.equal(undefined);
  });
});
