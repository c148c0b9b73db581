// Shared flushes: no caller is acknowledged by a flush that began before its write.
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { sharedFlush } from '../../../src/store/embedded/shared-flush.ts';

function scripted() {
  const under: { end: () => void; fail: (error: Error) => void }[] = [];
  const work = () => new Promise<void>((end, fail) => void under.push({ end, fail }));
  return { under, ...sharedFlush(work) };
}

describe('a shared flush', () => {
  it('begins at once; those who come while it runs share the next one', async () => {
    const { flush, under, isIdle } = scripted();
    const answered: string[] = [];
    const first = flush().then(() => answered.push('first'));
    const others = [flush(), flush()].map((one) => one.then(() => answered.push('other')));
    expect(under).to.have.length(1);
    under[0]?.end();
    await first;
    await wait(1);
    expect([answered, under.length]).to.deep.equal([['first'], 2]);
    expect(isIdle()).to.equal(false);
    under[1]?.end();
    await Promise.all(others);
    expect([answered, under.length, isIdle()]).to.deep.equal([['first', 'other', 'other'], 2, true]);
  });

  it('fails for those who share it, and for no one after', async () => {
    const { flush, under } = scripted();
    const first = flush().catch(() => 'failed');
    const second = flush();
    under[0]?.fail(new Error('the disk is gone'));
    expect(await first).to.equal('failed');
    await wait(1);
    under[1]?.end();
    await second;
  });
});
