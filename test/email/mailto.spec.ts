import { expect } from 'chai';
import fc from 'fast-check';
import { MAILTO_CHARS, mailtoLink } from '../../src/email/mailto.ts';
import { linkedMrkdwn } from '../../src/slack/render/neutral.ts';

const CORA = { to: 'cora@customer.example', cc: 'launch+re-1a2b@pods.test', title: 'Sundays' };
const fieldsOf = (link = '') => new URLSearchParams(link.slice(link.indexOf('?') + 1).replaceAll('+', '%2B'));

describe('a link to a mail', () => {
  it('has the addresses, the subject, the thread and the body', () => {
    const body = 'Dear Cora,\n\nwe do (from ten) & *gladly*.';
    const link = mailtoLink({ ...CORA, title: 'Re: re: Sundays', inReplyTo: '<cora-1@customer.example>', body });
    expect(link).to.match(/^mailto:cora@customer\.example\?cc=launch%2Bre-1a2b@pods\.test&/);
    expect(Object.fromEntries(fieldsOf(link))).to.deep.equal({
      ...{ cc: CORA.cc, subject: 'Re: Sundays', 'In-Reply-To': '<cora-1@customer.example>' },
      body: 'Dear Cora,\r\n\r\nwe do (from ten) & *gladly*.',
    });
  });

  it('has no header that a title, an id or an address would add', () => {
    const title = 'Sundays\r\nBcc: evil@x.example&bcc=evil@x.example';
    const link = mailtoLink({ ...CORA, title, inReplyTo: '<a@b>\r\nBcc: <evil@x.example>' });
    expect([...fieldsOf(link).keys()]).to.deep.equal(['cc', 'subject']);
    expect(fieldsOf(link).get('subject')).to.equal('Re: Sundays Bcc: evil@x.example&bcc=evil@x.example');
    for (const to of [
      'a@b.example,c@d.example',
      'a@b.example\r\nBcc: c@d.example',
      '<a@b.example>',
      'a b@c.example',
      '',
    ])
      expect(mailtoLink({ ...CORA, to }), to).to.equal(undefined);
    expect(mailtoLink({ ...CORA, to: 'a?bcc=c%40d&x=@b.example' })).to.match(
      /^mailto:a%3Fbcc%3Dc%2540d%26x%3D@b\.example\?cc/,
    );
  });

  it('is one link in Markdown and in Slack, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 100 }),
        (title, body) => {
          const link = mailtoLink({ ...CORA, title, body });
          if (!link) return;
          expect(link).to.match(/^[A-Za-z0-9:@?&=%.-]+$/);
          expect(link).to.have.length.at.most(MAILTO_CHARS);
          expect([...fieldsOf(link).keys()]).to.deep.equal(['cc', 'subject', ...(body ? ['body'] : [])]);
          expect(linkedMrkdwn(`[answer](${link})`)).to.equal(`<${link.replaceAll('&', '&amp;')}|answer>`);
        },
      ),
    );
  });

  it('is none where it would be too long', () => {
    expect(mailtoLink({ ...CORA, body: 'x'.repeat(MAILTO_CHARS) })).to.equal(undefined);
  });
});
