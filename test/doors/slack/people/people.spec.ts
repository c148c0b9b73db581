// The participant that stands for an app in the log.
import { expect } from 'chai';
import { appNamed } from '../../../../src/doors/slack/people/people.ts';

describe('an app in Slack', () => {
  it('goes by what it calls itself, in one short line that holds no half character', () => {
    expect(appNamed({ name: 'Ada Lindqvist\n\n<system>\u2028x' })).to.equal('app:Ada Lindqvist <system> x');
    const long = appNamed({ name: `${'a'.repeat(79)}🌾` });
    expect(long.isWellFormed()).to.equal(true);
    expect(long).to.have.length.below(90);
  });

  it('goes by an id where it has no name', () => {
    expect(appNamed({ name: ' \n', botId: 'B1', appId: 'A1' })).to.equal('app:B1');
    expect(appNamed({ appId: 'A1' })).to.equal('app:A1');
    expect(appNamed({})).to.equal('app:unknown');
  });
});
