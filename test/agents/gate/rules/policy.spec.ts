import { expect } from 'chai';
import { policy } from '../../../../src/agents/gate/rules/policy.ts';
import { aCall, aToolCall, unread } from './facts.ts';

describe('the rule “policy”', () => {
  it('refuses a tool that its manifest switches off', () => {
    expect(policy.judge(aToolCall({ policy: 'deny' }))).to.include({
      why: "mcp:crm/find is switched off in the server's manifest.",
    });
  });

  for (const one of ['allow', 'ask'] as const)
    it(`has nothing against one with the policy ${one}`, () => {
      expect(policy.judge(aToolCall({ policy: one }))).to.equal(undefined);
    });

  it('does not concern an action', async () => {
    expect(await policy.load(unread, aCall())).to.equal(undefined);
  });
});
