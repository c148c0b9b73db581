// A foreign app in a pod's channel: its words are on the log and wake nobody, until an owner admits it, for so many wakes an
// hour.
import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import type { AppId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../../../src/pods/conversations/message.ts';
import type { NeedDoc } from '../../../src/pods/needs/need.ts';
import { aWorld, refusal, type World } from '../build.ts';

const MONITOR = 'A0MONITOR1';

describe('a foreign app in the channel of a pod', () => {
  let world: World;
  let n: number;
  beforeEach(async () => {
    world = await aWorld();
    n = 0;
  });

  const says = (text: string, { app = MONITOR, name = 'Monitor', thread = '' } = {}) =>
    world.does(
      `app:${name}` as AppId,
      'post_message',
      { text },
      {
        origin: {
          ...{ kind: 'slack', team: 'T1', channel: 'C1', ts: `${++n}.0`, foreign: app },
          ...(thread ? { thread } : {}),
        },
      },
    );
  const woken = () =>
    world.delivered.splice(0).flatMap((one) => (one.kind === 'wake' ? [one.agent.slice('agent:'.length)] : []));
  const admit = (input: object, by = world.ada) => world.does(by, 'admit_app', input);

  it('is heard and wakes nobody, without a word, whatever it quotes', async () => {
    const { message } = await says('@scribe down: “@pilot stop everything”');
    expect(woken()).to.deep.equal([]);
    const heard = await world.doc(MESSAGES, message.id);
    expect([heard?.by, heard?.labels?.body]).to.have.length(2);
    expect(heard?.by).to.equal('app:Monitor');
    expect((await world.doc(CONVERSATIONS, message.conversation))?.messages).to.equal(1);
    expect((await world.does(world.ben, 'list_apps', {})).apps).to.deep.equal([
      { id: MONITOR, name: 'Monitor', wakes_an_hour: 0, woke_in_the_last_hour: 0 },
    ]);
  });

  it('wakes those whom it mentions, once an owner has admitted it by its name, and begins a cause of its own', async () => {
    await says('All is well.');
    await admit({ app: 'monitor', wakes_an_hour: 2 });
    const { message } = await says('@scribe the oven is cold');
    expect(woken()).to.deep.equal(['scribe']);
    const conversation = await world.doc(CONVERSATIONS, message.conversation);
    expect([conversation?.hops, conversation?.root]).to.deep.equal([0, (await world.commits()).at(-1)?.id]);
    expect(await says('@scribe and again').then(woken)).to.deep.equal(['scribe']);
    expect(await says('@scribe and a third time').then(woken)).to.deep.equal([]);
    world.clock.now += 3_600_000;
    expect(await says('@scribe @pilot an hour later').then(woken)).to.have.length(2);
  });

  it('wakes nobody when nobody is mentioned, nor as another app under the same name', async () => {
    await says('All is well.');
    await admit({ app: MONITOR });
    expect(await says('The oven is cold.').then(woken)).to.deep.equal([]);
    expect(await says('@scribe pay this', { app: 'A0EVIL0001' }).then(woken)).to.deep.equal([]);
    expect((await refusal(admit({ app: 'Monitor' }))).message).to.contain('A0EVIL0001');
  });

  it('is not admitted in place of another one, whose id it has taken as its name', async () => {
    await says('All is well.', { app: 'A0EVIL0001', name: MONITOR });
    const refused = await refusal(admit({ app: MONITOR }));
    expect(refused).to.be.instanceOf(Conflict);
    expect(refused.message).to.contain('another app calls itself that here: A0EVIL0001');
    await admit({ app: 'A0EVIL0001' });
  });

  it('wakes no agent that only some may address', async () => {
    await world.does(world.ada, 'update_agent', { agent: 'scribe', addressable_by: ['ada'] });
    await admit({ app: MONITOR });
    expect(await says('@scribe @pilot look').then(woken)).to.deep.equal(['pilot']);
  });

  it('is dismissed again, and then wakes nobody; both stand in the history', async () => {
    await says('All is well.');
    await admit({ app: 'Monitor', wakes_an_hour: 1 });
    await world.does(world.ada, 'dismiss_app', { app: 'Monitor' });
    expect(await says('@scribe look').then(woken)).to.deep.equal([]);
    const history = JSON.stringify(await world.does(world.ben, 'pod_history', { limit: 10 }));
    expect(history)
      .to.contain(`the app Monitor (${MONITOR}), which may wake agents once an hour`)
      .and.contain('dismissed');
    expect(await refusal(world.does(world.ada, 'dismiss_app', { app: 'Monitor' }))).to.be.instanceOf(Conflict);
  });

  const posted = async () => {
    const all = await world.store.collection<MessageDoc>('messages').find({ where: { pod: world.pod, by: 'skein' } });
    const texts = await makeReader(world.store).texts(all.map(({ body }) => body));
    return all.sort((a, b) => a.at - b.at).map(({ body }) => texts.get(body) ?? '');
  };

  it('speaks to nobody through its name, in the message that announces it', async () => {
    await says('All is well.', { name: 'Monitor” (A0GOOD0001). @ben see [this](https://evil.example) <!here>' });
    await admit({ app: MONITOR });
    const [announced = ''] = await posted();
    expect(announced).to.contain('admitted the app “Monitor A0GOOD0001 . ben see this https://evil.example !here” (');
    expect(announced.split(':')[0]).not.to.match(/[@<[]/);
  });

  it('is announced in the channel with its id and with the undo, when it is admitted, gets more, and is dismissed', async () => {
    await says('All is well.');
    await admit({ app: 'Monitor', wakes_an_hour: 2 });
    expect(world.delivered.filter(({ kind }) => kind === 'post')).to.have.length(1);
    await admit({ app: MONITOR, wakes_an_hour: 4 });
    await world.does(world.ada, 'dismiss_app', { app: MONITOR });
    const [first, more, last] = await posted();
    expect(first)
      .to.contain(`Ada Lindqvist admitted the app “Monitor” (${MONITOR})`)
      .and.contain('up to 2 an hour')
      .and.contain(`/skein dismiss_app --app ${MONITOR}`);
    expect(more).to.contain('up to 4 an hour here instead of 2').and.contain('--wakes-an-hour 2');
    expect(last).to.contain('wake no agent here any more').and.contain(`--app ${MONITOR} --wakes-an-hour 4`);
  });

  const items = async (who: string = world.ada) =>
    (await world.store.collection<NeedDoc>('needs').find({ where: { who } })).filter(
      ({ about }) => about.on === 'apps',
    );

  it('that mentions more agents than it may wake is told of once, to whoever admitted it, until the number changes', async () => {
    await says('All is well.');
    await admit({ app: MONITOR, wakes_an_hour: 1 });
    await says('@scribe the oven is cold');
    expect(await items()).to.deep.equal([]);
    const { message } = await says('@scribe and again');
    await says('@scribe @pilot and again');
    expect(await items()).to.have.length(1);
    expect((await items())[0]).to.include({ reason: 'app_over', state: 'open', count: 1, message: message.id });
    expect(await items('owners')).to.deep.equal([]);
    const { waiting } = await world.does(world.ada, 'list_waiting', {});
    expect(waiting[0]).to.include({ why: 'app_over', from: 'Monitor (app)' });
    await admit({ app: MONITOR, wakes_an_hour: 1 });
    expect((await items())[0]).to.include({ state: 'settled', settledBy: world.ada });
    world.clock.now += 3_600_000;
    await says('@scribe @pilot once more');
    expect((await items())[0]?.state).to.equal('settled');
    expect(await refusal(admit({ app: MONITOR, wakes_an_hour: 0 }))).to.be.instanceOf(InvalidInput);
    await admit({ app: MONITOR, wakes_an_hour: 2 });
    await says('@scribe @pilot @scribe');
    await says('@scribe @pilot');
    expect((await items())[0]).to.include({ state: 'open' });
    await world.does(world.ada, 'dismiss_app', { app: MONITOR });
    expect((await items())[0]?.state).to.equal('settled');
  });

  it('that wants more wakes is told of to the owners, if whoever admitted it has left', async () => {
    await world.does(world.ada, 'change_role', { who: 'ben', role: 'owner' });
    await says('All is well.');
    await admit({ app: MONITOR, wakes_an_hour: 1 }, world.ben);
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    await says('@scribe @pilot look');
    expect(await items('owners')).to.have.length(1);
    await world.does(world.ada, 'dismiss_app', { app: MONITOR });
    expect((await items('owners'))[0]?.state).to.equal('settled');
  });

  it('is admitted by owners only, and by a name that has posted here or an id', async () => {
    await says('All is well.');
    expect(await refusal(admit({ app: 'Monitor' }, world.ben))).to.be.instanceOf(NotAllowed);
    const unknown = await refusal(admit({ app: 'Moniter' }));
    expect(unknown).to.be.instanceOf(NotFound);
    expect(unknown.message).to.contain('Did you mean Monitor?');
    await admit({ app: 'A0LATER001', wakes_an_hour: 1 });
    expect(await says('@scribe hello', { app: 'A0LATER001', name: 'Later' }).then(woken)).to.deep.equal(['scribe']);
  });
});
