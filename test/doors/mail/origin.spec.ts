import { expect } from 'chai';
import fc from 'fast-check';
import type { Arrived } from '../../../src/doors/mail/context.ts';
import { keyOf, originOf } from '../../../src/doors/mail/origin.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMail, type ToBuild } from '../../email/build.ts';

const CAME = Date.UTC(2026, 10, 20);

describe('what identifies a mail', () => {
  async function arrived(built: ToBuild = {}, hash = 'h'.repeat(64)): Promise<Arrived> {
    const raw = aMail(built);
    return { mail: await parseMail(raw), raw, hash, at: CAME };
  }

  it('is its id and its author, whatever traces a copy carries', async () => {
    const one = await arrived();
    const copy = await arrived({ headers: { Received: 'by another' } }, 'g'.repeat(64));
    expect(keyOf(one))
      .to.equal(keyOf(copy))
      .and.to.match(/^mail:[0-9a-f]{32}:ada@example\.org:<m1@example\.org>$/);
    expect(originOf(one)).to.deep.include({ messageId: '<m1@example.org>', raw: 'h'.repeat(64) });
  });

  it('is never another’s: the same id by another author is another mail', async () => {
    expect(keyOf(await arrived({ headers: { From: 'x@evil.test' } }))).not.to.equal(keyOf(await arrived()));
  });

  it('is what a person reads of it: one id with other words, another subject, date or file is another mail', async () => {
    const key = keyOf(await arrived());
    for (const other of [
      { body: 'Other.\r\n' },
      { headers: { Subject: 'Another' } },
      { headers: { Date: 'Mon, 16 Nov 2026 09:00:01 +0000' } },
      { headers: { 'Content-Type': 'text/html' }, body: '<p>Hello you.</p>' },
      { headers: { 'Content-Type': 'text/x-notes; name="a.txt"', 'Content-Disposition': 'attachment' } },
    ])
      expect(keyOf(await arrived(other)), JSON.stringify(other)).not.to.equal(key);
    for (const same of [
      { headers: { 'X-Spam-Score': '1', 'Delivered-To': 'b@x.test', To: 'other@x.test' } },
      { body: 'Hello.  \r\n\r\n' },
      { headers: { 'Content-Transfer-Encoding': 'base64' }, body: Buffer.from('Hello.\r\n').toString('base64') },
    ])
      expect(keyOf(await arrived(same)), JSON.stringify(same)).to.equal(key);
  });

  it('is what it says where it has no id', async () => {
    const bare = (built: ToBuild = {}) => arrived({ ...built, headers: { 'Message-ID': [], ...built.headers } });
    expect(keyOf(await bare())).to.equal(keyOf(await bare({ headers: { Received: 'by another' } })));
    expect(keyOf(await bare({ body: 'Other' }))).not.to.equal(keyOf(await bare()));
    expect(originOf(await bare()).messageId).to.match(/^<[0-9a-f]{32}@content>$/);
  });

  it('fits into a key, however long an id is', async () => {
    const { mail, ...rest } = await arrived();
    fc.assert(
      fc.property(fc.string({ maxLength: 4000 }), (id) => {
        expect(keyOf({ mail: { ...mail, messageId: `<${id}@x>` }, ...rest }).length).to.be.at.most(1500);
      }),
    );
  });

  it('refers to what it refers to itself, its first and its newest where that is much; without References to what it answers', async () => {
    const many = Array.from({ length: 40 }, (_, n) => `<r${n}@x.test>`);
    const of = async (headers: Record<string, string>) => originOf(await arrived({ headers })).references;
    const kept = await of({ References: many.join(' ') });
    expect(kept).to.have.length(20);
    expect([kept?.[0], kept?.at(-1)]).to.deep.equal(['<r0@x.test>', '<r39@x.test>']);
    expect(await of({ 'In-Reply-To': '<a@x.test>' })).to.deep.equal(['<a@x.test>']);
    expect(await of({ 'In-Reply-To': '<a@x.test> <b@x.test>' })).to.equal(undefined);
    expect(await of({ References: `<${'a'.repeat(400)}@x.test>` })).to.equal(undefined);
  });

  it('was said when its sender says, but never later than it came', async () => {
    expect(originOf(await arrived()).at).to.equal(Date.UTC(2026, 10, 16, 9));
    expect(originOf(await arrived({ headers: { Date: 'Sat, 21 Nov 2099 09:00:00 +0000' } })).at).to.equal(CAME);
    expect(originOf(await arrived({ headers: { Date: 'tomorrow' } }))).not.to.have.property('at');
  });
});
