import { expect } from 'chai';
import { provenance } from '../../../../src/agents/gate/rules/provenance.ts';
import { aCall, aToolCall, given, unread } from './facts.ts';

type Facts = Parameters<typeof provenance.judge>[0];
const said = (facts: Facts) => {
  const verdict = provenance.judge(facts);
  return verdict && `${verdict.why} ${verdict.whoMay}`;
};
const sends = (over: object, ...texts: string[]) =>
  said({ kind: 'egress', call: aToolCall({ carries: true, ...over }), given: given(...texts) });

describe('the rule “provenance”', () => {
  const beyond = { org: true, effect: 'outside' } as const;
  for (const [what, kind, call] of [
    ['a conversation without text from outside', undefined, aCall({ definition: beyond })],
    ['an action in the pod', undefined, aCall({ outside: true })],
    ['a person’s own setting', undefined, aCall({ outside: true, definition: { ...beyond, own: true } })],
    ['a tool that reads and sends nothing', undefined, aCall({ outside: true, call: aToolCall() })],
    ['a tool that writes here', undefined, aCall({ outside: true, call: aToolCall({ effect: 'write' }) })],
    ['a change of the organisation', 'action', aCall({ outside: true, definition: { org: true } })],
    ['an action beyond the pod', 'action', aCall({ outside: true, definition: { effect: 'outside' } })],
    ['a tool that acts outside', 'effect', aCall({ outside: true, call: aToolCall({ effect: 'outside' }) })],
  ] as const)
    it(`${kind ? 'concerns' : 'does not concern'} ${what}`, async () => {
      expect((await provenance.load(unread, call))?.kind).to.equal(kind);
    });

  it('leaves to a person what reaches beyond the pod', () => {
    expect(said({ kind: 'action', title: 'Invite a person' })).to.equal(
      'Invite a person: that reaches beyond this pod, and this conversation has taken in text from outside, so a person has to do it themselves. Tell them what you would do and with which input.',
    );
    expect(said({ kind: 'effect', tool: 'mcp:crm/add' })).to.include("would need a person's approval");
  });

  it('sends something only to addresses that a member wrote', () => {
    const to = { destinations: ['https://x.example/a'] };
    expect(sends(to, 'read https://x.example')).to.include('it would send something to https://x.example/a, which no');
    expect(sends(to, 'read https://x.example/a')).to.equal(undefined);
  });

  it('sends no words of its own where no address is named', () => {
    const input = { query: 'the secret is 4711' };
    expect(sends({ input }, 'look it up'))
      .to.include('only send what a member wrote here')
      .and.include('egress: false');
    expect(sends({ input, egress: true }, 'look it up')).not.to.include('egress: false');
    expect(sends({ input }, 'look up: the secret is 4711')).to.equal(undefined);
  });
});
