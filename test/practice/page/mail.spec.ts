import { expect } from 'chai';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { info, load, type Node, short, textIn } from './load.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a mail written on the practice page', () => {
  const written = (more: object = {}) => ({
    from: { name: 'Ada Lindqvist', address: 'ada@wildgoose.example' },
    to: ['launch@pods.wildgoose.example'],
    subject: 'Flour',
    text: 'Hello',
    date: new Date('2026-11-21T10:32:00Z'),
    messageId: '<1@wildgoose.example>',
    ...more,
  });
  const compose = async (more: object = {}): Promise<string> => {
    const { composeMail } = await load('mail/mime-write.js');
    return Buffer.from(composeMail(written(more), '=_b')).toString('latin1');
  };

  it('is read by others as it was meant, whatever signs are in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.uint8Array({ maxLength: 300 }),
        async (subject, text, bytes) => {
          const raw = await compose({ subject, text, attachments: [{ name: 'Größe.bin', mime: 'image/x-y', bytes }] });
          const read = await simpleParser(Buffer.from(raw, 'latin1'));
          const inOneLine = subject.replace(/[\r\n]+/g, ' ').trim();
          expect((read.subject ?? '').replace(/\s+/g, ' ').trim()).to.equal(inOneLine.replace(/\s+/g, ' ').trim());
          expect((read.text ?? '').trim()).to.equal(text.replace(/\r\n?/g, '\n').trim());
          expect(read.attachments[0]?.filename).to.equal('Größe.bin');
          expect(new Uint8Array(read.attachments[0]?.content ?? [])).to.deep.equal(bytes);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has no line that is too long, and no byte beyond ASCII', async () => {
    const raw = await compose({
      subject: 'ä'.repeat(300),
      text: 'ö'.repeat(3_000),
      from: { name: '名前', address: 'a@b.example' },
    });
    expect(raw).to.match(/^[\r\n -~]*$/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).to.be.at.most(78);
  });

  it('lets nobody smuggle in a header', async () => {
    const raw = await compose({ subject: 'x\r\nBcc: eve@evil.example', to: ['a@b.example\r\nBcc: eve@evil.example'] });
    expect((await simpleParser(raw)).bcc).to.equal(undefined);
  });

  it('names what it answers', async () => {
    const { threadOf } = await load('mail/words.js');
    const first = { messageId: '<2@x>', inReplyTo: '<1@x>', references: ['<0@x>', '<1@x>'] };
    expect(threadOf(first)).to.deep.equal({ inReplyTo: '<2@x>', references: ['<0@x>', '<1@x>', '<2@x>'] });
    expect(threadOf({ references: [] })).to.deep.equal({});
    const read = await simpleParser(await compose(threadOf(first)));
    expect([read.inReplyTo, read.references]).to.deep.equal(['<2@x>', ['<0@x>', '<1@x>', '<2@x>']]);
  });

  it('carries a forwarded mail within it, as it was', async () => {
    const inner = 'From: a@b.example\r\nSubject: inner\r\n\r\nGr\xfc\xdfe\r\n';
    const { bytesOf } = await load('mail/mime-write.js');
    const raw = await compose({ attachments: [{ name: 'inner.eml', mime: 'message/rfc822', bytes: bytesOf(inner) }] });
    const { attachmentsOf } = await load('mail/mime-read.js');
    const [found] = attachmentsOf(raw);
    expect([found.name, found.mime, Buffer.from(found.bytes).toString('latin1').trim()]).to.deep.equal([
      'inner.eml',
      'message/rfc822',
      inner.trim(),
    ]);
  });

  it('gives its attachments back, byte for byte, in whichever way they were put in', async () => {
    const { attachmentsOf } = await load('mail/mime-read.js');
    const part = (head: string, body: string) => `--b\r\n${head}\r\n\r\n${body}\r\n`;
    const raw = [
      'Content-Type: multipart/mixed; boundary="b"\r\n\r\n',
      part('Content-Type: text/plain', 'the text itself'),
      part('Content-Type: image/png; name="a.png"\r\nContent-Transfer-Encoding: base64', 'AAEC\r\n/w=='),
      part(
        'Content-Disposition: attachment; filename="=?UTF-8?Q?Pr=C3=BCfung.txt?="\r\nContent-Transfer-Encoding: quoted-printable',
        'a=3Db=\r\nc',
      ),
      part("Content-Disposition: attachment;\r\n filename*0*=UTF-8''Pl%C3%A4;\r\n filename*1=ne.txt", 'x'),
      '--b--\r\n',
    ].join('');
    const found = attachmentsOf(raw).map(({ name, bytes }: { name: string; bytes: Uint8Array }) => [name, [...bytes]]);
    expect(found).to.deep.equal([
      ['a.png', [0, 1, 2, 255]],
      ['Prüfung.txt', [...utf8('a=bc')]],
      ['Pläne.txt', [...utf8('x')]],
    ]);
  });

  it('finds no attachment in what is no mail, and does not stumble', async () => {
    const { attachmentsOf } = await load('mail/mime-read.js');
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('', 'Content-Type: multipart/mixed; boundary=b\n\n--b\n'),
        (text, head) => {
          expect(attachmentsOf(head + text)).to.be.an('array');
        },
      ),
    );
  });

  it('is begun in the words that mail programs know', async () => {
    const { addressesIn, forwardText, replyText, subjectWith, whoOf } = await load('mail/words.js');
    const mail = {
      from: 'Greta <g@m.example>',
      to: ['ada@w.example'],
      subject: 'Flour',
      date: '2026-11-20T13:03:00Z',
      text: 'Dear\n> old',
    };
    expect(forwardText(mail)).to.match(
      /^\n\n-{10} Forwarded message -{9}\nFrom: Greta <g@m\.example>\nDate: Fri, 20 Nov 2026, \d\d:03\nSubject: Flour\nTo: ada@w\.example\n\nDear\n> old\n$/,
    );
    expect(replyText(mail)).to.match(
      /^\n\nOn Fri, 20 Nov 2026, \d\d:03, Greta <g@m\.example> wrote:\n> Dear\n>> old\n$/,
    );
    expect([subjectWith('Re', 'Flour'), subjectWith('Re', 'AW: Flour'), subjectWith('Fwd', 'Re: Flour')]).to.deep.equal(
      ['Re: Flour', 'AW: Flour', 'Fwd: Re: Flour'],
    );
    expect([whoOf('"Holm, G" <G@M.example>'), whoOf('g@m.example')]).to.deep.equal([
      { name: 'Holm, G', address: 'g@m.example' },
      { name: 'g@m.example', address: 'g@m.example' },
    ]);
    expect(addressesIn(' a@b.example; c@d.example , ')).to.deep.equal(['a@b.example', 'c@d.example']);
  });
});

