import { expect } from 'chai';
import { InvalidInput } from '../../src/errors.ts';
import type { Item } from '../../src/lanes/item.ts';
import { commitId } from '../../src/log/commit.ts';
import { carry, reportAside, reportRetry } from '../../src/outbox/carry.ts';
import { seqOf } from '../../src/outbox/delivery-id.ts';
import type { Parts } from '../../src/outbox/parts.ts';
import { refusal } from '../pods/build.ts';

describe('carrying a delivery', () => {
  const { signal } = new AbortController();
  const item = (delivery: { kind: string }, more: Partial<Item> = {}) =>
    ({
      ...{ id: 'p1:1:0', kind: delivery.kind, attempts: 0 },
      payload: JSON.stringify({ ...delivery, id: 'p1:1:0', pod: 'p1' }),
      ...more,
    }) as Item;
  const noParts = {} as Parts;

  it('acts in another pod through Skein itself, in the name of whoever acted', async () => {
    const asked: object[] = [];
    const parts = { act: async (request: object) => void asked.push(request) } as unknown as Parts;
    const claim = { in: 'org', action: 'claim_address', input: { name: 'x' }, actor: 'skein', key: 'address:p1' };
    await carry(parts, item({ kind: 'act', ...claim } as { kind: string }), signal);
    const { in: pod, ...rest } = claim;
    expect(asked).to.deep.equal([{ pod, via: 'skein', ...rest }]);
  });

  it('refuses what a newer Skein left, and says what to do; nobody is told of it', async () => {
    const fax = item({ kind: 'fax' });
    const error = await refusal(carry(noParts, fax, signal));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error.message).to.equal('This Skein does not know deliveries of the kind “fax”. Update it, then retry.');
    await reportAside(noParts, fax, error);
    await reportRetry(noParts, fax, error, 1_000);
  });

  it('takes no property that every object has for a kind', async () => {
    for (const kind of ['constructor', 'toString', '__proto__'])
      expect((await refusal(carry(noParts, item({ kind }), signal))).message).to.contain(`“${kind}”`);
  });

  it('refuses mail where none is set up, with the cure', async () => {
    const mail = { kind: 'mail', about: 'message', conversation: 'c', message: 'm', to: [] };
    const unsent = await refusal(carry(noParts, item(mail), signal));
    expect(unsent).to.be.instanceOf(InvalidInput);
    expect(unsent.message).to.contain('Set IMAP_URL, SMTP_URL');
  });

  it('knows the number of its commit, whatever the pod is called', () => {
    expect(seqOf(`${commitId('p_abc', 41)}:0`)).to.equal(41);
    expect(seqOf(`${commitId('org', 7)}:12`)).to.equal(7);
  });
});
