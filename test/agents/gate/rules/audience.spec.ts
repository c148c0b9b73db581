import { expect } from 'chai';
import { audience } from '../../../../src/agents/gate/rules/audience.ts';
import { aCall, aToolCall, unread } from './facts.ts';

type Facts = Parameters<typeof audience.judge>[0];
const ada = { id: 'person:ada', handle: 'ada', email: 'ada@acme.example' } as const;
const eve = { id: 'person:eve', handle: 'eve', foreign: true } as const;
const channel = { place: { kind: 'slack', team: 'T', channel: 'C1' }, direct: false } as const;
const dm = { ...channel, direct: true };
const allows = (facts: Partial<Facts>) =>
  audience.judge({
    ...{ tool: 'mcp:crm/find', audience: { kind: 'everyone' }, id: 'p_1', pod: channel, readers: [ada] },
    ...facts,
  }) === undefined;
const people = (...names: string[]) => ({ kind: 'people' as const, people: names });
const pods = (...names: string[]) => ({ kind: 'pods' as const, pods: names });

describe('the rule “audience”', () => {
  it('gives what is for everyone to nobody of another organisation', () => {
    expect(allows({})).to.equal(true);
    expect(allows({ readers: [ada, eve] })).to.equal(false);
  });

  it('gives what is for pods to those, by id or channel, and by no name that anyone may take', () => {
    expect(allows({ audience: pods('p_1') })).to.equal(true);
    expect(allows({ audience: pods('C1') })).to.equal(true);
    expect(allows({ audience: pods('Launch', 'p_2') })).to.equal(false);
  });

  it('gives what is for named people to their own pods alone', () => {
    for (const name of ['@Ada', 'person:ada', 'ADA@acme.example'])
      expect(allows({ audience: people(name), pod: dm }), name).to.equal(true);
    expect(allows({ audience: people('ada'), pod: channel })).to.equal(false);
    expect(allows({ audience: people('ada'), pod: dm, readers: [] })).to.equal(false);
    expect(allows({ audience: people('ben'), pod: dm })).to.equal(false);
  });

  it('says who can widen it', () => {
    const { whoMay } = audience.judge({ tool: 't', audience: pods(), id: 'p_1', pod: channel, readers: [] }) ?? {};
    expect(whoMay).to.include('this pod is p_1');
  });

  it('does not concern an action, nor a tool whose results are for whoever reads the pod', async () => {
    expect(await audience.load(unread, aCall())).to.equal(undefined);
    expect(await audience.load(unread, aCall({ call: aToolCall() }))).to.equal(undefined);
  });
});
