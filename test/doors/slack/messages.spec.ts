import { expect } from 'chai';
import type { SlackContext } from '../../../src/doors/slack/context.ts';
import { handleItem } from '../../../src/doors/slack/route.ts';
import { Conflict } from '../../../src/errors.ts';
import { saveSlack } from '../../../src/inbox/save-slack.ts';
import type { Item } from '../../../src/lanes/item.ts';
import { makeReader } from '../../../src/log/read.ts';
import { aYard, until } from '../../lanes/build.ts';
import { silent } from '../../logs.ts';
import { aWorld } from '../../pods/build.ts';

const SELF = { botUserId: 'UBOT', botId: 'BBOT' };

describe('a message that lies aside', () => {
  const yard = aYard();
  after(() => yard.close());
  let ids = 0;
  const event = (inner: object) => ({
    type: 'event_callback',
    team_id: 'T1',
    event_id: `E${++ids}`,
    event: { type: 'message', channel: 'C1', channel_type: 'channel', ...inner },
  });
  const message = (ts: string, text: string) => ({ type: 'message', user: 'U1', ts, text });
  const item = async (id: string) => (await yard.queue.items.get(id)) as Item;

  it('says nothing any more once it was deleted in Slack, and keeps its reason', async () => {
    const world = await aWorld();
    const slack = {
      ...{ act: world.act, read: makeReader(world.store), queue: yard.queue, logger: silent },
      identity: { teamId: 'T1', ...SELF },
    } as unknown as SlackContext;
    const bodies = [
      event(message('1.0', 'secret')),
      event({
        subtype: 'message_changed',
        message: { ...message('1.0', 'secret too'), edited: { user: 'U1', ts: '2.0' } },
        event_ts: '2.0',
        ts: '2.0',
      }),
      event(message('3.0', 'another')),
    ];
    await saveSlack(yard.queue, SELF, bodies, silent);
    let broken = true;
    const worker = yard.worker({
      handle: async (one) => {
        if (broken) throw new Conflict('This can’t be taken in.');
        await handleItem(slack, one);
      },
    });
    const states = async () => Object.values(await yard.states());
    await until(async () => (await states()).filter((state) => state === 'aside').length === 3);
    const [first, edit, other] = ['slack:T1:C1:1.0', 'slack:T1:C1:1.0:2.0', 'slack:T1:C1:3.0'];
    expect((await item(first ?? '')).payload).to.include('secret');
    broken = false;
    const gone = event({
      subtype: 'message_deleted',
      deleted_ts: '1.0',
      previous_message: message('1.0', 'secret'),
      event_ts: '4.0',
      ts: '4.0',
    });
    await saveSlack(yard.queue, SELF, [gone], silent);
    worker.poke();
    await until(async () => (await states()).includes('done'));
    for (const id of [first, edit])
      expect(await item(id ?? '')).to.include({ payload: '', state: 'aside', reason: 'This can’t be taken in.' });
    expect((await item(other ?? '')).payload).to.include('another');
    await yard.queue.retry(first ?? '');
    worker.poke();
    await until(async () => (await item(first ?? '')).state === 'done');
  });
});
