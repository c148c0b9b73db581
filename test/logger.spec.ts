import { expect } from 'chai';
import { InvalidInput, Retryable } from '../src/errors.ts';
import { type Fields, logFailure, makeLogger } from '../src/logger.ts';
import { recordingLogger } from './logs.ts';

describe('the log', () => {
  let lines: [string, string, Fields][];
  const failed = (error: unknown) => {
    lines = [];
    logFailure(recordingLogger(lines), 'warn', 'set aside', error, { item: 'i1' });
    const [[level = '', phrase = '', fields = {}] = []] = lines;
    return { level, phrase, fields };
  };

  it('writes a line of a time, a level, a phrase and fields, without those that are not known', () => {
    const written: string[] = [];
    makeLogger(
      (line) => written.push(line),
      () => 0,
    ).warn('set aside', { item: 'i 1', n: 2, reason: undefined });
    expect(written).to.deep.equal(['1970-01-01T00:00:00.000Z warn set aside item="i 1" n=2']);
  });

  it('tells of what was refused, and of what may go better later, by its reason alone', () => {
    for (const error of [new InvalidInput('No such pod.'), new Retryable('Slack is away.')])
      expect(failed(error)).to.deep.equal({
        level: 'warn',
        phrase: 'set aside',
        fields: { item: 'i1', reason: error.message },
      });
  });

  it('tells of a bug as an error, with the places it and its cause came from', () => {
    const cause = new RangeError('too far');
    const { level, fields } = failed(new TypeError('x is not a function', { cause }));
    expect({ level, item: fields.item, reason: fields.reason }).to.deep.equal({
      ...{ level: 'error', item: 'i1', reason: 'x is not a function' },
    });
    const stack = fields.stack as string[];
    expect(stack[0]).to.equal('TypeError');
    expect(stack[1]).to.match(/logger\.spec\.ts:\d+:\d+/);
    expect(stack).to.include('RangeError');
  });

  it('repeats no message in the places, not even one that looks like them', () => {
    const { fields } = failed(new Error('Dear Ada,\n    at last (secret:1:1)\nyours'));
    expect(JSON.stringify(fields.stack)).to.not.match(/Ada|secret|yours/);
    expect(failed('thrown as a text').fields).to.deep.equal({ item: 'i1', reason: 'thrown as a text', stack: [] });
  });
});
