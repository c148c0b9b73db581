import { expect } from 'chai';
import { approval } from '../../../../src/agents/gate/rules/approval.ts';
import { aCall, aToolCall, unread } from './facts.ts';

describe('the rule “approval”', () => {
  it('refuses a tool whose manifest wants a person asked, and says what the person can do', () => {
    const { why, whoMay } = approval.judge(aToolCall({ policy: 'ask' })) ?? {};
    expect(why).to.include("mcp:crm/find needs a person's approval for each call");
    expect(whoMay).to.include('they can do it themselves');
  });

  it('has nothing against one that may be called', () => {
    expect(approval.judge(aToolCall())).to.equal(undefined);
  });

  it('does not concern an action', async () => {
    expect(await approval.load(unread, aCall())).to.equal(undefined);
  });
});
