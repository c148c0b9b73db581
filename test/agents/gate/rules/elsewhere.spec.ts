import { expect } from 'chai';
import { elsewhere } from '../../../../src/agents/gate/rules/elsewhere.ts';
import { aCall, aToolCall, given, unread } from './facts.ts';

const facts = (input: unknown, ...said: string[]) => ({
  ...{ opening: 'Update a skill:', input, pods: 'the pod “Launch”', given: given(...said) },
  vocabulary: new Set(['prices', 'update_skill']),
});

describe('the rule “elsewhere”', () => {
  it('refuses words of another pod that no person has written here', () => {
    const { why, whoMay } = elsewhere.judge(facts({ text: 'Margin is 41 percent' }, 'Make a skill')) ?? {};
    expect(why).to.equal(
      "Update a skill: this conversation has read the pod “Launch”, and others than the readers there would read this. “Margin is 41 percent” is not in the person's own words.",
    );
    expect(whoMay).to.include('word for word');
  });

  it('has nothing against the person’s own words, nor against names that say nothing', () => {
    expect(elsewhere.judge(facts({ name: 'prices', text: 'Margin 41!' }, 'It is: margin 41'))).to.equal(undefined);
  });

  it('quotes no more than the beginning', () => {
    expect(elsewhere.judge(facts('x'.repeat(200)))?.why).to.include(`“${'x'.repeat(80)}…”`);
  });

  for (const [what, concerned, call] of [
    ['an action in the pod', false, aCall({ sources: ['p_2'] })],
    ['a read of the organisation', false, aCall({ sources: ['p_2'], definition: { org: true, effect: 'read' } })],
    ['a person’s own setting', false, aCall({ sources: ['p_2'], definition: { org: true, own: true } })],
    ['a tool that only reads', false, aCall({ sources: ['p_2'], call: aToolCall() })],
    ['a conversation that has read no other pod', false, aCall({ definition: { org: true } })],
    ['a change of the organisation', true, aCall({ sources: ['p_2'], definition: { org: true } })],
    ['a new pod', true, aCall({ sources: ['p_2'], definition: { name: 'create_pod' } })],
    ['a tool that writes', true, aCall({ sources: ['p_2'], call: aToolCall({ effect: 'write' }) })],
    ['a tool whose input leaves', true, aCall({ sources: ['p_2'], call: aToolCall({ carries: true }) })],
  ] as const)
    it(`${concerned ? 'concerns' : 'does not concern'} ${what}`, async () => {
      const outcome = await Promise.resolve(elsewhere.load(unread, call)).catch((error: Error) => error.message);
      expect(outcome).to.equal(concerned ? 'find was read' : undefined);
    });
});
