import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { checkDkim, checkDomain, type Dns, systemDns } from '../../../src/email/send/check-dns.ts';
import { InvalidInput, Retryable } from '../../../src/errors.ts';
import { type NameServer, nameServer, type Zone } from '../dns.ts';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: { export(options: object): string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
const base64 = (key: { export(options: object): string | Buffer }, type = 'spki') =>
  (key.export({ type, format: 'der' }) as Buffer).toString('base64');

describe('email/check-dns', () => {
  let server: NameServer | undefined;
  let dns: Dns;
  const serving = async (zone: Zone) => {
    server = await nameServer(zone);
    dns = systemDns([server.address]);
  };
  afterEach(async () => {
    dns.stop();
    await server?.stop();
    server = undefined;
  });

  it('finds where mail goes, who may send, and what is said of forgeries', async () => {
    await serving({
      'pods.test': ['mx20 second.test', 'mx10 first.test', 'v=spf1 mx ~all', 'google-site-verification=1'],
      '_dmarc.pods.test': ['v=DMARC1; p=reject'],
    });
    expect(await checkDomain(dns, 'pods.test')).to.deep.equal({
      mx: ['first.test', 'second.test'],
      spf: 'v=spf1 mx ~all',
      dmarc: 'v=DMARC1; p=reject',
    });
  });

  it('takes the DMARC record of a parent domain', async () => {
    await serving({ 'pods.acme.test': ['mx10 a.test'], '_dmarc.acme.test': ['v=DMARC1; p=none; sp=none'] });
    expect(await checkDomain(dns, 'pods.acme.test')).to.deep.equal({
      mx: ['a.test'],
      dmarc: 'v=DMARC1; p=none; sp=none',
    });
  });

  it('finds nothing where nothing is, or where no mail is wanted', async () => {
    await serving({ 'none.test': ['mx0 .'] });
    expect(await checkDomain(dns, 'none.test')).to.deep.equal({ mx: [] });
    expect(await checkDomain(dns, 'absent.test')).to.deep.equal({ mx: [] });
  });

  it('does not take a name server that fails for a record that is missing', async () => {
    await serving({ 'pods.test': 'fails' });
    const error = await checkDomain(dns, 'pods.test').catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(Retryable);
    expect(String(error)).to.include('pods.test');
  });

  it('lets go of a name server that is silent as soon as it is told to', async () => {
    await serving({ 'pods.test': 'silent', '_dmarc.pods.test': 'silent' });
    const asked = checkDomain(dns, 'pods.test').catch((caught: unknown) => caught);
    dns.stop();
    expect(await asked).to.be.instanceOf(Retryable);
  });

  describe('the key of signatures', () => {
    const settings = (privateKey: string) => ({ domain: 'pods.test', selector: 's1', privateKey });
    const NAME = 's1._domainkey.pods.test';

    it('is the one that is published, in either form of RFC 6376, long as it is', async () => {
      const { publicKey, privateKey } = rsa();
      for (const type of ['spki', 'pkcs1']) {
        await serving({ [NAME]: [`v=DKIM1; k=rsa; p=${base64(publicKey, type)}`] });
        expect((await checkDkim(dns, settings(pem(privateKey)))).kind).to.equal('same');
        await server?.stop();
      }
      server = undefined;
    });

    it('may be an Ed25519 key', async () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const bare = (publicKey.export({ type: 'spki', format: 'der' }) as Buffer).subarray(-32).toString('base64');
      await serving({ [NAME]: [`v=DKIM1; k=ed25519; p=${bare}`] });
      expect(await checkDkim(dns, settings(pem(privateKey)))).to.deep.equal({
        kind: 'same',
        name: NAME,
        record: `v=DKIM1; k=ed25519; p=${bare}`,
      });
    });

    it('is told from another, and from none, with the record that is to stand there', async () => {
      const { publicKey, privateKey } = rsa();
      const record = `v=DKIM1; k=rsa; p=${base64(publicKey)}`;
      await serving({ [NAME]: [`v=DKIM1; p=${base64(rsa().publicKey)}`] });
      expect(await checkDkim(dns, settings(pem(privateKey)))).to.deep.equal({ kind: 'other', name: NAME, record });
      expect(await checkDkim(dns, { ...settings(pem(privateKey)), selector: 's2' })).to.deep.include({
        kind: 'absent',
      });
    });

    it('is refused with a sentence when it is no key', async () => {
      await serving({});
      const error = await checkDkim(dns, settings('-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----')).catch(
        (caught: unknown) => caught,
      );
      expect(error).to.be.instanceOf(InvalidInput);
    });
  });
});
