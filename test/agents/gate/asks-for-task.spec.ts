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
    'I need a reminder for the mill',
    'Don’t forget to add a task for me: call the mill',
    'When you are done, add a task for me',
    'Can you add a task for me?',
    'No, give me a task for it',
  ])
    it(`mean whoever writes them: “${words}”`, () => {
      expect(asksForTask(words, { names: ADA, own: true })).to.equal(true);
      expect(asksForTask(words, { names: ['Ben Okafor', 'Ben', 'ben'], own: false })).to.equal(false);
    });

  for (const words of [
    '@scribe give Ada a task for the shop',
    'Make a task for @ada: call the mill',
    'Ada’s list: add the van',
    'Put the van on Ada’s list',
    'Hand Ada #3',
    'Ada wants a task for it',
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
    'I don’t need a task for that',
    'I have enough tasks on my list',
    'Let me know when #3 is done',
    'Give me the result of #3',
    'Give me the list',
    'Write me a list of tasks',
    'Did you give me a task?',
    'Ada doesn’t want a task for it',
    'I don’t want you to go and add a task for Ada',
    'Nobody should add a task for me',
    'Rather than give Ada a task, do it yourself',
    'I want you to give Ben a task',
    'Take #3 off my list',
    'Set Ada’s tasks aside',
  ])
    it(`are none: “${words}”`, () => {
      expect(asksForTask(words, { names: ADA, own: true })).to.equal(false);
    });

  it('are read in a short time, however long they are', () => {
    const began = performance.now();
    for (const part of ['@@ ', 'add ', 'not add a task ', 'add x on '])
      expect(asksForTask(part.repeat(20_000), { names: ADA, own: true })).to.equal(false);
    expect(performance.now() - began).to.be.lessThan(2000);
  });
});
