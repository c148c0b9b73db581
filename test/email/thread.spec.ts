import { expect } from 'chai';
import { MOST_REFERENCES } from '../../src/email/limits.ts';
import { formatId, ownIdsIn, parseId, referencesOf, replySubject, rootId } from '../../src/email/thread.ts';

describe('a thread of mails', () => {
  const own = { pod: 'p1', thread: 't1', n: '3' };

  it('has ids that say where they belong', () => {
    expect(formatId(own, 'pods.test')).to.equal('<p1.t1.3@pods.test>');
    expect(parseId('<p1.t1.3@Pods.test>', 'pods.test')).to.deep.equal(own);
    for (const id of [
      '<p1.t1.3@evil.test>',
      '<p1.t1@pods.test>',
      '<a.b.c.d@pods.test>',
      'p1.t1.3@pods.test',
      '<p 1.t.3@pods.test>',
    ])
      expect(parseId(id, 'pods.test'), id).to.equal(undefined);
  });

  it('makes no id of words', () => {
    expect(() => formatId({ ...own, pod: 'x@y>\r\nBcc: eve' }, 'pods.test')).to.throw('made of ids');
  });

  it('is found by the ids of ours that a reply names, the newest first', () => {
    const references = ['<p1.t1.root@pods.test>', '<x@far.test>', '<p1.t2.5@pods.test>', '<y@far.test>'];
    const newest = { pod: 'p1', thread: 't2', n: '5' };
    const root = { ...own, n: 'root' };
    expect(ownIdsIn({ inReplyTo: [], references }, 'pods.test')).to.deep.equal([newest, root]);
    expect(ownIdsIn({ inReplyTo: ['<p1.t1.3@pods.test>'], references }, 'pods.test')[0]).to.deep.equal(own);
    expect(ownIdsIn({ inReplyTo: ['<x@far.test>'], references: [] }, 'pods.test')).to.deep.equal([]);
  });

  it('keeps its root first, and of a long one the newest', () => {
    const root = rootId(own, 'pods.test');
    const many = Array.from({ length: 100 }, (_, n) => `<m${n}@x.test>`);
    const references = referencesOf(root, { messageId: '<last@x.test>', references: [...many, root] });
    expect(references).to.have.length(MOST_REFERENCES);
    expect(references[0]).to.equal(root);
    expect(references[1], 'mail programs hang a thread on its first').to.equal('<m0@x.test>');
    expect(references.at(-1)).to.equal('<last@x.test>');
    expect(referencesOf(root)).to.deep.equal([root]);
  });

  it('keeps its subject', () => {
    expect(replySubject('The list')).to.equal('Re: The list');
    expect(replySubject('a\r\nBcc: eve@x')).to.equal('Re: a Bcc: eve@x');
    expect(replySubject(' ')).to.equal('Re: (no subject)');
  });
});
