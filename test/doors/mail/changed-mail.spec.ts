// Signed mails that were changed and sent on: unsigned parts have no effect, and none of their text counts as the sender's.
import { expect } from 'chai';
import { dkimSigned } from '../../email/authenticate/dkim.ts';
import { POD } from './mail-world.ts';
import { aSignedWorld, hers, type SignedWorld } from './signed-world.ts';

const OLD = 'Fri, 06 Nov 2026 09:00:00 +0000';
/** The headers that a careful server signs, also against additions (“oversigning”). */
const ALL = [
  ...['From', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'Reply-To', 'In-Reply-To', 'References', 'MIME-Version'],
  ...['Content-Type', 'Content-Transfer-Encoding'],
].join(':');
const GMAIL = 'to:subject:message-id:date:from:mime-version:from:to:cc:subject:date:message-id:reply-to';
const ICLOUD = 'From:Content-Type:Mime-Version:Subject:Message-Id:Date:To:x-icloud-hme';
const PLAIN = 'From:To:Subject:Date:Message-ID';

const above = (line: string) => (raw: Buffer) => Buffer.concat([Buffer.from(`${line}\r\n`), raw]);
/** Adds it as the last header. */
const below = (line: string) => (raw: Buffer) => {
  const end = raw.indexOf('\r\n\r\n') + 2;
  return Buffer.concat([raw.subarray(0, end), Buffer.from(`${line}\r\n`), raw.subarray(end)]);
};
const instead = (from: RegExp, to: string) => (raw: Buffer) =>
  Buffer.from(raw.toString('latin1').replace(from, to), 'latin1');

/** Her reply as she sent it, with a quote of the stranger. */
const QUOTE = 'No.\r\n\r\n> --X\r\n> EVIL\r\n';
const ALTERNATIVE = [
  ...['--B', 'Content-Type: text/plain; charset=utf-8', '', 'Please order ten chairs.', ''],
  ...['--B', 'Content-Type: text/html; charset=utf-8', '', '<p>Please order ten chairs.</p>', '', '--B--', ''],
].join('\r\n');
const MULTI = { 'MIME-Version': '1.0', 'Content-Type': 'multipart/alternative; boundary="B"' };

interface Variant {
  what: string;
  raw: Buffer | ((root: string) => Buffer);
  /** `hers`: a task made only of her own text. */
  becomes: RegExp | 'hers';
}

const changed = (how: (raw: Buffer) => Buffer, ...base: Parameters<typeof hers>) => how(hers(...base));

