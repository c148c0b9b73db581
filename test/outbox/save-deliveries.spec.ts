import { expect } from 'chai';
import { MAIL_OUT, SLACK_APP } from '../../src/outbox/kind.ts';
import { itemOf, saveDeliveries } from '../../src/outbox/save-deliveries.ts';
import type { Delivery, DeliveryWish } from '../../src/pods/deliveries.ts';
import { aYard } from '../lanes/build.ts';

describe('the lane of a delivery', () => {
  const wishes: DeliveryWish[] = [
    { kind: 'post', conversation: 'c1', message: 'm1' },
    { kind: 'update', conversation: 'c1', message: 'm1' },
    { kind: 'unpost', conversation: 'c1', message: 'm1' },
    { kind: 'wake', agent: 'agent:scribe', conversation: 'c1', because: 'm1' },
    { kind: 'halt', agent: 'agent:scribe', conversation: 'c1' },
    { kind: 'act', in: 'p2', action: 'x', input: {}, actor: 'skein', key: 'k' },
    { kind: 'erase', bodies: [], postings: [], blobs: [], since: 0 },
  ];
  const items = new Map(
    wishes.map((wish) => [wish.kind, itemOf({ ...wish, id: `p1:1:${wish.kind}`, pod: 'p1' } as Delivery)]),
  );

  it('is the conversation’s for all that stands there, under the lease of the Slack app', () => {
    for (const kind of ['post', 'update', 'unpost'] as const)
      expect(items.get(kind)).to.include({ lane: 'conversation:c1', resource: SLACK_APP });
  });

  it('is another one for a stop than for the work it stops', () => {
    expect(items.get('halt')?.lane).not.to.equal(items.get('wake')?.lane);
  });

  it('needs no lease for what concerns Skein alone', () => {
    for (const kind of ['wake', 'halt', 'act', 'erase'] as const) expect(items.get(kind)?.resource).to.equal('any');
  });

  it('is the person’s for their digest, under the lease of what it goes through', () => {
    const digest = { kind: 'digest', person: 'person:ada', from: {}, to: {}, id: 'org:1:0', pod: 'org' } as const;
    expect(itemOf({ ...digest, through: 'slack' })).to.include({ lane: 'digest:person:ada', resource: SLACK_APP });
    expect(itemOf({ ...digest, through: 'email' }).resource).to.equal(MAIL_OUT);
  });

  it('lets the newest of many updates of a message do for all, and nothing else for another', () => {
    const update = (message: string, n: number) =>
      itemOf({ kind: 'update', conversation: 'c1', message, id: `p1:${n}:0`, pod: 'p1' });
    expect(update('m1', 1).about).to.equal(update('m1', 2).about);
    expect(update('m1', 1).about).not.to.equal(update('m2', 1).about);
    for (const [kind, item] of items) expect('about' in item, kind).to.equal(kind === 'update');
  });

  it('carries the delivery under its id', () => {
    for (const [kind, item] of items) expect(item).to.include({ id: `p1:1:${kind}`, kind });
  });

  it('need not be waited for by whoever asks again: a wake lets what waits in its lane go on at once', async () => {
    const { clock, queue } = aYard();
    const wake = (n: number): Delivery => ({
      ...{ kind: 'wake', agent: 'agent:scribe', conversation: 'c1', because: 'm1', pod: 'p1' },
      id: `p1:${n}:0`,
    });
    await saveDeliveries(queue, [wake(1)]);
    const first = await queue.items.get('p1:1:0');
    if (first) await queue.items.replace({ ...first, attempts: 1, dueAt: clock.now + 60_000 }, first.rev);
    await saveDeliveries(queue, [{ kind: 'post', conversation: 'c1', message: 'm1', id: 'p1:2:0', pod: 'p1' }]);
    expect((await queue.items.get('p1:1:0'))?.dueAt).to.equal(clock.now + 60_000);
    await saveDeliveries(queue, [wake(3)]);
    expect((await queue.items.get('p1:1:0'))?.dueAt).to.equal(clock.now);
  });
});
