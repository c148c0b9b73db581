import { expect } from 'chai';
import { stopped } from '../../../../src/agents/gate/rules/stopped.ts';
import { aCall, unread } from './facts.ts';

describe('the rule “stopped”', () => {
  it('refuses all that a stopped run calls', async () => {
    const facts = await stopped.load(unread, aCall({ stopped: true }));
    expect(facts && stopped.judge(facts)).to.deep.equal({
      ...{ kind: 'refuse', why: 'Not run: a person stopped you.', whoMay: '' },
    });
  });

  it('has nothing against a run that goes on', async () => {
    const facts = await stopped.load(unread, aCall());
    expect(facts && stopped.judge(facts)).to.equal(undefined);
  });

  it('does not concern what no run calls, such as what a person does', async () => {
    const { request, ...call } = aCall({ stopped: true });
    const { facts: _facts, ...bare } = request;
    expect(await stopped.load(unread, { ...call, request: bare })).to.equal(undefined);
  });
});
