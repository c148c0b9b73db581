import { expect } from 'chai';
import fc from 'fast-check';
import { type Facts, isWorthSending, type PodNews } from '../../src/digest/facts.ts';
import { inPlainWords } from '../../src/digest/plain.ts';
import { quiet } from '../../src/digest/quiet.ts';
import { texts } from '../texts/words.ts';

const none: Facts = {
  person: { name: 'Ada', timeZone: 'UTC', slack: true },
  podIds: [],
  today: '2026-11-21',
  tasks: [],
  mentions: [],
  quarantined: [],
  pods: [],
};
const aPod = (name: string, facts: number): PodNews => ({
  pod: { name },
  facts: Array.from({ length: facts }, (_, n) => ({ rank: n, text: `Ben did ${n}`, who: 'Ben' })),
  talk: { messages: 0, by: [], threads: [] },
  more: false,
});

describe('a digest in plain words', () => {
  it('is short, however much there is, and says what it leaves out', () => {
    const tasks = Array.from({ length: 50 }, (_, n) => ({
      ...{ id: `t_${n}`, pod: { name: 'Launch' }, number: n, title: `T${n}`, when: 'open' as const },
    }));
    const mentions = Array.from({ length: 9 }, (_, n) => ({
      id: `m_${n}`,
      pod: { name: 'Launch' },
      by: 'Ben',
      text: 'Hm?',
    }));
    const pods = Array.from({ length: 20 }, (_, n) => aPod(`Pod ${n}`, 30));
    const [waits, ...news] = inPlainWords(texts, { ...none, tasks, mentions, pods });
    expect(waits?.lines).to.have.length(13);
    expect(waits?.lines[7]?.text).to.equal('and 43 more tasks: `/skein tasks`');
    const [without] = inPlainWords(texts, { ...none, person: { name: 'Eva', timeZone: 'UTC' }, tasks });
    expect(without?.lines[7]?.text, 'there are no commands in a mail program').to.equal('and 43 more tasks');
    expect(waits?.lines[12]?.text).to.equal('and 5 more mentions');
    expect(news).to.have.length(13);
    expect(news[0]?.lines.map(({ text }) => text)).to.deep.equal([
      'Ben did 0',
      'Ben did 1',
      'Ben did 2',
      'Ben did 3',
      'and 26 more',
    ]);
    expect(news[12]).to.deep.equal({
      title: 'Also new',
      lines: [
        {
          text: pods
            .slice(12)
            .map(({ pod }) => pod.name)
            .join(', '),
        },
      ],
    });
  });

  it('has something to say of news and of what is due, not of an open task alone', () => {
    const task = { id: 't_1', pod: { name: 'Launch' }, number: 1, title: 'T' };
    expect(isWorthSending(none)).to.equal(false);
    expect(isWorthSending({ ...none, tasks: [{ ...task, when: 'open' }] })).to.equal(false);
    expect(isWorthSending({ ...none, tasks: [{ ...task, when: 'overdue' }] })).to.equal(true);
    expect(isWorthSending({ ...none, pods: [aPod('Launch', 1)] })).to.equal(true);
  });

  it('takes in others’ words as one line without links, code, marks or hidden signs', () => {
    expect(quiet('# *Hi* [a](b)\n\u202e`c` <@U1> \\!')).to.equal('# Hi (a)(b) ’c’ ‹@U1› /!');
    expect(quiet('snake_case stays, _this_ does not')).to.equal('snake_case stays, this does not');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(quiet(text, 40)).to.match(/^[^\n[\]<>`\\*]{0,40}$/u);
      }),
    );
  });
});
