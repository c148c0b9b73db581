import { expect } from 'chai';
import { drafts } from '../../../../src/agents/gate/rules/drafts.ts';
import type { Ears } from '../../../../src/log/ears.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { aCall, unread } from './facts.ts';

const ears: Ears = { conversation: 'c', upTo: 7, woken: 3 };
const inOrg = { action: 'update_skill', input: {} };
const asking = ({ outside = false, sources = [] as string[], over = {}, of = inOrg as object | undefined } = {}) => {
  const { request, ...call } = aCall({ outside, sources });
  const facts = { ...request.facts, ...(of ? { inOrg: of } : {}) };
  return { ...call, request: { ...request, facts, ears, ...over } } as unknown as Call;
};
const call = { key: 's:1:2:0', hash: 'h' };
const draft = { fields: ['instructions'], difference: '- a\n+ b', seq: 4 };

describe('the rule “drafts”', () => {
  for (const [of, asked] of [
    ['an act of nobody’s run', asking({ over: { ears: undefined } })],
    ['what stays in the pod', asking({ of: undefined })],
    ['a session with text from outside, which another rule refuses', asking({ outside: true })],
    ['a session with text of other pods, which another rule judges', asking({ sources: ['q'] })],
    ['another act on the organisation', asking({ of: { action: 'create_agent', input: {} } })],
  ] as const)
    it(`does not concern ${of}, and reads nothing for it`, async () => {
      expect(await drafts.load(unread, asked)).to.equal(undefined);
    });

  it('locks a change without a yes, and shows the difference', () => {
    const who = ['person:ada'] as const;
    const step = { ...call, who: ['person:ada'], draft: { fields: draft.fields, difference: draft.difference } };
    expect(drafts.judge({ call, who, draft, steps: undefined })).to.deep.equal({ kind: 'locked', step });
    const asks = [{ ...call, yes: true as const }];
    expect(drafts.judge({ call, who, draft, steps: { question: 'q', asks } })).to.equal(undefined);
    const newer = { ...call, hash: 'of a newer text' };
    expect(drafts.judge({ call: newer, who, draft, steps: { question: 'q', asks } })?.kind).to.equal('locked');
  });

  it('asks nobody where the agent works for nobody: that is refused by who may change it', () => {
    expect(drafts.judge({ call, who: [], draft, steps: undefined })).to.equal(undefined);
  });
});
