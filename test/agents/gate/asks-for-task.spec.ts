import { expect } from 'chai';
import { asksForTask } from '../../../src/agents/gate/asks-for-task.ts';

const ADA = ['Ada Lindqvist', 'Ada', 'ada'];

describe('words that ask for a task', () => {
  for (const words of [
    '@scribe choose the flour, and add a task for me to tell the shop',
    'Add a task for me so that I don’t forget: call the mill.',
    'Please make me a to-do for the hall',
    'Put it on my list.',
    'remind me to call the mill',
    'Give #3 to me, I do it myself',
    'I’ll take #3.',
    'assign it to me',
  ])
    it(`mean whoever writes them: “${words}”`, () => {
      expect(asksForTask(words, { names: ADA, own: true })).to.equal(true);
      expect(asksForTask(words, { names: ['Ben Okafor', 'Ben', 'ben'], own: false })).to.equal(false);
    });

  for (const words of [
    '@scribe give Ada a task for the shop',
    'Make a task for @ada: call the mill',
    'Ada’s list: add the van',
  ])
    it(`mean whom they name: “${words}”`, () => {
      expect(asksForTask(words, { names: ADA, own: false })).to.equal(true);
    });

  for (const words of [
    '@scribe choose the flour',
    'Give me the result on Friday.',
    'Decide it, and do not give me any tasks.',
    'No new tasks for me, please',
    'Do #3 without giving me a task',
    'What is on the list for Friday?',
    'Choose the flour. Ada wants it soon. Make a list of mills.',
    'Adam gets a task',
  ])
    it(`are none: “${words}”`, () => {
      expect(asksForTask(words, { names: ADA, own: true })).to.equal(false);
    });
});
