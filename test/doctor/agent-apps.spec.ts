// The doctor tries each agent's own Slack app: its token, its scopes and its socket, by the names of its settings.
import { resolve } from 'node:path';
import { expect } from 'chai';
import type { AgentAppSettings } from '../../src/config/slack.ts';
import { runCheck } from '../../src/doctor/check.ts';
import { agentAppChecks } from '../../src/doctor/services.ts';
import { type PracticeSlack, startPracticeSlack } from '../../src/practice/slack/server.ts';
import { appOfAgent } from '../../src/practice/slack/state/apps.ts';
import { misplaced } from '../../src/slack/send/identify.ts';

const HOME = resolve(import.meta.dirname, '../..');

describe('the doctor on agents’ own Slack apps', () => {
  let slack: PracticeSlack;
  before(async () => {
    slack = await startPracticeSlack({ clock: Date.now, agents: [{ handle: 'scribe', name: 'Scribe' }] });
  });
  after(() => slack.stop());

  const scribe = (more: object = {}): AgentAppSettings => {
    const { botToken = '', appToken = '' } = slack.agents.get('scribe') ?? {};
    return { env: 'SCRIBE', kind: 'socket', botToken, appToken, ...more } as AgentAppSettings;
  };
  const found = async (apps: AgentAppSettings[], publicUrl?: string) => {
    const { botToken, appToken, apiUrl } = slack;
    const main = { kind: 'socket' as const, botToken, appToken, apiUrl };
    const where = { home: HOME, main, ...(publicUrl ? { publicUrl } : {}) };
    const checks = agentAppChecks(apps, where, ['scribe', 'scout']);
    const tools = { now: () => 0, clean: (text: string) => text };
    return (await Promise.all(checks.map((check) => runCheck(tools, check)))).flat();
  };
  const lines = (all: Awaited<ReturnType<typeof found>>) => all.map(({ part, kind }) => `${part} ${kind}`);

  it('finds a sound one sound', async () => {
    expect(lines(await found([scribe()]))).to.deep.equal([
      ...['Slack of scribe token ok', 'Slack of scribe scopes ok', 'Slack of scribe socket ok'],
    ]);
  });

  it('names the setting whose token Slack refuses, and the scope that is missing with its reason', async () => {
    const wrong = await found([scribe({ botToken: 'xoxb-nobody-knows', appToken: 'xapp-nobody' })]);
    expect(lines(wrong)).to.deep.equal(['Slack of scribe token fault', 'Slack of scribe socket fault']);
    expect(wrong[0]?.says).to.match(/^SLACK_SCRIBE_BOT_TOKEN does not work/);
    expect(wrong[1]?.says).to.match(/SLACK_SCRIBE_APP_TOKEN/);
    const { state } = slack.workspace;
    const app = appOfAgent(state, 'scribe');
    if (!app) throw new Error('unreachable');
    state.apps.set(app.id, { ...app, scopes: app.scopes.filter((scope) => scope !== 'im:history') });
    const [, scopes] = await found([scribe()]);
    state.apps.set(app.id, app);
    expect(scopes?.kind).to.equal('fault');
    expect(scopes?.cure).to.match(/^im:history: read the messages that people send it directly/);
    expect(scopes?.cure).to.contain('put that into SLACK_SCRIBE_BOT_TOKEN');
  });

  it('finds out that the token is the main app’s, and that the app is in another workspace', async () => {
    const [same, ...more] = await found([scribe({ botToken: slack.botToken })]);
    expect(same?.kind).to.equal('fault');
    expect(same?.says).to.equal('SLACK_SCRIBE_BOT_TOKEN is the token of the main app.');
    expect(same?.cure).to.equal('Give scribe the token of its own app.');
    expect(lines(more)).to.deep.equal(['Slack of scribe socket ok']);
    const other = { teamId: 'T2', teamName: 'Elsewhere', botUserId: 'U2' };
    const main = { teamId: 'T1', teamName: 'Wild Goose', botUserId: 'U1' };
    const about = { handle: 'scribe', names: { botToken: 'SLACK_SCRIBE_BOT_TOKEN' } };
    expect(misplaced(other, main, about)).to.contain('workspace Elsewhere, and the main app is in Wild Goose');
    expect(misplaced({ ...other, teamId: 'T1' }, main, about)).to.equal(undefined);
  });

  it('says to which address Slack has to post where it comes by HTTP', async () => {
    const http = scribe({ kind: 'http', signingSecret: '0123456789abcdef' });
    const [, , events] = await found([http]);
    expect(events?.cure).to.contain('Slack posts to its /slack/events/scribe');
    const [, , closed] = await found([http], 'http://127.0.0.1:9');
    expect(closed?.says).to.contain('http://127.0.0.1:9/slack/events/scribe');
  });

  it('warns of settings for an agent that no manifest has, and knows a practice one', async () => {
    const all = await found([
      { env: 'NOBODY', kind: 'practice' },
      { env: 'SCOUT', kind: 'practice' },
    ]);
    expect(lines(all)).to.deep.equal(['Slack of nobody warning', 'Slack of nobody ok', 'Slack of scout ok']);
    expect(all[0]?.says).to.contain('SLACK_NOBODY_');
  });
});
