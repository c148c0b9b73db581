// The post that asks a question says by when, to each reader in their own time zone, and what silence means.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import { belowQuestion } from '../../../src/outbox/slack/questions/below.ts';
import { aWorld } from '../../pods/build.ts';
import { texts } from '../../texts/words.ts';

describe('the post of a question', () => {
  it('says by when it is needed and what comes of silence, until it is answered', async () => {
    const world = await aWorld();
    const { does, ada, ben, scribe, store } = world;
    const { conversation } = await does(ada, 'start_conversation', { title: 'Hall', text: 'Which day?' });
    const ask = {
      to: ['ben'],
      question: 'Which day?',
      options: ['Monday <!here>', 'Friday'],
      otherwise: 'Monday <!here>',
    };
    const { question } = await does(scribe, 'ask', { ...ask, needed_by: '4h', conversation: conversation.id });
    const deps = { read: makeReader(store), texts };
    const below = await belowQuestion(deps, question.id);
    expect(below?.buttons).to.not.equal(undefined);
    expect(below?.time).to.deep.equal({
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          text: 'Needed by <!date^1793625000^{time} {date_short_pretty}|2026-11-02 13:10 UTC>. If nobody answers by then, Scribe goes on with: Monday ‹!here›.',
        },
      ],
    });
    await does(ben, 'answer_question', { question: 'q1', choice: 'Friday' });
    expect(await belowQuestion(deps, question.id)).to.deep.equal({ lines: ['_Ben Okafor answered: Friday_'] });
  });
});
