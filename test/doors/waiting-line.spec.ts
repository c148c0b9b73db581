// The line of one thing that waits for a person: it says what it is, so that nobody has to open it to know.
import { expect } from 'chai';
import { waitingLine } from '../../src/doors/waiting-line.ts';
import { texts } from '../texts/words.ts';

type Shown = Parameters<typeof waitingLine>[1];

describe('the line of one thing that waits', () => {
  const pod = { id: 'p1', name: 'launch' };
  const since = '2026-11-30T10:00Z';
  const reader = { zone: 'UTC', now: Date.UTC(2026, 10, 30, 11) };
  const line = (one: Partial<Shown>) =>
    waitingLine(texts.fill, { why: 'named', pod, since, ...one } as Shown, 'https://x.example/t', reader);

  it('says that somebody answered, and what was asked', () => {
    expect(line({ why: 'answered', from: 'Ben', text: 'Rye or wheat?' })).to.equal(
      '**Ben** answered in [launch](https://x.example/t) what you wait for: “Rye or wheat?”',
    );
  });

  it('says that nobody answered, where the question ended so', () => {
    expect(line({ why: 'answered', text: 'Rye or wheat?' })).to.equal(
      'Nobody answered in time in [launch](https://x.example/t) what you wait for: “Rye or wheat?”',
    );
  });

  it('says that agents wait for a person to go on, and what to write', () => {
    expect(line({ why: 'unwoken' }))
      .to.include('called one another many times')
      .and.include('“go on”');
    expect(line({ why: 'stopped', from: 'Ben' }))
      .to.include('was stopped')
      .and.include('when it may go on');
  });

  it('says that somebody asks for the person, where their name is called', () => {
    expect(line({ from: 'Ben', text: 'look please' })).to.equal(
      '**Ben** asks for you in [launch](https://x.example/t): “look please”',
    );
  });
});
