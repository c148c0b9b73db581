import { expect } from 'chai';
import { trimReply } from '../../../src/email/quotes/trim-reply.ts';
import { escapeMarkdown } from '../../../src/email/render/escape-markdown.ts';
import { renderAcknowledgement, renderAnswer, renderDigest } from '../../../src/email/render/render-mail.ts';

describe('our mails', () => {
  const answer = renderAnswer({
    markdown: 'It is **done**.',
    foot: 'Scribe · an agent in Launch',
    links: [{ label: 'See the task', url: 'https://skein.test/t/1' }],
    quoted: { introduction: 'Ada wrote:', text: 'Please do it.' },
  });

  it('say who speaks, in text and in HTML', () => {
    for (const face of [answer.text, answer.html]) {
      expect(face)
        .to.include('Scribe · an agent in Launch')
        .and.to.include('https://skein.test/t/1')
        .and.to.include('Please do it.');
    }
    expect(answer.html).to.include('It is <strong>done</strong>.');
    expect(answer.text).to.include('It is done.');
  });

  it('are cut away whole when somebody replies to them', () => {
    const reply = `Thanks.\n\nOn Mon, 16 Nov 2026 at 09:00, Scribe <launch@pods.test> wrote:\n${answer.text.replace(/^/gm, '> ')}`;
    expect(trimReply({ text: reply }).written).to.equal('Thanks.');
    expect(trimReply({ text: `Thanks.\n\n${answer.text}` }).written).to.equal('Thanks.');
  });

  it('load nothing from anywhere', () => {
    const digest = renderDigest({
      greeting: 'Good morning, Ada.',
      sections: [{ title: 'For you', markdown: '- ![x](https://x.test/a.png)\n- <img src="https://x.test/b.png">' }],
      foot: 'A reply to this reaches nobody.',
      end: { label: 'No more digests', url: 'https://skein.test/u?t="1"&x' },
    });
    for (const { html } of [answer, digest]) expect(html).to.not.match(/<(?:img|link|script|iframe|style)\b|url\(/i);
    expect(digest.html).to.include('https://skein.test/u?t=&quot;1&quot;&amp;x');
    expect(digest.text).to.include('For you\n=======').and.to.include('No more digests: https://skein.test/u');
  });

  it('acknowledge what was understood, with a link', () => {
    const { text, html } = renderAcknowledgement({
      lead: `I have taken this on: **${escapeMarkdown('The <list>')}**`,
      understood: 'You want *dates*.',
      hint: 'Reply to say more.',
      foot: 'Scribe · an agent in Launch',
      links: [{ label: 'The task', url: 'https://skein.test/t/1' }],
    });
    expect(text)
      .to.include('I have taken this on: The <list>')
      .and.to.include('You want dates.')
      .and.to.include('Reply to say more.\n-- \nScribe · an agent in Launch')
      .and.to.include('The task: https://skein.test/t/1');
    expect(html).to.include('The &lt;list&gt;').and.to.include('<em>dates</em>');
  });
});
