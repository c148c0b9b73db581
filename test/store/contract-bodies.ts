// The contract of bodies.
import { expect } from 'chai';
import type { Opened } from './contract-data.ts';

export function bodiesContract({ store, reopen, pod }: Opened): void {
  describe('bodies', () => {
    it('come back exactly, and are absent once removed', async () => {
      const name = pod();
      const texts = ['', 'a\0b', '👩‍👩‍👧 \ud800 "', 'long '.repeat(400_000)];
      const bodies = texts.map((text, i) => ({ id: `${name}-${i}`, pod: name, text }));
      const ids = bodies.map(({ id }) => id);
      await store().bodies.put(bodies);
      await reopen();
      expect(await store().bodies.get([...ids, 'nobody'])).to.deep.equal(
        new Map(bodies.map(({ id, text }) => [id, { text }])),
      );
      await store().bodies.remove([ids[1] as string, 'nobody']);
      expect([...(await store().bodies.get(ids)).keys()]).to.have.members([ids[0], ids[2], ids[3]]);
      await store().bodies.put([bodies[0] as (typeof bodies)[0]]);
      await store().bodies.put([]);
      expect(await store().bodies.get([])).to.deep.equal(new Map());
    });

    it('keep what is said of where they came from, and lose it with the text', async () => {
      const name = pod();
      const label = { trust: 'outside', source: { kind: 'mail', words: 'a\0b "\ud800' } };
      const [mail, own] = [`${name}-mail`, `${name}-own`];
      await store().bodies.put([
        { id: mail, pod: name, text: 'Pay.', label },
        { id: own, pod: name, text: 'Hi.' },
      ]);
      await reopen();
      expect(await store().bodies.get([mail, own])).to.deep.equal(
        new Map<string, object>([
          [mail, { text: 'Pay.', label }],
          [own, { text: 'Hi.' }],
        ]),
      );
      await store().bodies.put([{ id: mail, pod: name, text: 'Paid.' }]);
      expect((await store().bodies.get([mail])).get(mail)).to.deep.equal({ text: 'Paid.' });
      await store().bodies.remove([mail]);
      expect((await store().bodies.get([mail])).size).to.equal(0);
    });
  });
}
