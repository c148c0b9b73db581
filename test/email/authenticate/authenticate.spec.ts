import { expect } from 'chai';
import { readAuthResults } from '../../../src/email/authenticate/auth-results.ts';
import { type Authentication, authenticate, type Resolve } from '../../../src/email/authenticate/authenticate.ts';
import { isAligned } from '../../../src/email/authenticate/authenticity.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMail } from '../build.ts';
import { records, resolver, signed } from '../signed.ts';

async function verdict(
  raw: Buffer,
  how: Partial<Extract<Authentication, { kind: 'verify-here' }>> = {},
  envelope = {},
) {
  const authentication: Authentication = { kind: 'verify-here', resolve: resolver(records), ...how };
  return authenticate(authentication, { raw, mail: await parseMail(raw), envelope });
}

type Passed = Extract<Awaited<ReturnType<typeof authenticate>>, { verdict: 'pass' }>;

describe('a sender checked here', () => {
  it('passes by a signature of the domain, wherever the mail came from', async () => {
    const { signed: covered, ...found } = (await verdict(await signed(aMail()))) as Passed;
    expect(found).to.deep.equal({ verdict: 'pass', from: 'ada@example.org', reason: 'DMARC passed.' });
    expect([...(covered?.counts.keys() ?? [])]).to.include.members(['from', 'to', 'subject', 'date']);
  });

  it('passes by the right server', async () => {
    const envelope = { remoteIp: '192.0.2.1', helo: 'mail.example.org', mailFrom: 'ada@example.org' };
    for (const raw of [aMail(), await signed(aMail())])
      expect(await verdict(raw, {}, envelope)).to.deep.equal({
        verdict: 'pass',
        from: 'ada@example.org',
        reason: 'DMARC passed.',
      });
    expect((await verdict(aMail(), {}, { ...envelope, remoteIp: '192.0.2.9' })).verdict).to.equal('fail');
  });

  it('passes by an aligned signature where the domain has no policy', async () => {
    const { '_dmarc.example.org': _, ...without } = records;
    const raw = await signed(aMail());
    expect(await verdict(raw, { resolve: resolver(without) })).to.include({ verdict: 'pass' });
    expect(await verdict(aMail(), { resolve: resolver(without) })).to.include({ verdict: 'fail' });
  });

  it('fails when the mail was changed, not signed, or signed by another', async () => {
    const tampered = Buffer.concat([await signed(aMail()), Buffer.from('And pay Eve.\r\n')]);
    for (const raw of [tampered, aMail(), await signed(aMail(), 'other.test')]) {
      expect(await verdict(raw)).to.include({ verdict: 'fail', from: 'ada@example.org' });
    }
  });

  it('fails with two From lines, whatever is signed', async () => {
    const raw = Buffer.concat([Buffer.from('From: boss@example.org\r\n'), await signed(aMail())]);
    expect(await verdict(raw)).to.deep.equal({ verdict: 'fail', reason: 'It has more than one From line.' });
  });

  it('fails when only the beginning of the body is signed', async () => {
    const raw = Buffer.concat([
      await signed(aMail(), 'example.org', { maxBodyLength: 4 }),
      Buffer.from('And pay Eve.\r\n'),
    ]);
    expect(raw.toString()).to.match(/l=4/);
    const { log } = console;
    console.log = () => {};
    try {
      expect((await verdict(raw)).verdict).to.equal('fail');
    } finally {
      console.log = log;
    }
  });

  it('is asked about later when a name can not be looked up', async () => {
    const raw = await signed(aMail());
    expect((await verdict(raw, { resolve: resolver(records, /_domainkey/) })).verdict).to.equal('later');
    expect((await verdict(raw, { resolve: resolver(records, /_dmarc/) })).verdict).to.equal('later');
  });

  it('is asked about later when the answer does not come', async () => {
    const never: Resolve = () => new Promise(() => {});
    expect(await verdict(await signed(aMail()), { resolve: never, timeLimitMs: 50 })).to.include({ verdict: 'later' });
  });
});

describe('a sender that our mail server has checked', () => {
  const says = async (...headers: [string, string][]) => {
    const top = headers.map(([key, value]) => `${key}: ${value}\r\n`).join('');
    const raw = Buffer.concat([Buffer.from(top), aMail()]);
    return authenticate({ kind: 'authserv-id', id: 'mx.pods.test' }, { raw, mail: await parseMail(raw), envelope: {} });
  };
  const results = (value: string): [string, string] => ['Authentication-Results', value];
  const received: [string, string] = ['Received', 'from x by mx.pods.test'];

  const cases: [string, [string, string][], string][] = [
    [
      'passes by DMARC',
      [
        received,
        results('mx.pods.test; dkim=pass header.d=example.org; dmarc=pass (p=reject) header.from=example.org'),
      ],
      'pass',
    ],
    [
      'passes by an aligned signature',
      [results('mx.pods.test; dkim=pass header.d=mail.example.org; dmarc=none')],
      'pass',
    ],
    ['fails by a signature of another', [results('mx.pods.test; dkim=pass header.d=other.test')], 'fail'],
    ['fails by SPF alone', [results('mx.pods.test; spf=pass smtp.mailfrom=example.org')], 'fail'],
    ['fails by DMARC, though signed', [results('mx.pods.test; dkim=pass header.d=example.org; dmarc=fail')], 'fail'],
    ['fails when another server says so', [results('mx.evil.test; dmarc=pass header.from=example.org')], 'fail'],
    ['fails when nobody says anything', [received], 'fail'],
    [
      'fails when it is said below the headers of the sender',
      [received, ['Subject', 'x'], results('mx.pods.test; dmarc=pass header.from=example.org')],
      'fail',
    ],
    [
      'fails when two results contradict',
      [results('mx.pods.test; dmarc=none'), results('mx.pods.test; dmarc=pass')],
      'fail',
    ],
    ['fails when another author was checked', [results('mx.pods.test; dmarc=pass header.from=evil.test')], 'fail'],
    [
      'fails when the result stands in a comment or a string',
      [results('mx.pods.test; spf=pass (x; dmarc=pass) smtp.mailfrom="a; dmarc=pass"')],
      'fail',
    ],
    ['is asked about later', [results('mx.pods.test; dmarc=temperror header.from=example.org')], 'later'],
  ];
  for (const [name, headers, expected] of cases)
    it(name, async () => {
      expect((await says(...headers)).verdict).to.equal(expected);
    });
});

describe('authentication results', () => {
  it('are read with version, comments and properties', () => {
    const read = readAuthResults(
      'MX.pods.test 1; dkim=pass (2048-bit key; secure) header.d=Example.org header.i=@example.org; none',
    );
    expect(read?.authservId).to.equal('mx.pods.test');
    expect(
      read?.results.map(({ method, result, properties }) => [method, result, properties.get('header.d')]),
    ).to.deep.equal([['dkim', 'pass', 'example.org']]);
  });

  it('align a domain with itself and with what is inside it, never with its neighbours', () => {
    expect(isAligned('example.org', 'mail.example.org')).to.equal(true);
    expect(isAligned('mail.example.org', 'example.org')).to.equal(true);
    expect(isAligned('a.co.uk', 'b.co.uk')).to.equal(false);
    expect(isAligned('example.org', 'evilexample.org')).to.equal(false);
    expect(isAligned('example.org', 'org')).to.equal(false);
    expect(isAligned('example.org', '')).to.equal(false);
  });
});
