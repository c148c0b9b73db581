// Proves the corpus itself: 200 mails, well-formed, each with its sentences in it.

import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import type { Case } from './case.ts';
import { corpus } from './corpus.ts';

/** Without the marks of quotes and the breaks of lines, which stand anywhere in a sentence. */
const plain = (text: string) => text.replace(/[>\s\u00a0]+/g, ' ').trim();

const readable = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** Every readable part of a mail: a sentence has to be in each of its alternatives. */
async function textsOf(mail: Buffer): Promise<string[]> {
  const parsed = await simpleParser(mail, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const attached = parsed.attachments.filter((one) => one.contentType === 'message/rfc822');
  const inner = await Promise.all(attached.map((one) => textsOf(one.content)));
  const rest = inner.flat().join('\n');
  const readables = [parsed.text, parsed.html ? readable(parsed.html) : ''].filter((one) => one?.trim());
  return (readables.length > 0 ? readables : ['']).map((one) => plain(`${one}\n${rest}`));
}

describe('the corpus of forwards and replies', () => {
  const cases = corpus();

  it('has 200 mails of at least ten programs in at least fifteen languages, each with a name of its own', () => {
    const different = (of: (one: Case) => string) => new Set(cases.map(of)).size;
    expect(cases).to.have.length(200);
    expect(different((one) => one.name)).to.equal(200);
    expect(different((one) => one.client)).to.be.at.least(10);
    expect(different((one) => one.language)).to.be.at.least(15);
    expect(different((one) => one.format)).to.equal(4);
    expect(different((one) => one.kind)).to.equal(4);
  });

  it('holds every sentence in every readable part of its mail', async () => {
    for (const one of cases) {
      const texts = await textsOf(one.raw);
      expect(texts, one.name).to.have.length(one.format === 'alternative' ? 2 : 1);
      for (const sentence of [...one.own, ...one.outside, ...one.kept])
        for (const text of texts) expect(text, one.name).to.include(plain(sentence));
      for (const known of one.known)
        for (const text of texts) expect(text, one.name).to.include(plain(known.text).slice(0, 20));
    }
  });

  it('never has a sentence of the member among those of others', () => {
    for (const one of cases) for (const sentence of one.own) expect(one.outside, one.name).to.not.include(sentence);
  });

  it('is the same each time', () => {
    const again = corpus();
    for (const [index, one] of cases.entries()) expect(again[index]?.raw.equals(one.raw), one.name).to.equal(true);
  });
});