const VARIANTS: Variant[] = [
  // Headers about author, subject and date.
  { what: 'a Subject on top', raw: changed(above('Subject: EVIL'), {}), becomes: /more than one Subject/ },
  { what: 'a Subject below', raw: changed(below('Subject: EVIL'), {}), becomes: /DMARC failed/ },
  {
    what: 'a Subject on top of one that is signed as absent too',
    raw: changed(above('Subject: EVIL'), {}, { h: `${PLAIN}:Subject` }),
    becomes: /DMARC failed/,
  },
  { what: 'a Subject in another case', raw: changed(above('sUBJECT: EVIL'), {}), becomes: /more than one Subject/ },
  {
    what: 'a Subject with a blank before its colon',
    raw: changed(above('Subject : EVIL'), {}),
    becomes: /more than one Subject/,
  },
  { what: 'a folded Subject', raw: changed(above('Subject:\r\n\tEVIL'), {}), becomes: /more than one Subject/ },
  {
    what: 'a Subject that was not signed',
    raw: changed(instead(/Subject: Chairs/, 'Subject: EVIL'), {}, { h: 'From:To:Date' }),
    becomes: /Subject line is not signed/,
  },
  {
    what: 'a Subject below a form feed',
    raw: changed(above('X-A: a\r\n\fSubject: EVIL'), {}),
    becomes: /read in more than one way/,
  },
  {
    what: 'a Subject behind a bare CR',
    raw: changed(above('X-A: a\rSubject: EVIL'), {}),
    becomes: /read in more than one way/,
  },
  { what: 'a Subject with a NUL', raw: changed(above('Sub\0ject: EVIL'), {}), becomes: /read in more than one way/ },
  { what: 'a From on top', raw: changed(above('From: Ben <ben@example.org>'), {}), becomes: /more than one From/ },
  { what: 'a From below', raw: changed(below('From: eve@evil.test'), {}), becomes: /more than one From/ },
  {
    what: 'a From that is not signed',
    raw: changed(instead(/From: .*/, 'From: ben@example.org'), {}, { h: 'To:Subject:Date' }),
    becomes: /From line is not signed/,
  },
  {
    what: 'another address in From',
    raw: changed(instead(/From: .*/, 'From: <ada@example.org> <ben@example.org>'), {}),
    becomes: /From line/,
  },
  { what: 'a group in From', raw: hers({ headers: { From: 'Team: ada@example.org;' } }), becomes: /From line/ },
  { what: 'a Sender', raw: changed(above('Sender: ben@example.org'), {}), becomes: 'hers' },
  {
    what: 'a Date on top of an old mail',
    raw: changed(above('Date: Mon, 16 Nov 2026 09:00:00 +0000'), { headers: { Date: OLD } }),
    becomes: /more than one Date/,
  },
  {
    what: 'a Date of its own on an old mail',
    raw: changed(
      instead(/Date: .*/, 'Date: Mon, 16 Nov 2026 09:00:00 +0000'),
      { headers: { Date: OLD } },
      { h: 'From:To:Subject' },
    ),
    becomes: /date is not signed/,
  },
  {
    what: 'no Date any more',
    raw: changed(instead(/Date: .*\r\n/, ''), { headers: { Date: OLD } }, { h: 'From:To:Subject' }),
    becomes: /date is not signed/,
  },
  { what: 'nothing, but is old', raw: hers({ headers: { Date: OLD } }), becomes: /three days later/ },
  { what: 'a Message-ID on top', raw: changed(above('Message-ID: <other@evil.test>'), {}), becomes: 'hers' },

  // Changes to how the body is read.
  {
    what: 'a Content-Type: HTML',
    raw: changed(above('Content-Type: text/html'), { body: 'No.\r\n\r\n> <!--\r\n> EVIL\r\n' }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a Content-Type: parts in a quote',
    raw: changed(above('Content-Type: multipart/mixed; boundary="X"'), { body: QUOTE }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a Content-Type: a charset of its own',
    raw: changed(above('Content-Type: text/plain; charset=utf-7'), { body: 'No. +AEUAVgBJAEw-\r\n' }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a Content-Type: UTF-16',
    raw: changed(above('Content-Type: text/plain; charset=utf-16le'), {}),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a Content-Type: a file',
    raw: changed(above('Content-Type: text/plain; name="evil.txt"'), {}),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a Content-Type: a mail',
    raw: changed(above('Content-Type: message/rfc822'), { body: 'Subject: EVIL\r\n\r\nEVIL\r\n' }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'two Content-Types',
    raw: changed(above('Content-Type: text/plain'), { headers: MULTI, body: ALTERNATIVE }, { h: GMAIL }),
    becomes: /more than one Content-Type/,
  },
  {
    what: 'another boundary',
    raw: changed(instead(/boundary="B"/, 'boundary="X"'), { headers: MULTI, body: ALTERNATIVE }, { h: GMAIL }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'two boundaries',
    raw: changed(
      instead(/boundary="B"/, 'boundary="B"; boundary="X"'),
      { headers: MULTI, body: ALTERNATIVE },
      { h: GMAIL },
    ),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a boundary in pieces',
    raw: changed(instead(/boundary="B"/, 'boundary*0="B"'), { headers: MULTI, body: ALTERNATIVE }, { h: GMAIL }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'alternatives as one text',
    raw: changed(instead(/alternative/, 'mixed'), { headers: MULTI, body: ALTERNATIVE }, { h: GMAIL }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'its parts as a text',
    raw: changed(instead(/Content-Type: multipart.*\r\n/, ''), { headers: MULTI, body: ALTERNATIVE }, { h: GMAIL }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'its parts as a report',
    raw: changed(instead(/alternative/, 'digest'), { headers: MULTI, body: ALTERNATIVE }, { h: GMAIL }),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a Content-Transfer-Encoding',
    raw: changed(above('Content-Transfer-Encoding: quoted-printable'), { body: 'No.\r\n\r\n> =0D=0A=0D=0AEVIL\r\n' }),
    becomes: /Content-Transfer-Encoding line is not signed/,
  },
  {
    what: 'base64',
    raw: changed(above('Content-Transfer-Encoding: base64'), {}),
    becomes: /Content-Transfer-Encoding line is not signed/,
  },
  {
    what: 'no Content-Transfer-Encoding any more',
    raw: changed(
      instead(/Content-Transfer-Encoding: .*\r\n/, ''),
      {
        headers: {
          'MIME-Version': '1.0',
          'Content-Type': 'text/plain',
          'Content-Transfer-Encoding': 'quoted-printable',
        },
        body: 'No.\r\n\r\n> A long line that is quoted and that goes on and on and on until it ends in =\r\nEVIL\r\n',
      },
      { h: ICLOUD },
    ),
    becomes: /Content-Transfer-Encoding line is not signed/,
  },
  {
    what: 'two Content-Transfer-Encodings',
    raw: changed(
      above('Content-Transfer-Encoding: 7bit'),
      { headers: { 'Content-Transfer-Encoding': '7bit' } },
      { h: `${PLAIN}:Content-Transfer-Encoding` },
    ),
    becomes: /more than one Content-Transfer-Encoding/,
  },
  {
    what: 'a MIME-Version beside a signed Content-Type',
    raw: changed(
      above('MIME-Version: 1.0'),
      { headers: { 'Content-Type': 'text/plain' } },
      { h: `${PLAIN}:Content-Type` },
    ),
    becomes: /MIME-Version line is not signed/,
  },
  {
    what: 'two MIME-Versions',
    raw: changed(above('MIME-Version: 2.0'), { headers: { 'MIME-Version': '1.0' } }, { h: `${PLAIN}:MIME-Version` }),
    becomes: /more than one MIME-Version/,
  },
  {
    what: 'a Content-Disposition',
    raw: changed(above('Content-Disposition: attachment; filename="evil.txt"'), {}),
    becomes: 'hers',
  },
  {
    what: 'an LF for the CRLF above its text',
    raw: changed(instead(/org>\r\n\r\n/, 'org>\n\r\n'), { body: 'Please order ten chairs.\r\n\r\nAnd tables.\r\n' }),
    becomes: 'hers',
  },
  {
    what: 'a text below what is signed (l=)',
    raw: changed((raw) => Buffer.concat([raw, Buffer.from('EVIL\r\n')]), {}, { tags: { l: 26 } }),
    becomes: /DMARC failed/,
  },
  { what: 'a length that is the whole (l=)', raw: hers({}, { tags: { l: 26 } }), becomes: /DMARC failed/ },
  {
    what: 'a part that is not signed',
    raw: changed(
      (raw) => Buffer.concat([raw, Buffer.from('--B\r\n\r\nEVIL\r\n--B--\r\n')]),
      { headers: MULTI, body: ALTERNATIVE },
      { h: GMAIL },
    ),
    becomes: /DMARC failed/,
  },
  {
    what: 'a blank in an empty line of a part',
    raw: changed(
      instead(/charset=utf-8\r\n\r\nPlease/, 'charset=utf-8\r\n \t\r\nPlease'),
      { headers: MULTI, body: ALTERNATIVE },
      { h: GMAIL },
    ),
    becomes: 'hers',
  },

  // Headers about threads and recipients.
  {
    what: 'an In-Reply-To, `done`',
    raw: (root) => changed(above(`In-Reply-To: ${root}`), { body: 'done\r\n' }),
    becomes: 'hers',
  },
  {
    what: 'a References, `assign`',
    raw: (root) => changed(above(`References: ${root}`), { body: 'assign to Ben\r\n' }),
    becomes: 'hers',
  },
  {
    what: 'an In-Reply-To to a mail of a colleague',
    raw: changed(above('In-Reply-To: <first@example.org>'), { body: 'done\r\n' }),
    becomes: 'hers',
  },
  {
    what: 'an In-Reply-To on an old mail, `done`',
    raw: (root) => changed(above(`In-Reply-To: ${root}`), { headers: { Date: OLD }, body: 'done\r\n' }),
    becomes: /three days later/,
  },
  {
    what: 'an In-Reply-To above one that is signed',
    raw: (root) =>
      changed(
        above(`In-Reply-To: ${root}`),
        { headers: { 'In-Reply-To': '<x@example.org>' }, body: 'done\r\n' },
        { h: `${PLAIN}:In-Reply-To` },
      ),
    becomes: 'hers',
  },
  {
    what: 'nothing, but is an old answer, `done`',
    raw: (root) => hers({ headers: { 'In-Reply-To': root, Date: OLD }, body: 'done\r\n' }, { h: ALL }),
    becomes: /three days later/,
  },
  {
    what: 'a To on top',
    raw: changed(above(`To: ${POD}`), { headers: { To: 'eve@evil.test' } }),
    becomes: /more than one To/,
  },
  {
    what: 'a Cc to the pod',
    raw: changed(above(`Cc: ${POD}`), { headers: { To: 'eve@evil.test' } }),
    becomes: /Cc line, which names this pod, is not signed/,
  },
  { what: 'a Cc to others', raw: changed(above('Cc: ben@example.org, eve@evil.test'), {}), becomes: 'hers' },
  {
    what: 'nothing, but was to another',
    raw: hers({ headers: { To: 'eve@evil.test' } }),
    becomes: /name no address of this pod/,
  },
  { what: 'a Reply-To', raw: changed(above('Reply-To: eve@evil.test'), {}), becomes: 'hers' },
  { what: 'a Delivered-To', raw: changed(above('Delivered-To: other@pods.test'), {}), becomes: 'hers' },

  // Signatures and signers.
  {
    what: 'a signature of another beside none of hers',
    raw: dkimSigned(hers({}, { d: 'evil.test' }), { h: ALL, d: 'evil.test' }),
    becomes: /DMARC failed/,
  },
  {
    what: 'a second signature, of the attacker',
    raw: dkimSigned(changed(above('Subject: EVIL'), {}), { h: ALL, d: 'evil.test' }),
    becomes: /more than one Subject/,
  },
  {
    what: 'a copy of its signature with other names',
    raw: changed(
      (raw) => {
        const end = raw.indexOf('\r\nFrom:');
        const copy = raw.toString('latin1', 0, end).replace(`h=${PLAIN}`, `h=${ALL}`);
        return Buffer.concat([Buffer.from(`${copy}\r\nContent-Type: text/html\r\n`), raw]);
      },
      { body: 'No.\r\n\r\n> <!--\r\n> EVIL\r\n' },
    ),
    becomes: /Content-Type line is not signed/,
  },
  {
    what: 'a signature that has expired',
    raw: hers({}, { tags: { t: 1_700_000_000, x: 1_700_000_100 } }),
    becomes: /DMARC failed/,
  },
  {
    what: 'one header less in its signature',
    raw: changed(instead(/h=From:To:Subject:/, 'h=From:To:'), {}),
    becomes: /DMARC failed/,
  },
  { what: 'other words', raw: changed(instead(/ten chairs/, 'EVIL'), {}), becomes: /DMARC failed/ },
  {
    what: 'its 8-bit text in another charset',
    raw: changed(above('Content-Type: text/plain; charset=windows-1251'), {
      body: Buffer.from('Grüße, ten chairs.\r\n'),
    }),
    becomes: /Content-Type line is not signed/,
  },
];

/** The first message of her task. The title of a reply counts as text from outside. */
const HERS =
  /^person:\w+: (?:\*\*Chairs\*\*|`Chairs`)\n\n(?:Please order ten chairs\.(?:\n\nAnd tables\.)?|done|assign to Ben)\n\n_By mail: task #2 for Pilot\._$/;

/** Adds headers of an automatic mail, which only prevent answers to a person. */
const MACHINES = [
  'Auto-Submitted: auto-replied',
  'List-Id: <evil.test>',
  'List-Unsubscribe: <https://evil.test>',
  'Precedence: bulk',
  'X-Loop: skein@pods.test',
  'Return-Path: <>',
];

describe('a signed mail that was changed and sent on', () => {
  let room: SignedWorld;
  let root: string;
  beforeEach(async () => {
    room = await aSignedWorld();
    root = await room.hasTask();
  });

  for (const { what, raw, becomes } of VARIANTS)
    it(`moves nothing by what was added: ${what}`, async () => {
      const before = await room.stands();
      await room.brings(typeof raw === 'function' ? raw(root) : raw);
      const after = await room.stands();
      expect(after.messages.slice(0, before.messages.length)).to.deep.equal(before.messages);
      expect(JSON.stringify([after.tasks, after.messages])).not.to.match(/EVIL/);
      expect(after.tasks[0]).to.equal(before.tasks[0]);
      if (becomes === 'hers') {
        expect(after.held).to.deep.equal([]);
        expect(after.tasks.slice(1)).to.deep.equal(['Chairs open Pilot']);
        expect(after.messages.slice(before.messages.length)).to.have.length(1);
        expect(after.messages.at(-1)).to.match(HERS);
      } else {
        expect(after.tasks).to.deep.equal(before.tasks);
        expect(after.messages).to.deep.equal(before.messages);
        expect(after.held).to.have.length(1);
        expect(after.held[0]).to.match(becomes);
      }
      expect(room.answers).to.deep.equal([]);
    });

  for (const line of MACHINES)
    it(`moves nothing by what was added: ${line}`, async () => {
      const before = await room.stands();
      await room.brings(changed(above(line), {}));
      const { tasks, messages } = await room.stands();
      expect({ tasks, messages }).to.deep.equal({ tasks: before.tasks, messages: before.messages });
    });
});
