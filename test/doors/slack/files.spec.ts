import { expect } from 'chai';
import fc from 'fast-check';
import { nameFor } from '../../../src/doors/slack/files.ts';
import { fileName } from '../../../src/pods/files/files.ts';

describe('the name in the pod of a file from Slack', () => {
  const name = (text: string) => nameFor({ id: 'F1', name: text });

  it('is its own, in one of the two ways to write an é', () => {
    expect(name('plan.md')).to.equal('plan.md');
    expect(name('re\u0301sume\u0301.pdf')).to.equal('r\u00e9sum\u00e9.pdf');
  });

  it('leads nowhere else', () => {
    expect(name('../../etc/passwd')).to.equal('..-..-etc-passwd');
    expect(name('..')).to.equal('F1');
    expect(name(' \u202e ')).to.equal('F1');
  });

  it('keeps its ending when it is cut', () => {
    expect(name(`${'x'.repeat(300)}.pdf`))
      .to.have.length(200)
      .and.to.match(/x\.pdf$/);
  });

  it('is one that a pod takes, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => fileName.safeParse(name(text)).success),
    );
  });
});
