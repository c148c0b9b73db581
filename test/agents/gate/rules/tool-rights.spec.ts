import { expect } from 'chai';
import { toolRights } from '../../../../src/agents/gate/rules/tool-rights.ts';
import { aCall, unread } from './facts.ts';

type Facts = Parameters<typeof toolRights.judge>[0];
const judged = (facts: Partial<Facts>) => {
  const member = { role: 'member' } as const;
  const verdict = toolRights.judge({ pod: member, org: member, ...facts });
  return verdict && `${verdict.why} ${verdict.whoMay}`.trim();
};
const writing = 'mcp:crm/add';
const gil = (role: 'guest' | 'none') => ({ role, who: 'Gil' });
const first = 'A member may do it, or ask you for it once you have answered that you can’t.';

describe('the rule “tool rights”', () => {
  it('has nothing against what members wish, nor against a guest’s reading', () => {
    expect(judged({ writing })).to.equal(undefined);
    expect(judged({ pod: gil('guest'), org: gil('guest') })).to.equal(undefined);
  });

  it('refuses a guest’s writing, a guest of the pod or of the organisation', () => {
    const said = `mcp:crm/add does more than read, and you act on the words of Gil, who is a guest. ${first}`;
    expect(judged({ writing, pod: gil('guest') })).to.equal(said);
    expect(judged({ writing, org: gil('guest') })).to.equal(said);
  });

  it('refuses all that somebody wishes who has left', () => {
    expect(judged({ pod: gil('none') })).to.equal(
      `Not done: you act on the words of Gil, who is no longer in this pod. ${first}`,
    );
    expect(judged({ org: gil('none') })).to.include('no longer in this organisation.');
  });

  it('counts the agent’s own role', () => {
    expect(judged({ writing, pod: { role: 'guest' } })).to.equal(
      'mcp:crm/add does more than read, and you are guest here. Ask an owner to change your role.',
    );
    expect(judged({ pod: { role: 'none' } })).to.include('you are not in this pod');
  });

  it('does not concern an action', async () => {
    expect(await toolRights.load(unread, aCall())).to.equal(undefined);
  });
});
