// A start with the Slack app of an agent that there is not: refused with what was meant, once the agents are known.
import { expect } from 'chai';
import { surveyConfig } from '../../src/config/config.ts';
import type { Reader } from '../../src/log/action.ts';
import { knownAgents } from '../../src/start/known-agents.ts';
import { refusal } from '../pods/build.ts';

const read = {
  find: async () => [
    { handle: 'scribe', name: 'Scribe' },
    { handle: 'tax-expert', name: 'Tessa' },
  ],
} as unknown as Reader;
const configOf = (env: Record<string, string>) => surveyConfig(env, '/srv/skein').config;

describe('the start with agents’ own Slack apps', () => {
  it('finds the agents, also those that no manifest has', async () => {
    const known = await knownAgents(configOf({ SLACK_TAX_EXPERT_BOT_TOKEN: 'practice' }), read);
    expect(known).to.deep.equal([{ env: 'TAX_EXPERT', kind: 'practice', handle: 'tax-expert', name: 'Tessa' }]);
  });

  it('is refused with every setting that is for nobody', async () => {
    const env = { SLACK_SCRIB_BOT_TOKEN: 'practice', SLACK_NOBODY_AT_ALL_BOT_TOKEN: 'practice' };
    const error = await refusal(knownAgents(configOf(env), read));
    expect(String(error))
      .to.contain("Skein can't start: 2 things need mending")
      .and.contain('Did you mean SLACK_SCRIBE_BOT_TOKEN?')
      .and.contain('There are: SCRIBE, TAX_EXPERT.');
  });
});
