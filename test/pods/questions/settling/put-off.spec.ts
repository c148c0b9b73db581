// Which words put an answer off, and which are an answer.
import { expect } from 'chai';
import { putsOff, putsOffAnswer } from '../../../../src/pods/questions/settling/put-off.ts';

describe('words that put an answer off', () => {
  it('are those that say nothing else', () => {
    const texts = [
      ...['Let me check.', 'let me check that first', 'I’ll look into it', 'I will get back to you tomorrow.'],
      ...['Hold on', 'One moment, please!', 'Hmm, good question. Let me think about it.', 'give me an hour'],
      ...['I need to ask Chiara first', "I'll ask the supplier and let you know", 'Not sure yet', 'Checking… 👀'],
      ...['Sorry, I’ll answer this afternoon', '@scribe hang on a sec', 'I don’t know yet, let me find out'],
      ...['Let me check with Ada Lindqvist.', 'ok, will check', 'Scribe, let me see'],
    ];
    for (const text of texts) expect(putsOff(text, ['scribe']), text).to.equal(true);
  });

  it('are none that say more, or that may be an answer', () => {
    const texts = [
      ...['Yes', 'Yes, let me check', 'Let me check: it is 80 €', '80 €, but let me check', 'Later', 'Tomorrow'],
      ...['Not yet', 'Not now', 'Wait', 'I don’t know', 'I’ll do it', 'Will do', 'On it', 'Sure, hold on', '👍'],
      ...['I will ask Chiara to send it', 'Let me check the price, and if it is 80 € then take it', ''],
      ...['Let us wait', 'I’ll take the second', 'Check it', 'Ask Ben', '> let me check\n\n80 €', 'q2 let me check'],
    ];
    for (const text of texts) expect(putsOff(text, ['scribe']), text).to.equal(false);
  });

  it('are an answer if the question offers them as an option', () => {
    expect(putsOffAnswer('Let me check', [], ['Yes', 'Let me check'])).to.equal(false);
    expect(putsOffAnswer('Let me check', [], ['Yes', 'No'])).to.equal(true);
    expect(putsOffAnswer('Hold on', [], ['Go on', 'Hold on'])).to.equal(false);
  });

  it('are none in a long text', () => {
    expect(putsOff('Let me check. '.repeat(30))).to.equal(false);
  });
});
