import { expect } from 'chai';
import fc from 'fast-check';
import { readAuthResults } from '../../../src/email/authenticate/auth-results.ts';
import { AUTHSERV_ID, stamped } from '../../../src/practice/mail/stamp.ts';
import { aMail } from '../../email/build.ts';

const ADA = 'ada@example.org';

describe('what the practice mail server writes on top', () => {
  const headOf = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  const verdicts = (raw: Buffer) =>
    [...headOf(raw).matchAll(/^Authentication-Results: (.*)$/gim)].map(
      ([, value = '']) => readAuthResults(value)?.results[0]?.result,
    );

  for (const [what, headers, from, verdict] of [
    ['genuine, when author and way are of one domain', {}, ADA, 'pass'],
    ['genuine with a display name', { From: 'Ada <ada@example.org>' }, ADA, 'pass'],
    ['a failure, when the way is another’s', {}, 'm@evil.test', 'fail'],
    ['a failure, without a way back', {}, '', 'fail'],
    ['a failure, with two From lines', { From: [ADA, ADA] }, ADA, 'fail'],
    ['a failure, when a name only looks like an address', { From: '"ada@example.org" <m@evil.test>' }, ADA, 'fail'],
    ['a failure, without a From line', { From: [] }, ADA, 'fail'],
  ] as const)
    it(`says that a mail is ${what}`, () => {
      const raw = stamped({ raw: aMail({ headers: headers as Record<string, string | string[]> }), from, n: 1 });
      expect(verdicts(raw)).to.deep.equal([verdict]);
    });

  it('says a failure where that is wished', () => {
    expect(verdicts(stamped({ raw: aMail(), from: ADA, n: 1, fail: true }))).to.deep.equal(['fail']);
  });

  it('takes off what others wrote in its name, folded or not, and leaves all else as it is', () => {
    const forged = { 'Authentication-Results': [`${AUTHSERV_ID};\r\n dmarc=pass`, 'mx.other.test; dmarc=pass'] };
    const raw = aMail({ headers: forged });
    const text = stamped({ raw, from: 'm@evil.test', n: 1 }).toString();
    expect(text.match(new RegExp(AUTHSERV_ID, 'g'))).to.have.length(2);
    expect(text).to.contain('mx.other.test; dmarc=pass').and.to.contain('dmarc=fail');
    expect(text.endsWith(aMail().toString().split('\r\n\r\n')[1] ?? '')).to.equal(true);
  });

  it('is the same on a repeat, also of what it has stamped already, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.emailAddress(), (bytes, from) => {
        const once = stamped({ raw: Buffer.from(bytes), from, n: 7 });
        expect(stamped({ raw: Buffer.from(bytes), from, n: 7 }).equals(once)).to.equal(true);
        expect(verdicts(once)).to.have.length(1);
        expect(verdicts(stamped({ raw: once, from, n: 7 }))).to.have.length(1);
        expect(headOf(once)).to.match(/^Return-Path: <[^<>\r\n]*>\r\nAuthentication-Results: /);
      }),
    );
  });
});
