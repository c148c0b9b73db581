import { expect } from 'chai';
import fc from 'fast-check';
import { cut, forwardedText } from '../../../src/doors/mail/texts.ts';

describe('the words of a mail', () => {
  it('are whole where they fit, and say what was left out where they do not', () => {
    expect(cut('short', 5)).to.equal('short');
    expect(cut('longer', 4)).to.equal('long\n\n_(2 more characters stand in the mail itself.)_');
  });

  it('are never cut through a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, most) => {
        const kept = cut(text, most).split('\n\n_(')[0] ?? '';
        expect(text.startsWith(kept)).to.equal(true);
        expect(/\p{Cs}/u.test(kept)).to.equal(false);
      }),
    );
  });

  it('of a forward begin with its head, as far as there is one', () => {
    expect(forwardedText({ from: 'a@b', subject: 'S', text: 'Hello' })).to.equal('From: a@b\nSubject: S\n\nHello');
    expect(forwardedText({ text: 'Hello' })).to.equal('Hello');
  });
});
