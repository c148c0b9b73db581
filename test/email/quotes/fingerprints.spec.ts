import { expect } from 'chai';
import { fingerprintsOf } from '../../../src/email/quotes/fingerprints.ts';

const OFFER =
  'Dear all, we can deliver forty boxes of rye on Monday morning, at the price that we agreed on in spring.';
const NONE = { subject: 'Fwd: Rye', forwarded: [], inReplyTo: [] };

describe('the fingerprints of a mail', () => {
  it('are the same where two people forward one mail, however their programs break and quote its lines', () => {
    const first = fingerprintsOf(NONE, [{ text: OFFER }], 'p');
    const broken = `> ${OFFER.replace(' rye on ', '\n> rye on\n> ')}\n>\n> `;
    expect(first).to.have.length(1);
    expect(fingerprintsOf({ ...NONE, subject: 'WG: Rye' }, [{ text: broken }], 'p')).to.deep.equal(first);
  });

  it('are others in another pod, and for another text', () => {
    const [one] = fingerprintsOf(NONE, [{ text: OFFER }], 'p');
    expect(fingerprintsOf(NONE, [{ text: OFFER }], 'q')).not.to.include(one);
    expect(fingerprintsOf(NONE, [{ text: OFFER.replace('forty', 'fifty') }], 'p')).not.to.include(one);
  });

  it('are none for a text that may be the same by chance', () => {
    expect(fingerprintsOf(NONE, [{ text: 'Thanks, see you on Monday.' }], 'p')).to.deep.equal([]);
  });

  it('include the id of a forwarded mail, also where a program names it as if it was answered', () => {
    const id = '<rye@mill.example>';
    const named = fingerprintsOf({ ...NONE, inReplyTo: [id] }, [], 'p');
    expect(named).to.have.length(1);
    const attached = { messageId: id } as Parameters<typeof fingerprintsOf>[0]['forwarded'][number];
    expect(fingerprintsOf({ ...NONE, forwarded: [attached] }, [], 'p')).to.deep.equal(named);
    expect(fingerprintsOf({ ...NONE, subject: 'Re: Rye', inReplyTo: [id] }, [], 'p'), 'an answer').to.deep.equal([]);
  });
});
