// The settings of the agents' own Slack apps: every fault told with its cure, and no token in any sentence.
import { expect } from 'chai';
import { surveyConfig } from '../../src/config/config.ts';
import { agentAppsOf, envOf } from '../../src/config/slack.ts';

const MAIN = { SLACK_BOT_TOKEN: 'xoxb-1-hushmain', SLACK_APP_TOKEN: 'xapp-1-A0MAIN-hush' };
const BOT = 'xoxb-2-hushscribe';
const APP = 'xapp-1-A0SCRIBE-hush';
const SECRET = '0123456789abcdef0123456789abcdef';

const survey = (env: Record<string, string>) => surveyConfig(env, '/srv/skein');

describe('the settings of an agent’s own Slack app', () => {
  it('are read beside those of the main app: Socket Mode, or HTTP', () => {
    const { config, faults } = survey({
      ...MAIN,
      SLACK_SCRIBE_BOT_TOKEN: BOT,
      SLACK_SCRIBE_APP_TOKEN: APP,
      SLACK_TAX_EXPERT_BOT_TOKEN: 'xoxb-3-hushtax',
      SLACK_TAX_EXPERT_SIGNING_SECRET: SECRET,
    });
    expect(faults).to.deep.equal([]);
    expect(config.slackAgents).to.deep.equal([
      { kind: 'socket', botToken: BOT, appToken: APP, env: 'SCRIBE' },
      { kind: 'http', botToken: 'xoxb-3-hushtax', signingSecret: SECRET, env: 'TAX_EXPERT' },
    ]);
    expect(config.slack).to.deep.equal({
      kind: 'socket',
      botToken: MAIN.SLACK_BOT_TOKEN,
      appToken: MAIN.SLACK_APP_TOKEN,
    });
  });

  it('give an agent an app in the practice Slack', () => {
    const { config, faults } = survey({ SLACK_SCRIBE_BOT_TOKEN: 'practice' });
    expect(faults).to.deep.equal([]);
    expect(config.slackAgents).to.deep.equal([{ kind: 'practice', env: 'SCRIBE' }]);
  });

  const refused: [name: string, env: Record<string, string>, told: RegExp][] = [
    [
      'the bot token alone',
      { ...MAIN, SLACK_SCRIBE_BOT_TOKEN: BOT },
      /SLACK_SCRIBE_APP_TOKEN is missing.*or set SLACK_SCRIBE_SIGNING_SECRET/,
    ],
    [
      'the app token alone',
      { ...MAIN, SLACK_SCRIBE_APP_TOKEN: APP },
      /SLACK_SCRIBE_BOT_TOKEN is missing.*OAuth & Permissions/,
    ],
    [
      'the tokens in each other’s place',
      { ...MAIN, SLACK_SCRIBE_BOT_TOKEN: APP, SLACK_SCRIBE_APP_TOKEN: BOT },
      /belongs in SLACK_SCRIBE_APP_TOKEN.*SLACK_SCRIBE_APP_TOKEN is not an app-level/s,
    ],
    [
      'no main app',
      { SLACK_SCRIBE_BOT_TOKEN: BOT, SLACK_SCRIBE_APP_TOKEN: APP },
      /SLACK_SCRIBE_BOT_TOKEN is set without SLACK_BOT_TOKEN.*SLACK_SCRIBE_BOT_TOKEN=practice/,
    ],
    [
      'practice beside a real main app',
      { ...MAIN, SLACK_SCRIBE_BOT_TOKEN: 'practice' },
      /SLACK_SCRIBE_BOT_TOKEN is “practice”, but the main app is a real one/,
    ],
    [
      'the main app’s token for an agent',
      { ...MAIN, SLACK_SCRIBE_BOT_TOKEN: MAIN.SLACK_BOT_TOKEN, SLACK_SCRIBE_APP_TOKEN: APP },
      /SLACK_SCRIBE_BOT_TOKEN and SLACK_BOT_TOKEN hold the same token/,
    ],
    [
      'one token for two agents',
      {
        ...MAIN,
        SLACK_SCOUT_BOT_TOKEN: BOT,
        SLACK_SCOUT_APP_TOKEN: APP,
        SLACK_SCRIBE_BOT_TOKEN: BOT,
        SLACK_SCRIBE_APP_TOKEN: APP,
      },
      /SLACK_SCRIBE_BOT_TOKEN and SLACK_SCOUT_BOT_TOKEN hold the same token/,
    ],
    [
      'Skein as an agent',
      { ...MAIN, SLACK_SKEIN_BOT_TOKEN: BOT, SLACK_SKEIN_APP_TOKEN: APP },
      /SLACK_SKEIN_BOT_TOKEN names no agent: the main app's settings are SLACK_BOT_TOKEN/,
    ],
    [
      'no hexadecimal secret',
      { ...MAIN, SLACK_SCRIBE_BOT_TOKEN: BOT, SLACK_SCRIBE_SIGNING_SECRET: 'no hex' },
      /SLACK_SCRIBE_SIGNING_SECRET is not a signing secret/,
    ],
  ];
  for (const [name, env, told] of refused)
    it(`are refused: ${name}`, () => {
      const { faults } = survey(env);
      expect(faults.join('\n')).to.match(told).and.not.contain('hush');
    });

  it('tell a fault of the main app once, not again for each agent', () => {
    const { faults } = survey({
      SLACK_BOT_TOKEN: 'xoxb-1-x',
      SLACK_SCRIBE_BOT_TOKEN: BOT,
      SLACK_SCRIBE_APP_TOKEN: APP,
    });
    expect(faults).to.have.length(1);
    expect(faults[0]).to.match(/^SLACK_APP_TOKEN is missing/);
  });

  it('belong to the agent of that handle; a fault says which agents there are, or which was meant', () => {
    expect(['scribe', 'tax-expert'].map(envOf)).to.deep.equal(['SCRIBE', 'TAX_EXPERT']);
    const of = (env: string) => agentAppsOf([{ kind: 'practice', env }], ['scribe', 'tax-expert']);
    expect(of('TAX_EXPERT')).to.deep.equal({
      apps: [{ kind: 'practice', env: 'TAX_EXPERT', handle: 'tax-expert' }],
      faults: [],
    });
    expect(of('SCRIB').faults[0]).to.contain('Did you mean SLACK_SCRIBE_BOT_TOKEN?');
    expect(of('NOBODY_KNOWN').faults[0]).to.contain('There are: SCRIBE, TAX_EXPERT.');
  });
});
