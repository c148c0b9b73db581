// The foot of a notice in Slack: what its reader can write below it.
import { expect } from 'chai';
import { noticePosts, partsOf } from '../../../src/outbox/slack/notices/posts.ts';
import type { Doing, NoticeRow } from '../../../src/outbox/slack/notices/rows.ts';
import { texts } from '../../texts/words.ts';

describe('the foot of a notice in Slack', () => {
  const row = (can: Doing[], number?: number): NoticeRow => ({
    ...{ need: `n_${number ?? can.length}`, pod: 'p', line: 'Something', can },
    ...(number === undefined ? {} : { task: `t_${number}`, number }),
  });
  const foot = (...rows: NoticeRow[]) => {
    const blocks = noticePosts(texts, rows, partsOf(texts, rows)).flatMap((post) => post.blocks ?? []);
    return JSON.stringify(blocks.filter(({ type }) => type === 'context'));
  };
  const mine = (number: number) => row(['start', 'done', 'tomorrow', 'later'], number);
  const reviewed = (number: number) => row(['approve', 'send-back', 'tomorrow', 'later'], number);
  const waits = (number: number) => row(['tomorrow', 'give', 'later'], number);

  it('says of one thing what fits it', () => {
    expect(foot(mine(5))).to.include('in the thread of this message. “done”, “tomorrow” or “later 3pm” will do, too.');
    expect(foot(reviewed(7))).to.include('“approve”, “send back: why” or “later 3pm” will do, too.');
    expect(foot(row(['words', 'tomorrow', 'later']))).to.include('“tomorrow” or “later 3pm” will do, too.');
  });

  it('says of several how to name each, with what fits them', () => {
    expect(foot(mine(5), mine(6), waits(8), reviewed(7))).to.include(
      'with the number of what it is about: “#5 done”, “#8 tomorrow” or “#7 approve”. Without a number you are asked which one you mean.',
    );
    expect(foot(mine(5), row(['words', 'tomorrow', 'later']))).to.include('“#5 done” or “#5 later 3pm”.');
  });

  it('stands only while something can be done', () => {
    expect(foot(row([], 5))).to.equal('[]');
    expect(foot(row([], 5), reviewed(7)), 'the one that is left').to.include('“#7 approve” or “#7 later 3pm”.');
  });
});
