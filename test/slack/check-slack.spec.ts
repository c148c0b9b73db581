// Tests the doctor's Slack checks against the practice Slack, and against our own HTTP endpoint for events.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { InvalidInput, NotFound, Retryable } from '../../src/errors.ts';
import { type PracticeSlack, startPracticeSlack } from '../../src/practice/slack/server.ts';
import { checkEvents, checkSocket, checkToken } from '../../src/slack/check-slack.ts';
import { startHttpReceiver } from '../../src/slack/receive/receive-http.ts';
import { type BlackHole, blackHole } from '../black-hole.ts';
import { aLog } from './fake-slack.ts';

const calm = () => new AbortController().signal;
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('slack/check-slack', () => {
  let slack: PracticeSlack;
  beforeEach(async () => {
    slack = await startPracticeSlack({ clock: () => 1_795_000_000_000 });
  });
  afterEach(() => slack.stop());

  describe('the bot token', () => {
    it('tells whose it is, and which scopes it has', async () => {
      const { botToken: token, apiUrl, workspace } = slack;
      const found = await checkToken({ token, apiUrl }, calm());
      expect(found).to.deep.include({ teamName: slack.team.name });
      expect(found.scopes).to.deep.equal(workspace.state.app.scopes);
      workspace.state.app.scopes = ['chat:write', 'users:read'];
      expect((await checkToken({ token, apiUrl }, calm())).scopes).to.deep.equal(['chat:write', 'users:read']);
    });

    it('is refused with a sentence when Slack does not know it', async () => {
      const error = await problemOf(checkToken({ token: 'xoxb-wrong', apiUrl: slack.apiUrl }, calm()));
      expect(error).to.be.instanceOf(InvalidInput);
      expect(String(error)).to.match(/SLACK_BOT_TOKEN does not work/);
      expect(String(error)).to.not.include('xoxb-wrong');
    });

    it('is not waited for where Slack is not reached', async () => {
      const error = await problemOf(checkToken({ token: 'xoxb-1', apiUrl: 'http://127.0.0.1:9/api/' }, calm()));
      expect(error).to.be.instanceOf(Retryable);
    });
  });

  describe('the socket', () => {
    it('is opened until the hello, and is closed again', async () => {
      const { appToken: token, apiUrl, workspace } = slack;
      expect(await checkSocket({ token, apiUrl }, calm())).to.deep.equal({ sockets: 1 });
      while (workspace.sockets()) await new Promise((resolve) => setImmediate(resolve));
    });

    it('is refused with a sentence without connections:write', async () => {
      const error = await problemOf(checkSocket({ token: 'xapp-wrong', apiUrl: slack.apiUrl }, calm()));
      expect(error).to.be.instanceOf(InvalidInput);
      expect(String(error)).to.match(/refuses SLACK_APP_TOKEN.*connections:write/);
    });
  });

  describe('events over HTTP', () => {
    const signingSecret = 'abcdef0123456789';
    let url: string;
    let end: () => Promise<void>;
    let saved: unknown[];
    beforeEach(async () => {
      saved = [];
      const { requestListener } = await startHttpReceiver({
        ...{ botToken: slack.botToken, apiUrl: slack.apiUrl, signingSecret, logger: aLog() },
        save: async (bodies) => void saved.push(...bodies),
      });
      const server = createServer(requestListener).listen(0, '127.0.0.1');
      await once(server, 'listening');
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
      end = async () => {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      };
    });
    afterEach(() => end());

    it('answer the question that Slack asks, and nothing is taken in', async () => {
      await checkEvents({ signingSecret, url }, calm());
      expect(saved).to.deep.equal([]);
    });

    it('tell another secret from another server', async () => {
      const other = await problemOf(checkEvents({ signingSecret: '0123456789abcdef', url }, calm()));
      expect(other).to.be.instanceOf(InvalidInput);
      expect(String(other))
        .to.match(/same SLACK_SIGNING_SECRET/)
        .and.not.include('0123456789abcdef');
      const elsewhere = await problemOf(checkEvents({ signingSecret, url: url.replace('events', 'event') }, calm()));
      expect(elsewhere).to.be.instanceOf(NotFound);
    });

    it('say so when nothing answers', async () => {
      await end();
      const error = await problemOf(checkEvents({ signingSecret, url }, calm()));
      expect(error).to.be.instanceOf(Retryable);
      expect(String(error)).to.match(/ECONNREFUSED/);
      end = async () => {};
    });
  });

  it('lets go of a Slack that never answers as soon as it is told to', async () => {
    const hole: BlackHole = await blackHole();
    const limit = new AbortController();
    const apiUrl = `http://127.0.0.1:${hole.port}/api/`;
    const tries = [
      problemOf(checkToken({ token: 'xoxb-1', apiUrl }, limit.signal)),
      problemOf(checkSocket({ token: 'xapp-1', apiUrl }, limit.signal)),
      problemOf(checkEvents({ signingSecret: 'abcdef0123456789', url: apiUrl }, limit.signal)),
    ];
    while (hole.open() < tries.length) await new Promise((resolve) => setImmediate(resolve));
    limit.abort();
    for (const error of await Promise.all(tries)) expect(error).to.be.instanceOf(Retryable);
    await hole.close();
  });
});
