import { expect } from 'chai';
import { isTwin, saveSlack } from '../../src/inbox/save-slack.ts';
import type { Queue } from '../../src/lanes/queue.ts';
import { parse } from '../../src/slack/parse/parse.ts';
import { aYard } from '../lanes/build.ts';
import { heardBy, silent } from '../logs.ts';

describe('saving what Slack sends', () => {
  const self = { botUserId: 'UBOT', botId: 'BBOT' };
  const event = (id: string, inner: object) => ({ type: 'event_callback', team_id: 'T1', event_id: id, event: inner });
  const message = (id: string, ts: string, more: object = {}) =>
    event(id, { type: 'message', channel: 'C1', channel_type: 'channel', user: 'U1', text: 'hi', ts, ...more });
  const save = (queue: Queue, bodies: unknown[], logger = silent) => saveSlack(queue, self, bodies, logger);
  const command = {
    command: '/skein',
    team_id: 'T1',
    user_id: 'U1',
    channel_id: 'C1',
    trigger_id: 't1',
    response_url: 'https://x',
  };

  it('keeps each thing once, however often and by whatever event it comes', async () => {
    const { queue, states } = aYard();
    const mention = event('E2', { type: 'app_mention', channel: 'C1', user: 'U1', text: 'hi', ts: '1.0' });
    await save(queue, [message('E1', '1.0'), mention]);
    await save(queue, [message('E1', '1.0')]);
    expect(await states()).to.deep.equal({ 'slack:T1:C1:1.0': 'waiting' });
  });

  it('leaves out what concerns nobody, and keeps what can’t be read', async () => {
    const { queue, states } = aYard();
    await save(queue, [
      message('E1', '1.0', { user: 'UBOT' }),
      event('E2', { type: 'star_added' }),
      message('E3', 7 as never),
    ]);
    expect(await states()).to.deep.equal({ 'slack:event:E3': 'waiting' });
  });

  it('knows one gesture by its client_msg_id, also once its item is done', async () => {
    const { queue } = aYard();
    const first = message('E1', '1.0', { client_msg_id: 'g' });
    const second = message('E2', '2.0', { client_msg_id: 'g' });
    await save(queue, [first]);
    await save(queue, [second]);
    expect(await isTwin(queue, parse(first, self))).to.equal(false);
    expect(await isTwin(queue, parse(second, self))).to.equal(true);
  });

  it('lets a command wait behind no message of its channel', async () => {
    const { queue } = aYard();
    await save(queue, [message('E1', '1.0'), command]);
    const lanes = (await queue.items.find({ where: {} })).map(({ lane }) => lane);
    expect(new Set(lanes).size).to.equal(2);
    expect((await queue.lanes.find({ where: { state: 'ready' } })).map(({ id }) => id)).to.have.members(lanes);
  });

  it('says so when what it saved could not be made ready, and keeps it all the same', async () => {
    const { queue, states } = aYard();
    const away = { ...queue, ready: async () => Promise.reject(new Error('the store is away')) };
    const logged = await new Promise<unknown[]>((resolve, reject) => {
      saveSlack(
        away,
        self,
        [message('E1', '1.0')],
        heardBy((...line) => resolve(line)),
      ).catch(reject);
    });
    expect(logged[0]).to.equal('saved, but not made ready');
    expect(logged[1]).to.include({ items: 1, reason: 'the store is away' });
    expect(await states()).to.deep.equal({ 'slack:T1:C1:1.0': 'waiting' });
  });
});
