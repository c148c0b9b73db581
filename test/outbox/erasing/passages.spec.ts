// The passages of an erased text: which words of another text go with it, and which stay.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect } from 'chai';
import { passagesOf } from '../../../src/outbox/erasing/passages.ts';

const SAID = 'Please order twelve boxes for the fair. The code of the safe is 4711-zanzibar88, tell nobody.';

describe('the passages of an erased text', () => {
  for (const [text, left] of [
    ['Noted: “order twelve boxes for the fair”. I begin.', 'Noted: “(erased)”. I begin.'],
    ['ORDER  twelve *boxes* for\nthe fair!', '(erased)!'],
  ] as const)
    it(`are found in ${JSON.stringify(text)}, whatever stands between the words`, async () => {
      expect(await (await passagesOf([SAID]))(text)).to.equal(left);
    });

  it('are also a code of letters and digits, and a whole short text', async () => {
    expect(await (await passagesOf([SAID]))('I have kept zanzibar88 for you.')).to.equal(
      'I have kept (erased) for you.',
    );
    expect(await (await passagesOf(['zanzibar harbour']))('A plan: Zanzibar Harbour.')).to.equal('A plan: (erased).');
    expect(await (await passagesOf(['我们把保险箱的密码改了']))('他说：保险箱的密码改了。')).to.equal(
      '他说：(erased)。',
    );
  });

  for (const text of ['yes', 'Yes, do it', 'ok, thanks', 'for the fair', 'the code of the', 'on 2026-12-04', 'boxes'])
    it(`are not “${text}”`, async () => {
      expect(await (await passagesOf([SAID, text]))(`${text}. And on with the work, as it is.`)).to.equal(undefined);
    });

  it('are not what an edited message still says', async () => {
    const now = 'Please order twelve boxes for the fair.';
    const out = await passagesOf([SAID], [now]);
    expect(await out('You said: order twelve boxes for the fair.')).to.equal(undefined);
    expect(await out('You said: the code of the safe is 4711.')).to.equal('You said: (erased).');
  });

  it('are found in a long text in time that grows with its length, and other work goes on meanwhile', async () => {
    const long = 'order twelve boxes for them and '.repeat(10_000);
    const begun = performance.now();
    const held = monitorEventLoopDelay({ resolution: 1 });
    held.enable();
    expect(await (await passagesOf([long]))(long)).to.equal('(erased) ');
    held.disable();
    expect(performance.now() - begun).to.be.below(5000);
    // Of the machine's own delays, only the mean says something.
    expect(held.percentile(50) / 1e6).to.be.below(50);
  });
});
