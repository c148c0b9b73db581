// Mail as a part: without a mailbox nothing of it is lost, and pods from before there was mail get their addresses.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { mailHome } from '../../src/email/address.ts';
import { startSmtpReceiver } from '../../src/email/receive/receive-smtp.ts';
import { InvalidInput } from '../../src/errors.ts';
import type { Item } from '../../src/lanes/item.ts';
import type { ParticipantId } from '../../src/log/participant.ts';
import { makeLogger } from '../../src/logger.ts';
import { ADDRESSES } from '../../src/pods/pod/address.ts';
import { type Core, startCore } from '../../src/start/core.ts';
import { type ReadyMailSettings, startMail } from '../../src/start/mail.ts';
import { silent } from '../email/build.ts';
import { refusal } from '../pods/build.ts';
import { texts } from '../texts/words.ts';

describe('the part for mail', () => {
  let dir: string;
  let core: Core;
  const undo: (() => Promise<unknown>)[] = [];
  const ports = { texts, logger: makeLogger(() => {}, Date.now), poke: () => {} };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-mail-'));
    core = await startCore({ dataDir: dir }, Date.now, ports.logger);
    undo.push(core.stop);
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
    await rm(dir, { recursive: true });
  });

  it('puts aside what came in, with the cure, where no mailbox is set', async () => {
    const mail = await startMail(core, { kind: 'off' }, ports);
    undo.push(mail.stop);
    expect(mail.parts, 'deliveries are carried without it').to.equal(undefined);
    const unread = await refusal(mail.handle({ id: 'mail:1' } as Item));
    expect(unread).to.be.instanceOf(InvalidInput);
    expect(unread.message).to.contain('Set IMAP_URL, SMTP_URL');
  });

  it('gives pods from before their addresses, once; not to people’s own, nor to those at rest', async () => {
    const skein = { actor: 'skein', via: 'skein' } as const;
    const person = { account: 'mail:ada@x.example', name: 'Ada', handle: 'ada' };
    const made = { ...skein, pod: 'org', action: 'register_person', input: person, key: 'ada' };
    const { result } = await core.act<{ person: { id: ParticipantId } }>(made);
    const ada = { actor: result.person.id, via: 'cli' } as const;
    for (const name of ['Launch', 'Asleep'])
      await core.act({ ...ada, pod: `p_${name}`, action: 'create_pod', input: { name }, key: 'create' });
    await core.act({ ...ada, pod: 'p_Asleep', action: 'archive_pod', input: {}, key: 'archive' });
    const origin = { kind: 'email', messageId: '', direct: true } as const;
    await core.act({ ...ada, pod: 'p_own', action: 'create_pod', input: { name: 'Own' }, key: 'create', origin });
    const doors: number[] = [];
    const settings: ReadyMailSettings = {
      ...{ kind: 'smtp', smtpUrl: 'smtp://127.0.0.1:1', home: mailHome({ domain: 'pods.test' }), authservId: 'mx' },
      begin: (port) => void doors.push(port),
    };
    for (let n = 0; n < 2; n++) {
      const mail = await startMail(core, settings, ports);
      await mail.stop();
    }
    const addresses = await core.read.find(ADDRESSES, { where: {} });
    expect(addresses.map(({ slug, of }) => [slug, of])).to.deep.equal([['launch', 'p_Launch']]);
    expect(doors).to.have.length(2);
    // The door is closed with the part: its port is free for another.
    const receiver = await startSmtpReceiver({ ingest: async () => {}, logger: silent, port: doors[1] ?? 0 });
    await receiver.stop();
  });
});
