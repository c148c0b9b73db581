// Settings: every one read, every fault told at once with its cure, and no secret in any sentence.
import { expect } from 'chai';
import * as fc from 'fast-check';
import { type Config, DEFAULT_MODEL, readConfig } from '../../src/config/config.ts';
import { InvalidInput, reasonOf } from '../../src/errors.ts';

const HOME = '/srv/skein';
const BOT = 'xoxb-12345-secretbot';
const APP = 'xapp-1-A012ABC-secretapp';
const KEY = 'sk-ant-secretkey';
const SIGNING = '0123456789abcdef0123456789abcdef';
const SLACK = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP };

const read = (env: Record<string, string>) => readConfig(env, HOME);

function refusal(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidInput);
    return reasonOf(error);
  }
  throw new Error(`these settings were taken: ${Object.keys(env).join(', ')}`);
}

describe('settings', () => {
  it('that are absent make a practice workspace on this machine', () => {
    const { env: _env, ...config } = read({});
    expect(config).to.deep.equal({
      dataDir: '/srv/skein/data',
      slack: { kind: 'practice' },
      slackAgents: [],
      mail: { kind: 'practice' },
      model: { kind: 'stand-in' },
      modelName: DEFAULT_MODEL,
      port: 3000,
      home: HOME,
      notes: [],
    });
  });

  const taken: [name: string, env: Record<string, string>, what: (config: Config) => unknown, expected: unknown][] = [
    ['MONGODB_URI', { MONGODB_URI: 'mongodb://a:1,b:2/x?w=1' }, (c) => c.mongodbUri, 'mongodb://a:1,b:2/x?w=1'],
    ['MONGODB_URI of Atlas', { MONGODB_URI: 'mongodb+srv://u:p@h/x' }, (c) => c.mongodbUri, 'mongodb+srv://u:p@h/x'],
    ['SKEIN_DATA_DIR from home', { SKEIN_DATA_DIR: 'd' }, (c) => c.dataDir, '/srv/skein/d'],
    ['SKEIN_DATA_DIR as it is', { SKEIN_DATA_DIR: '/var/d' }, (c) => c.dataDir, '/var/d'],
    ['Socket Mode', SLACK, (c) => c.slack, { kind: 'socket', botToken: BOT, appToken: APP }],
    [
      'Slack over HTTP',
      { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SIGNING },
      (c) => c.slack,
      { kind: 'http', botToken: BOT, signingSecret: SIGNING },
    ],
    [
      'SLACK_API_URL with the slash that Slack’s client needs',
      { ...SLACK, SLACK_API_URL: 'http://127.0.0.1:8/api' },
      (c) => c.slack,
      { kind: 'socket', botToken: BOT, appToken: APP, apiUrl: 'http://127.0.0.1:8/api/' },
    ],
    ['ANTHROPIC_API_KEY', { ANTHROPIC_API_KEY: KEY }, (c) => c.model, { kind: 'anthropic', apiKey: KEY }],
    [
      'ANTHROPIC_BASE_URL without the /v1 that the SDK adds',
      { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: 'https://gate.example/v1/' },
      (c) => c.model,
      { kind: 'anthropic', apiKey: KEY, baseUrl: 'https://gate.example' },
    ],
    ['SKEIN_MODEL', { SKEIN_MODEL: 'claude-haiku-5' }, (c) => c.modelName, 'claude-haiku-5'],
    ['PORT', { PORT: '8080' }, (c) => c.port, 8080],
    ['PORT for any free one', { PORT: '0' }, (c) => c.port, 0],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://skein.example' }, (c) => c.publicUrl, 'https://skein.example'],
  ];
  for (const [name, env, what, expected] of taken)
    it(`take ${name}`, () => {
      expect(what(read(env))).to.deep.equal(expected);
    });

  it('are read without the spaces and quotes that files of settings leave around them', () => {
    for (const wrap of [
      (text: string) => ` ${text}\n`,
      (text: string) => `"${text}"`,
      (text: string) => ` ' ${text} '`,
    ])
      expect(read({ ANTHROPIC_API_KEY: wrap(KEY), PORT: wrap('81'), SKEIN_DATA_DIR: wrap('x') })).to.deep.include({
        model: { kind: 'anthropic', apiKey: KEY },
        port: 81,
        dataDir: '/srv/skein/x',
      });
    expect(read({ SLACK_BOT_TOKEN: ' ', MONGODB_URI: '""' })).to.deep.include({ slack: { kind: 'practice' } });
  });

  const refused: [env: Record<string, string>, told: RegExp][] = [
    [{ MONGODB_URI: 'localhost:27017' }, /MONGODB_URI is not the address of a MongoDB.*mongodb:\/\//],
    [{ MONGODB_URI: 'mongodb://' }, /MONGODB_URI is not the address/],
    [{ SLACK_BOT_TOKEN: BOT }, /SLACK_APP_TOKEN is missing.*or set SLACK_SIGNING_SECRET/],
    [{ SLACK_APP_TOKEN: APP }, /SLACK_BOT_TOKEN is missing.*OAuth & Permissions/],
    [{ SLACK_SIGNING_SECRET: SIGNING }, /SLACK_BOT_TOKEN is missing/],
    [{ ...SLACK, SLACK_BOT_TOKEN: 'xoxp-1-secretuser' }, /SLACK_BOT_TOKEN is not a bot token: those begin with xoxb-/],
    [
      { SLACK_BOT_TOKEN: APP, SLACK_APP_TOKEN: BOT },
      /belongs in SLACK_APP_TOKEN.*SLACK_APP_TOKEN is not an app-level/s,
    ],
    [{ ...SLACK, SLACK_BOT_TOKEN: `${BOT} x` }, /SLACK_BOT_TOKEN holds a character/],
    [{ ...SLACK, SLACK_APP_TOKEN: `${APP}\u2013x` }, /SLACK_APP_TOKEN holds a character/],
    [{ SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 'not hex' }, /SLACK_SIGNING_SECRET is not a signing secret/],
    [{ SLACK_API_URL: 'http://127.0.0.1:1/api/' }, /SLACK_API_URL is set without SLACK_BOT_TOKEN/],
    [{ ...SLACK, SLACK_API_URL: 'slack.example' }, /SLACK_API_URL is not a web address/],
    [{ ANTHROPIC_BASE_URL: 'https://gate.example' }, /ANTHROPIC_BASE_URL is set without ANTHROPIC_API_KEY/],
    [{ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: 'gate' }, /ANTHROPIC_BASE_URL is not a web address/],
    [{ ANTHROPIC_API_KEY: `${KEY}\nx` }, /ANTHROPIC_API_KEY holds a character/],
    [{ SKEIN_MODEL: 'claude opus' }, /SKEIN_MODEL is not the name of a model/],
    [{ SKEIN_SECRET: 'tooshort' }, /SKEIN_SECRET is too short: give at least 32/],
    [{ PORT: '70000' }, /PORT is “70000”. Give a whole number/],
    [{ PORT: '80.5' }, /PORT is “80.5”/],
    [{ PORT: '0x50' }, /PORT is not a number/],
    [{ PORT: 'xoxb-secretport' }, /PORT is not a number/],
    [{ PUBLIC_URL: 'skein.example' }, /PUBLIC_URL is not a web address/],
    [{ PUBLIC_URL: 'ftp://skein.example' }, /PUBLIC_URL is not a web address/],
  ];
  for (const [env, told] of refused)
    it(`refuse ${Object.entries(env)
      .map(([name, value]) => `${name}=${value.slice(0, 12)}`)
      .join(' ')} with a sentence`, () => {
      expect(refusal(env)).to.match(told);
    });

  it('tell all their faults at once, and what was probably meant', () => {
    const told = refusal({
      MONGODB_URI: 'x',
      SLACK_BOT_TOKN: BOT,
      SLACK_APP_TOKEN: 'y',
      ANTHROPIC_BASE_URL: 'z',
      PUBLIC_URL: 'z',
      PORT: '-1',
      SKEIN_SECRET: 's',
      SKEIN_MODEL: 'a b',
    });
    for (const name of [
      'MONGODB_URI',
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'ANTHROPIC_BASE_URL',
      'PUBLIC_URL',
      'PORT',
    ])
      expect(told).to.match(new RegExp(`^- ${name} `, 'm'));
    expect(told)
      .to.match(/^- SKEIN_SECRET /m)
      .and.match(/^- SKEIN_MODEL /m);
    expect(told).to.contain('SLACK_BOT_TOKN is set, which Skein does not read. Did you mean SLACK_BOT_TOKEN?');
  });

  it('never tell the value of a secret, whatever is written where', () => {
    const names = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'ANTHROPIC_API_KEY', 'SKEIN_SECRET'];
    const others = [
      'MONGODB_URI',
      'PORT',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'ANTHROPIC_BASE_URL',
      'SKEIN_MODEL',
      'SLACK_TOKEN',
    ];
    const value = fc.constantFrom(...['xoxb-', 'xapp-', 'mongodb://u:', ' "', '']).map((start) => `${start}hush hush`);
    const env = fc.dictionary(fc.constantFrom(...names, ...others), value, { maxKeys: 8 });
    void fc.assert(
      fc.property(env, (settings) => {
        try {
          expect(read(settings).notes.join()).not.to.contain('hush');
        } catch (error) {
          expect(error).to.be.instanceOf(InvalidInput);
          expect(reasonOf(error)).not.to.contain('hush');
        }
      }),
    );
  });
});

