// The question in a channel before it becomes a pod.
import { expect } from 'chai';
import fc from 'fast-check';
import { inviteQuestion, sharedQuestion } from '../../../src/doors/slack/pod-posts.ts';
import { SECTION_CHARS, TEXT_CHARS } from '../../../src/slack/limits.ts';
import { texts } from '../../texts/words.ts';

const buttonsOf = ({ blocks }: ReturnType<typeof inviteQuestion>) =>
  blocks.flatMap((block) =>
    block.type === 'actions' ? (block.elements as { action_id: string; value: string; text: { text: string } }[]) : [],
  );

describe('what a channel is asked', () => {
  it('asks whether a channel becomes a pod', () => {
    const question = inviteQuestion(texts, { channelName: 'launch', value: 'C1' });
    expect(question.text).to.equal(
      'Make #launch a pod? Everybody in this channel becomes a member and sees all of the pod: its threads, tasks, files and history.',
    );
    expect(question.blocks[0]).to.deep.equal({
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*Make #launch a pod?*\nEverybody in this channel becomes a member and sees all of the pod: its threads, tasks, files and history.',
      },
    });
    expect(buttonsOf(question).map(({ action_id, value, text }) => [action_id, value, text.text])).to.deep.equal([
      ['pod.make', 'C1', 'Make it a pod'],
      ['pod.make-past', 'C1', 'Make it a pod, with its last two weeks'],
      ['pod.decline', 'C1', 'Not now'],
    ]);
  });

  it('tells that people of another company read there, and brings the wished name back', () => {
    const question = sharedQuestion(texts, { channelName: 'launch', name: 'Launch' });
    expect(question.text).to.match(
      /^People of another company read #launch\. Make it a pod all the same\? This channel/,
    );
    expect(buttonsOf(question).map(({ action_id, value }) => [action_id, value])).to.deep.equal([
      ['pod.make-shared', 'Launch'],
      ['pod.make-shared-past', 'Launch'],
      ['pod.decline', ''],
    ]);
  });

  it('stays within the limits and calls nobody, whatever the channel is called', () => {
    const any = fc.oneof(
      fc.string({ maxLength: 5_000, unit: 'binary' }),
      fc.constantFrom('<!channel>', '@here', '&', '<@U1>'.repeat(900), '{{channel}}', '**<!here>**'),
    );
    fc.assert(
      fc.property(any, (name) => {
        for (const post of [
          inviteQuestion(texts, { channelName: name, value: 'C1' }),
          sharedQuestion(texts, { channelName: name, name: 'n' }),
        ]) {
          expect(post.text).to.have.length.below(TEXT_CHARS);
          expect(`${post.text} ${JSON.stringify(post.blocks)}`).to.not.match(/<!|<@|@(?:channel|here|everyone)\b/);
          const [section] = post.blocks as unknown as { text: { text: string } }[];
          expect(section?.text.text).to.have.length.within(1, SECTION_CHARS);
        }
      }),
      { numRuns: 60 },
    );
  });
});
