// skein agent-app, as somebody who sets up a Slack app for an agent meets it: the link, the tokens, and what is wrong with them.
import { resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { skein } from '../../src/cli/skein.ts';
import { type PracticeSlack, startPracticeSlack } from '../../src/practice/slack/server.ts';
import { appOfAgent } from '../../src/practice/slack/state/apps.ts';
import type { AgentManifest } from '../../src/slack/agent-manifest.ts';
import { aDesk } from './desk.ts';

const HOME = resolve(import.meta.dirname, '../..');

async function typed(line: string, env: Record<string, string> = {}) {
  const ended = { code: -1, out: '', err: '' };
  const io = {
    ...{ env, home: HOME, stdin: async () => '' },
    out: (text: string) => {
      ended.out += text;
    },
    err: (text: string) => {
      ended.err += text;
    },
  };
  ended.code = await skein(io, line.split(' '));
  return ended;
}

const manifestIn = (out: string): AgentManifest =>
  JSON.parse(new URL(/https:\S+manifest_json=\S+/.exec(out)?.[0] ?? '').searchParams.get('manifest_json') ?? '');

describe('skein agent-app', () => {
  it('prints a link that is filled in for this agent, and where each token goes', async () => {
    const { code, out } = await typed('agent-app scribe --owner Ada', { SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(code).to.equal(0);
    expect(out).to.contain('export SLACK_SCRIBE_BOT_TOKEN=xoxb-').and.contain('export SLACK_SCRIBE_APP_TOKEN=xapp-');
    expect(out).to.contain('connections:write').and.not.contain('main app comes first');
    const { display_information: shown, features } = manifestIn(out);
    expect([shown.name, features.bot_user.display_name]).to.deep.equal(['Scribe', 'Scribe']);
    expect(shown.description).to.contain('Writes and summarises').and.contain('Ask Ada about it.');
    expect(parse((await typed('agent-app @Scribe --manifest --owner Ada')).out)).to.deep.equal(manifestIn(out));
  });

  it('says that the main app comes first where there is none, and how to practise', async () => {
    const { out } = await typed('agent-app scout');
    expect(out).to.contain('main app comes first').and.contain('SLACK_SCOUT_BOT_TOKEN=practice npm start');
  });

  it('says which agents there are, and which was meant', async () => {
    expect(await typed('agent-app')).to.deep.include({ code: 1, out: '' });
    expect((await typed('agent-app scrib')).err).to.contain('Did you mean scribe?');
    expect((await typed('agent-app zebra')).err)
      .to.contain('pilot, scout, scribe')
      .and.contain('--as');
    expect((await typed('agent-app scribe scout')).code).to.equal(1);
  });

  it('asks the running server for an agent that was made in Slack, and knows its owner', async () => {
    const desk = await aDesk();
    try {
      const facts = { handle: 'tax-expert', name: 'Tax Expert', purpose: 'Knows taxes.', instructions: 'Be exact.' };
      await desk.world.does(desk.world.ada, 'create_agent', facts);
      const env = { SKEIN_DATA_DIR: desk.dataDir };
      expect((await typed('agent-app tax-expert', env)).err).to.contain('add --as');
      const { out } = await typed('agent-app tax-expert --as ada', env);
      expect(out).to.contain('SLACK_TAX_EXPERT_BOT_TOKEN');
      expect(manifestIn(out).display_information.description).to.equal('Knows taxes. Ask Ada Lindqvist about it.');
    } finally {
      await desk.close();
    }
  });

  describe('with tokens set', () => {
    let slack: PracticeSlack;
    before(async () => {
      slack = await startPracticeSlack({ clock: Date.now, agents: [{ handle: 'scribe', name: 'Scribe' }] });
    });
    after(() => slack.stop());
    const env = (more: Record<string, string> = {}) => {
      const { botToken = '', appToken = '' } = slack.agents.get('scribe') ?? {};
      return {
        ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
        ...{ SLACK_SCRIBE_BOT_TOKEN: botToken, SLACK_SCRIBE_APP_TOKEN: appToken, ...more },
      };
    };

    it('tries them, and says what is next', async () => {
      const { code, out, err } = await typed('agent-app scribe', env());
      expect([code, err]).to.deep.equal([0, '']);
      expect(out.match(/^✓ Slack of scribe (token|scopes|socket)/gm)).to.have.length(3);
      expect(out).to.contain('Start Skein again').and.contain('/invite @Scribe');
    });

    it('names the setting that is missing, of the wrong form, refused, or the main app’s, and leaks no token', async () => {
      const rows: [more: Record<string, string>, says: RegExp][] = [
        [{ SLACK_SCRIBE_APP_TOKEN: '' }, /SLACK_SCRIBE_APP_TOKEN is missing/],
        [{ SLACK_SCRIBE_BOT_TOKEN: 'xapp-1-A1-secret' }, /SLACK_SCRIBE_BOT_TOKEN holds an app-level token/],
        [{ SLACK_SCRIBE_BOT_TOKEN: 'xoxb-nobody-knows-me' }, /SLACK_SCRIBE_BOT_TOKEN does not work/],
        [{ SLACK_SCRIBE_BOT_TOKEN: slack.botToken }, /hold the same token/],
      ];
      for (const [more, says] of rows) {
        const { code, out, err } = await typed('agent-app scribe', env(more));
        expect([code, out + err]).to.satisfy(([, words]: [number, string]) => says.test(words));
        expect(code).to.equal(1);
        for (const token of ['xoxb-nobody-knows-me', 'A1-secret', slack.botToken])
          expect(out + err).not.to.contain(token);
      }
    });

    it('names the scope that is missing, with its reason', async () => {
      const { state } = slack.workspace;
      const app = appOfAgent(state, 'scribe');
      if (!app) throw new Error('unreachable');
      state.apps.set(app.id, { ...app, scopes: app.scopes.filter((scope) => scope !== 'files:write') });
      const { code, out } = await typed('agent-app scribe', env());
      state.apps.set(app.id, app);
      expect(code).to.equal(1);
      expect(out).to.contain('files:write: share the files that agents write');
    });
  });
});