describe('notes on settings', () => {
  const stops: [given: string, meant: string][] = [
    ['SLACK_BOT_TOKN', 'SLACK_BOT_TOKEN'],
    ['SLACK_BOTTOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACKBOT_TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLAKC_BOT_TOKEN', 'SLACK_BOT_TOKEN'],
    ['slack_bot_token', 'SLACK_BOT_TOKEN'],
    ['Slack_Bot_Token', 'SLACK_BOT_TOKEN'],
    ['SLACK-BOT-TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACK_BOT_TOKEN_FILE', 'SLACK_BOT_TOKEN'],
    ['SKEIN_SLACK_BOT_TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACK_TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACK_API_TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACK_APT_TOKEN', 'SLACK_APP_TOKEN'],
    ['SLACK_SIGNING_SECRETS', 'SLACK_SIGNING_SECRET'],
    ['SLACK_SIGNIN_SECRET', 'SLACK_SIGNING_SECRET'],
    ['ANTHROPIC_APIKEY', 'ANTHROPIC_API_KEY'],
    ['ANTHROPIC_KEY', 'ANTHROPIC_API_KEY'],
    ['ANTHROPIC_API_KEYS', 'ANTHROPIC_API_KEY'],
    ['ANTROPIC_API_KEY', 'ANTHROPIC_API_KEY'],
    ['anthropic_api_key', 'ANTHROPIC_API_KEY'],
    ['CLAUDE_API_KEY', 'ANTHROPIC_API_KEY'],
    ['MONGO_URI', 'MONGODB_URI'],
    ['MONGODB_URL', 'MONGODB_URI'],
    ['MONGO_URL', 'MONGODB_URI'],
    ['MONGO_DB_URI', 'MONGODB_URI'],
    ['mongodb_uri', 'MONGODB_URI'],
    ['IMAP_URI', 'IMAP_URL'],
    ['SMTP_URI', 'SMTP_URL'],
    ['SMTPURL', 'SMTP_URL'],
  ];
  for (const [given, meant] of stops)
    it(`stop the start where ${given} stands in place of ${meant}, whose part would be practice`, () => {
      const told = refusal({ [given]: 'hush' });
      expect(told)
        .to.match(/^Skein can't start: one thing needs mending\.\n- /)
        .and.contain(`${given} is set, which Skein does not read. Did you mean ${meant}?`)
        .and.contain(`env -u ${given} npm start`)
        .and.not.contain('hush');
    });

  const near: [given: string, meant: string, beside?: Record<string, string>][] = [
    ['SKEIN_MODLE', 'SKEIN_MODEL'],
    ['ANTHROPIC_MODEL', 'SKEIN_MODEL'],
    ['PUBLIC_URI', 'PUBLIC_URL'],
    ['SLACK_APP_TOKN', 'SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: '0123456789abcdef' }],
    ['SLACK_APP_URL', 'SLACK_API_URL'],
  ];
  for (const [given, meant, beside = {}] of near)
    it(`point ${given} out as ${meant}`, () => {
      const all = read({ ...beside, [given]: 'hush' }).notes;
      expect(all).to.contain(`${given} is set, which Skein does not read. Did you mean ${meant}?`);
    });

  it('take the variables of other programs for no slips', () => {
    const others = [
      ...['MONGO_INITDB_ROOT_USERNAME', 'MONGO_INITDB_ROOT_PASSWORD', 'MONGO_INITDB_DATABASE', 'MONGODB_USERNAME'],
      ...[
        'MONGODB_HOST',
        'MONGODB_PORT',
        'MONGODB_DATABASE',
        'MONGO_VERSION',
        'MONGOSH_HOME',
        'DATABASE_URL',
        'REDIS_URL',
      ],
      ...[
        'SLACK_WEBHOOK_URL',
        'SLACK_CHANNEL',
        'SLACK_CLIENT_ID',
        'SLACK_CLIENT_SECRET',
        'SLACK_USER_TOKEN',
        'SLACK_TEAM_ID',
      ],
      ...['SLACK_WEBHOOK', 'SLACK_BOT_ID', 'SLACK_BOT_NAME', 'SLACK_APP_ID', 'SLACK_HOME'],
      ...[
        'ANTHROPIC_LOG',
        'ANTHROPIC_SMALL_FAST_MODEL',
        'ANTHROPIC_CUSTOM_HEADERS',
        'ANTHROPIC_VERSION',
        'ANTHROPIC_BETAS',
      ],
      ...[
        'OPENAI_API_KEY',
        'GITHUB_TOKEN',
        'NPM_TOKEN',
        'API_KEY',
        'BOT_TOKEN',
        'APP_TOKEN',
        'SIGNING_SECRET',
        'TOKEN',
      ],
      ...[
        'SMTP_HOST',
        'SMTP_PORT',
        'SMTP_USER',
        'SMTP_PASSWORD',
        'SMTP_FROM',
        'IMAP_HOST',
        'MAIL',
        'MAIL_HOST',
        'MAILCHECK',
      ],
      ...[
        'MAIL_URL',
        'EMAIL',
        'EMAIL_HOST',
        'MAILER_DSN',
        'BASE_URL',
        'API_URL',
        'APP_URL',
        'PATH',
        'PWD',
        'SHELL',
        'PORT_RANGE',
      ],
    ];
    const env = Object.fromEntries(others.map((name) => [name, 'hush']));
    expect(read(env).notes).to.deep.equal([]);
  });

  it('stop no start of which a part is real, or whose right name is set as well', () => {
    expect(read({ MONGO_URL: 'x', MONGODB_URI: 'mongodb://h' }).notes).to.deep.equal([]);
    expect(read({ ANTHROPIC_APIKEY: 'x', ANTHROPIC_API_KEY: 'sk-hush' }).notes).to.deep.equal([]);
  });

  it('leave names alone that are nobody’s slip, are empty, or stand beside the right one', () => {
    const env = { HTTP_URL: 'x', HOME: '/', PORTS: '1', SORT: 'x', MONGO_URI: ' ', SKEIN_AS: 'ada' };
    expect(read(env).notes).to.deep.equal([]);
    expect(read({ MONGO_URI: 'x', MONGODB_URI: 'mongodb://h' }).notes).to.deep.equal([]);
  });

  it('say what is set and not used', () => {
    const notes = read({
      SKEIN_SECRET: 'hush'.repeat(8),
      ...SLACK,
      SLACK_SIGNING_SECRET: SIGNING,
    }).notes.join('\n');
    expect(notes).to.match(/SKEIN_SECRET is set/);
    expect(notes).to.match(/Socket Mode is used/);
    expect(notes).not.to.contain('hush');
  });
});
