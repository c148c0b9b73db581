import { expect } from 'chai';
import fc from 'fast-check';
import { framed, noted, unframed } from '../../../src/pods/mail/mail-frame.ts';

describe('what stands around words from a mail', () => {
  it('is taken off again, whatever the words are', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9 *_.:#\n]{0,40}$/).map((text) => text.trim());
    fc.assert(
      fc.property(
        word,
        fc.array(fc.constantFrom('a.pdf', 'mail/b c.csv')),
        fc.option(fc.nat(99)),
        (words, files, n) => {
          const text = framed('**A title**', words, files, n ?? undefined, 'Pilot');
          expect(unframed(text)).to.deep.equal({ words, files });
        },
      ),
    );
  });

  it('is no part of a reply either', () => {
    expect(unframed('Look.\n\n_With_ `a.pdf`, `b.csv`')).to.deep.equal({ words: 'Look.', files: ['a.pdf', 'b.csv'] });
    expect(unframed('_(a forwarded mail)_')).to.deep.equal({ words: '', files: [] });
    expect(unframed('**Bold**\n\nplain')).to.deep.equal({ words: '**Bold**\n\nplain', files: [] });
  });

  it('holds what Skein says of the mail, which are no words of its sender', () => {
    const notes = ['It is encrypted.', 'a_b.pdf has 30 MB.'];
    const text = framed('**A title**', 'Look.', ['a.pdf'], 8, 'Pilot', undefined, notes);
    expect(text).to.contain('_About this mail: It is encrypted. a b.pdf has 30 MB._');
    expect(unframed(text)).to.deep.equal({
      words: 'Look.',
      files: ['a.pdf'],
      notes: 'It is encrypted. a b.pdf has 30 MB.',
    });
    const reply = `Look.\n\n_With_ \`a.pdf\`\n\n${noted(notes)}`;
    expect(unframed(reply)).to.deep.include({ words: 'Look.', files: ['a.pdf'] });
    expect(unframed('_About this mail: it is hers._\n\nLook.').words).to.contain('it is hers');
    expect(noted([])).to.equal('');
  });

  it('says of a mail that an owner let in that nobody knows who sent it', () => {
    const text = framed('`An offer`', '', ['a.pdf'], 8, 'Pilot', 'unproved');
    expect(text).to.contain('_By mail, let in without proof of its sender: task #8 for Pilot. With `a.pdf`._');
    expect(unframed(text)).to.deep.equal({ words: '', files: ['a.pdf'] });
  });

  it('says of a mail of a proved sender that an owner let in only that it waited', () => {
    const text = framed('`An offer`', '', ['a.pdf'], 8, 'Pilot', 'proved');
    expect(text).to.contain('_By mail, let in from quarantine: task #8 for Pilot. With `a.pdf`._');
    expect(unframed(text)).to.deep.equal({ words: '', files: ['a.pdf'] });
  });
});
