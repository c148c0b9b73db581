import { expect } from 'chai';
import { type Entry, enter } from '../../src/doors/enter.ts';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../src/errors.ts';
import { makeReader } from '../../src/log/read.ts';
import { aWorld, type Json, refusal, type World } from '../pods/build.ts';

describe('doors/enter', () => {
  let world: World;
  let asks: string[];
  beforeEach(async () => {
    world = await aWorld();
    asks = [];
  });

  const entered = (entry: Partial<Entry>) => {
    const read = makeReader(world.store);
    const deps = {
      act: world.act,
      read: {
        ...read,
        get: ((ref, id) => {
          asks.push(`get ${ref.name}`);
          return read.get(ref, id);
        }) as typeof read.get,
        find: ((ref, query) => {
          asks.push(`find ${ref.name}`);
          return read.find(ref, query);
        }) as typeof read.find,
      },
    };
    return enter(deps, { as: 'ada', action: 'create_task', input: { title: 'A' }, via: 'cli', ...entry });
  };
  const last = async (pod?: string) => (await world.commits(pod)).at(-1);

  it('takes names as people write them: who, on whose behalf, and where', async () => {
    for (const as of ['ada', '@Ada', 'Ada Lindqvist', world.ada]) {
      const { commit, repeated } = await entered({ as, pod: 'launch' });
      expect(repeated).to.equal(false);
      expect(await last()).to.deep.include({ actor: world.ada, via: 'cli', seq: commit?.seq });
    }
    await entered({ as: '@scribe', for: 'ben', pod: 'p_launch' });
    expect(await last()).to.deep.include({ actor: 'agent:scribe', onBehalfOf: world.ben });
  });

  it('asks nothing of the store about whom and where a door knows', async () => {
    await entered({ as: { id: world.ben, name: 'Ben Okafor' }, pod: { id: 'p_launch' } });
    expect(asks).to.deep.equal([]);
    expect((await last())?.actor).to.equal(world.ben);
  });

  it('does a key once, and without one every call anew', async () => {
    const first = await entered({ pod: 'launch', key: 'mail:1' });
    expect((await last())?.key).to.equal('mail:1');
    expect(await entered({ pod: 'launch', key: 'mail:1' })).to.deep.equal({ ...first, repeated: true });
    expect(await refusal(entered({ pod: 'launch', key: 'mail:1', input: { title: 'B' } }))).to.be.instanceOf(Conflict);
    const [one, other] = [await entered({ pod: 'launch' }), await entered({ pod: 'launch' })];
    expect(one.commit?.seq).to.not.equal(other.commit?.seq);
    expect((await last())?.key).to.match(/^cli:[0-9a-f-]{36}$/);
  });

  it('finds the log of the organisation, a new pod, and a list that needs no pod by itself', async () => {
    await entered({ as: 'ada', action: 'set_digest', input: { state: 'off' } });
    expect((await last('org'))?.action).to.equal('set_digest');
    const made = await entered({ action: 'create_pod', input: { name: 'Offsite' }, key: 'k' });
    expect(await entered({ action: 'create_pod', input: { name: 'Offsite' }, key: 'k' })).to.include({
      repeated: true,
    });
    expect(made.commit?.seq).to.equal(1);
    const { result, commit } = await entered({ action: 'list_pods', input: undefined });
    expect((result as { pods: object[] }).pods).to.have.length(2);
    expect(commit).to.equal(undefined);
  });

  it('adds whoever is named by a mail address: known by it already, or invited on the way, once', async () => {
    const add = { action: 'add_member', pod: 'launch', key: 'add:1' };
    const input = { who: 'Maja Holm <Maja@Example.com>', role: 'guest' };
    const first = await entered({ ...add, input });
    expect(first.result).to.deep.include({
      member: { ...(first.result as Json).member, name: 'Maja Holm', role: 'guest' },
    });
    expect(await entered({ ...add, input })).to.deep.equal({ ...first, repeated: true });
    expect((await world.commits('org')).filter(({ action }) => action === 'invite_person')).to.have.length(1);
    await entered({ action: 'create_pod', input: { name: 'Offsite' } });
    for (const who of ['maja@example.com', '[maja@example.com](mailto:maja@example.com)'])
      expect((await refusal(entered({ action: 'add_member', pod: 'launch', input: { who } }))).message).to.contain(
        'Maja Holm already is in',
      );
    const there = await entered({ action: 'add_member', pod: 'Offsite', input: { who: 'maja@example.com' } });
    expect((there.result as Json).member.name).to.equal('Maja Holm');
    const other = await entered({ action: 'add_member', pod: 'launch', input: { who: 'kim.lee@mill.example' } });
    expect((other.result as Json).member.name).to.equal('Kim Lee');
  });

  it('invites nobody for somebody who may not', async () => {
    const input = { who: 'eve@mill.example' };
    await refusal(entered({ as: 'scribe', action: 'add_member', pod: 'launch', input }));
    const owner = await refusal(
      entered({ as: 'ben', action: 'add_member', pod: 'launch', input: { ...input, role: 'owner' } }),
    );
    expect(owner.message).to.contain('Only an owner of');
    await world.does(world.ada, 'change_role', { who: 'ben', role: 'guest' });
    const asGuest = await refusal(entered({ as: 'ben', action: 'add_member', pod: 'launch', input }));
    expect(asGuest).to.be.instanceOf(NotAllowed);
    const offer = await refusal(
      entered({ as: 'ada', action: 'add_member', pod: 'launch', input: { ...input, offer: 'nothing' } }),
    );
    expect(offer, 'something else is not there').to.be.instanceOf(NotFound);
    expect((await world.commits('org')).filter(({ action }) => action === 'invite_person')).to.deep.equal([]);
  });

  const refused: [string, Partial<Entry>, typeof NotFound | typeof InvalidInput, RegExp][] = [
    ['an action there is not', { action: 'fly' }, NotFound, /no action “fly”/],
    ['what is Skein’s own', { action: 'record_sent' }, NotFound, /Skein's own/],
    ['a name nobody has', { as: 'eve' }, NotFound, /Nobody here goes by “eve”/],
    ['no pod, where one is needed', {}, InvalidInput, /In which pod/],
    ['somebody else’s pod as one there is not', { as: 'zoe', pod: 'launch' }, NotFound, /in no pod “launch”/],
    ['a person for a person', { for: 'ben', pod: 'launch' }, InvalidInput, /Only agents act for somebody/],
    ['an agent for an agent', { as: 'scribe', for: 'pilot', pod: 'launch' }, InvalidInput, /Agents act for people/],
    ['a pod for what makes one', { action: 'create_pod', pod: 'launch' }, InvalidInput, /name none/],
  ];
  for (const [what, entry, kind, sentence] of refused)
    it(`refuses ${what}, and does nothing`, async () => {
      const before = (await world.commits()).length;
      const error = await refusal(entered(entry));
      expect(error).to.be.instanceOf(kind);
      expect(error.message).to.match(sentence);
      expect(await world.commits()).to.have.length(before);
    });

  it('refuses whoever has left, by any of their names', async () => {
    const account = 'slack:T1:ben';
    await world.does('skein', 'register_person', {
      account,
      name: 'Ben Okafor',
      handle: 'ben',
      role: 'member',
      state: 'out',
    });
    for (const as of ['ben', world.ben]) {
      const error = await refusal(entered({ as, pod: 'launch' }));
      expect(error).to.be.instanceOf(NotAllowed);
      expect(error.message).to.match(/has left this organisation/);
    }
  });
});
