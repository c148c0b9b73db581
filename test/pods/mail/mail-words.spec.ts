import { expect } from 'chai';
import fc from 'fast-check';
import { outside } from '../../../src/log/labels/label.ts';
import { unframed, unframedInSlack } from '../../../src/pods/mail/framed-before.ts';
import { inWords, type MessageParts, ownWords, saysTheSame } from '../../../src/pods/mail/mail-words.ts';

const MAILED = outside({ kind: 'mail', by: 'person:ada' });
const NONE: MessageParts = { words: '', files: [], notes: [], mail: {} };

describe('a message that came by mail', () => {
  it('is shown with what Skein says of the mail: its subject, its files, how it was read, and what it became', () => {
    const subject = { text: 'Chairs' };
    const mail = { task: 2, agent: 'agent:pilot' as const };
    expect(inWords({ ...NONE, subject, mail, words: 'Please order ten.', files: ['a`b.pdf'] }, 'Pilot')).to.equal(
      "**Chairs**\n\nPlease order ten.\n\n_By mail: task #2 for Pilot. With `a'b.pdf`._",
    );
    const notes = ['It is encrypted.', 'a_b.pdf has 30 MB.'];
    expect(inWords({ ...NONE, subject: { ...subject, label: MAILED }, notes, mail: { letIn: 'unproved' } })).to.equal(
      '`Chairs`\n\n_About this mail: It is encrypted. a b.pdf has 30 MB._\n\n_By mail, let in without proof of its sender._',
    );
    expect(inWords({ ...NONE, subject, mail: { letIn: 'proved', task: 1 } })).to.contain(
      '_By mail, let in from quarantine: task #1 for nobody yet._',
    );
  });

  it('is shown as a reply by its words, its files and how it was read', () => {
    expect(inWords({ ...NONE, words: 'Look.', files: ['a.pdf'], notes: ['Cut.'] })).to.equal(
      'Look.\n\n_With_ `a.pdf`\n\n_About this mail: Cut._',
    );
    expect(inWords(NONE)).to.equal('_(a forwarded mail)_');
    expect(inWords({ words: 'Hi', files: [], notes: [] })).to.equal('Hi');
  });

  it('is known by its own words, else by its subject or what it brought', () => {
    expect(ownWords({ ...NONE, words: 'Look.', subject: { text: 'S' } })).to.equal('Look.');
    expect(ownWords({ ...NONE, subject: { text: 'S' } })).to.equal('S');
    expect(ownWords({ ...NONE, files: ['a', 'b'] })).to.equal('a, b');
    expect(ownWords({ ...NONE, notes: ['N.'] })).to.equal('N.');
    expect(ownWords(NONE)).to.equal('(a forwarded mail)');
  });
});

describe('a message that came from Slack', () => {
  const SAID: MessageParts = { words: 'Look.', files: ['a`b.pdf', 'c.csv'], notes: [] };

  it('is shown and known by its words, with a line for each file', () => {
    const shown = "Look.\n(file: `a'b.pdf`)\n(file: `c.csv`)";
    expect([inWords(SAID), ownWords(SAID)]).to.deep.equal([shown, shown]);
    expect(inWords({ ...SAID, words: '' })).to.equal("(file: `a'b.pdf`)\n(file: `c.csv`)");
    expect(inWords({ words: '', files: [], notes: [], brought: true })).to.equal('(no words of their own)');
    expect(inWords({ words: '', files: [], notes: [] })).to.equal('(no text)');
  });

  it('says the same when it is told again, also where it was kept in one text', () => {
    const old = { ...unframedInSlack(inWords(SAID)), whole: inWords(SAID) };
    for (const before of [SAID, old]) {
      expect(saysTheSame(before, SAID)).to.equal(true);
      expect(saysTheSame(before, { ...SAID, words: 'Look!' })).to.equal(false);
      expect(saysTheSame(before, { ...SAID, files: ['c.csv'] })).to.equal(false);
    }
    const bare = { words: '', files: [], notes: [] };
    expect(saysTheSame({ ...bare, brought: true, whole: '(no words of their own)' }, bare)).to.equal(true);
  });

  it('is taken apart again where 0.1.0 kept it in one text, whatever the words are', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9 *_.:`()\n]{0,40}$/);
    fc.assert(
      fc.property(word, fc.array(fc.constantFrom('a.pdf', 'b c.csv')), (words, files) => {
        const parts = { words, files, notes: [] };
        expect(unframedInSlack(inWords(parts))).to.deep.equal(parts);
      }),
    );
    expect(unframedInSlack('(no words of their own)').words).to.equal('');
    expect(unframedInSlack('Put it in (file: `a`), please').words).to.contain('file: `a`');
  });
});

describe('what 0.1.0 put around words from a mail', () => {
  const apart = (text: string) => unframed(text, MAILED);

  it('is taken off again, whatever the words are', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9 *_.:#\n]{0,40}$/).map((text) => text.trim());
    const files = fc.array(fc.constantFrom('a.pdf', 'mail/b c.csv'));
    fc.assert(
      fc.property(word, files, fc.option(fc.nat(99)), (words, files, n) => {
        const parts = { ...NONE, words, files, subject: { text: 'A title' } };
        const text = inWords({ ...parts, mail: n === null ? {} : { task: n } }, 'Pilot');
        expect(apart(text)).to.deep.equal({ words, files, notes: [], subject: { text: 'A title' } });
      }),
    );
  });

  it('is no part of a reply either', () => {
    const none = { notes: [], files: [] };
    expect(apart('Look.\n\n_With_ `a.pdf`, `b.csv`')).to.deep.equal({
      ...none,
      words: 'Look.',
      files: ['a.pdf', 'b.csv'],
    });
    expect(apart('_(a forwarded mail)_')).to.deep.equal({ ...none, words: '' });
    expect(apart('**Bold**\n\nplain')).to.deep.equal({ ...none, words: '**Bold**\n\nplain' });
    expect(apart('_About this mail: it is hers._\n\nLook.').words).to.contain('it is hers');
  });

  it('says whose the subject was, and what Skein said of the mail', () => {
    const text =
      '`An offer`\n\n_About this mail: It is encrypted._\n\n_By mail, let in from quarantine: task #8 for Pilot._';
    expect(apart(text)).to.deep.equal({
      words: '',
      files: [],
      notes: ['It is encrypted.'],
      subject: { text: 'An offer', label: MAILED },
    });
  });
});
