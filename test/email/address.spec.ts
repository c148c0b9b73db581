import { expect } from 'chai';
import fc from 'fast-check';
import {
  addressedTo,
  formatAddress,
  type MailHome,
  mailHome,
  type PodAddress,
  parseAddress,
} from '../../src/email/address.ts';

const domain: MailHome = { kind: 'domain', domain: 'pods.test' };
const mailbox: MailHome = { kind: 'mailbox', local: 'skein', domain: 'example.org' };

describe('an address', () => {
  const cases: [MailHome, string, PodAddress | undefined][] = [
    [domain, 'launch@pods.test', { kind: 'pod', slug: 'launch' }],
    [domain, 'Launch+Scribe@PODS.test', { kind: 'pod', slug: 'launch', handle: 'scribe' }],
    [domain, 'launch@other.test', undefined],
    [domain, 'launch@pods.test.evil.test', undefined],
    [domain, 'a b@pods.test', undefined],
    [domain, 'launch+@pods.test', undefined],
    [domain, 'launch+a+b@pods.test', undefined],
    [domain, '@pods.test', undefined],
    [mailbox, 'skein@example.org', { kind: 'bare' }],
    [mailbox, 'skein+launch@example.org', { kind: 'pod', slug: 'launch' }],
    [mailbox, 'skein+launch.scribe@example.org', { kind: 'pod', slug: 'launch', handle: 'scribe' }],
    [domain, `launch+re-${'a1'.repeat(12)}b@pods.test`, { kind: 'pod', slug: 'launch', token: `${'a1'.repeat(12)}b` }],
    [mailbox, `skein+launch.re-${'z'.repeat(25)}@example.org`, { kind: 'pod', slug: 'launch', token: 'z'.repeat(25) }],
    [mailbox, `skein+re-${'z'.repeat(25)}@example.org`, { kind: 'bare', token: 'z'.repeat(25) }],
    [domain, 'launch+re-scribe@pods.test', { kind: 'pod', slug: 'launch', handle: 're-scribe' }],
    [mailbox, 'launch@example.org', undefined],
    [mailbox, 'skeinlaunch@example.org', undefined],
  ];
  for (const [home, address, expected] of cases)
    it(`${address} is ${expected ? JSON.stringify(expected) : 'none of ours'}`, () => {
      expect(parseAddress(home, address)).to.deep.equal(expected);
    });

  it('is read as it was written, for every pod and handle', () => {
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}[a-z0-9]$/);
    const handle = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,10}$/);
    fc.assert(
      fc.property(fc.constantFrom(domain, mailbox), slug, fc.option(handle, { nil: undefined }), (home, name, tag) => {
        const pod: PodAddress = { kind: 'pod', slug: name, ...(tag === undefined ? {} : { handle: tag }) };
        expect(parseAddress(home, formatAddress(home, pod))).to.deep.equal(pod);
      }),
    );
  });

  it('counts once, wherever a mail names it, and each pod counts', () => {
    const all = ['Launch@pods.test', 'launch@pods.test', 'ops+scribe@pods.test', 'ada@example.org'];
    expect(addressedTo(domain, all)).to.deep.equal([
      { kind: 'pod', slug: 'launch' },
      { kind: 'pod', slug: 'ops', handle: 'scribe' },
    ]);
  });

  it('says nothing of the bare mailbox beside a pod', () => {
    expect(addressedTo(mailbox, ['skein@example.org', 'skein+launch@example.org'])).to.deep.equal([
      { kind: 'pod', slug: 'launch' },
    ]);
    expect(addressedTo(mailbox, ['skein@example.org'])).to.deep.equal([{ kind: 'bare' }]);
  });

  it('comes from either setting', () => {
    expect(mailHome({ domain: 'Pods.test' })).to.deep.equal(domain);
    expect(mailHome({ address: 'Skein@example.org' })).to.deep.equal(mailbox);
  });
});