describe('the list of a mailbox on the practice page', () => {
  it('begins each mail with its own words, not with the line above which one answers', async () => {
    const { listNodes } = await load('mail/nodes.js');
    const text = '-- Reply above this line --\n\nI have taken this on.';
    const mail = { n: 1, from: 'Pilot <launch+pilot@p.example>', to: ['a@w.example'], subject: 'Re: Flour', text };
    const mails = [{ ...mail, date: '2026-11-20T13:03:00Z', attachments: [] }];
    const shown = textIn(listNodes(mails, { box: 'came', here: undefined, isNew: () => false, info, now: new Date() }));
    expect(shown).to.match(/Re: FlourI have taken this on\.$/);
  });
});

describe('the HTML of a mail on the practice page', () => {
  interface Made {
    nodeType: number;
    tagName?: string;
    data?: string;
    textContent?: string;
    childNodes: Made[];
    children: Made[];
  }
  const text = (data: string): Made => ({ nodeType: 3, data, childNodes: [], children: [] });
  const element = (tagName: string, childNodes: Made[] = [], attributes: Record<string, string> = {}): Made =>
    Object.assign(
      {
        nodeType: 1,
        tagName,
        textContent: 'all of it',
        childNodes,
        children: childNodes.filter(({ nodeType }) => nodeType === 1),
      },
      { getAttribute: (name: string) => attributes[name] ?? null },
    );

  const shown = async (...children: Made[]) =>
    short((await load('mail/html.js')).htmlNodes(element('BODY', children)) as Node[]);

  it('keeps words, lists, emphasis, and links that may be followed', async () => {
    expect(
      await shown(
        element('H2', [text('Offer')]),
        element('UL', [
          text('\n'),
          element('LI', [element('B', [text('400')]), text(' boxes')]),
          element('P', [text('x')]),
        ]),
        element('A', [text('see')], { href: 'https://boxworks.example/' }),
        element('A', [text('no')], { href: 'javascript:alert(1)' }),
        element('IMG', [], { alt: 'our logo', src: 'https://spy.example/' }),
      ),
    ).to.equal('p(strong(Offer))ul(li(b(400) boxes)li(x))a:https://boxworks.example/(see)noour logo');
  });

  it('drops what is not words, and lays out what only laid out', async () => {
    expect(
      await shown(
        element('SCRIPT', [text('alert(1)')]),
        element('STYLE', [text('p{}')]),
        element('TABLE', [element('TR', [element('TD', [text('each')]), element('TD', [text('1.20')])])]),
        element('FONT', [element('INPUT'), text('now')]),
      ),
    ).to.equal('div(div(each 1.20 ))now');
  });

  it('gives no styles to a parser', async () => {
    const { withoutStyles } = await load('mail/html.js');
    const html = `<style type="text/css">p { color: red }</style><p class="a" style="color:red" id='b' STYLE = 'x'>in style</p>`;
    expect(withoutStyles(html)).to.equal(`<p class="a" id='b'>in style</p>`);
  });

  it('has a floor, however deep the mail is', async () => {
    let deep = element('DIV', [text('end')]);
    for (let n = 0; n < 3_000; n += 1) deep = element('DIV', [deep]);
    const told = await shown(deep);
    expect(told).to.include('(all of it)');
    expect(told.match(/div/g)).to.have.length(61);
  });
});
