// A run that fails says so in its thread, with a button: whoever is in the pod lets the agent try again, once.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type StandInModel, startStandInModel } from '../../src/practice/model/server.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

describe('“Try again” under a failure', () => {
  let team: SlackTeam;
  let model: StandInModel;
  let front: Server;
  let keyWorks = true;
  before(async () => {
    model = await startStandInModel();
    front = createServer(async (request, response) => {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk as Buffer);
      if (!keyWorks) {
        const error = { type: 'authentication_error', message: 'invalid x-api-key' };
        response.writeHead(401, { 'content-type': 'application/json' });
        return response.end(JSON.stringify({ type: 'error', error }));
      }
      const { method = 'GET', url = '/' } = request;
      const headers = { 'content-type': 'application/json', 'x-api-key': 'k', 'anthropic-version': '2023-06-01' };
      const given = await fetch(model.url + url, {
        method,
        headers,
        ...(body.length ? { body: Buffer.concat(body) } : {}),
      });
      response.writeHead(given.status, { 'content-type': given.headers.get('content-type') ?? 'application/json' });
      return response.end(Buffer.from(await given.arrayBuffer()));
    });
    await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
    const { port } = front.address() as AddressInfo;
    team = await aSlackTeam({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` });
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(async () => {
    await team.stop();
    await model.stop();
    await new Promise((done) => front.close(done));
  });

  const click = (as: string, ts: string) =>
    team.post('/practice/click', { as, channel: 'launch', ts, actionId: 'run.retry' });

  it('asks the agent once more in the name of who pressed it, and says who that was', async () => {
    keyWorks = false;
    const thread = await team.say('ada', 'launch', '@scribe what is open here?');
    const failed = await team.answer('launch', thread, 'Scribe');
    expect(failed.text).to.contain("I can't work at the moment");
    expect(JSON.stringify(failed.blocks)).to.contain('"Try again"');

    keyWorks = true;
    await Promise.all([click('ben', failed.ts), click('ben', failed.ts)]);
    await team.answer('launch', thread, 'Scribe', 2);
    await team.quiet();
    const said = await team.messages('launch', thread);
    const notice = said.find(({ ts }) => ts === failed.ts);
    expect(notice?.text).to.contain('Ben Okafor pressed Try again.');
    expect(JSON.stringify(notice?.blocks)).not.to.contain('"Try again"');
    expect(said.filter(({ text }) => text.includes('please try again'))).to.have.length(1);
    expect(said.filter(({ username }) => username === 'Scribe')).to.have.length(2);
    expect(said.find(({ text }) => text.includes('please try again'))?.username).to.equal('Ben Okafor (through Skein)');
    const again = await team.act<{ error?: string }>('chiara', 'launch', 'retry_run', { message: 'm_0' });
    expect(again.status).to.equal(404);
  });

  it('is for whoever is in the pod', async () => {
    keyWorks = false;
    const thread = await team.say('ada', 'launch', '@scribe and now?');
    const failed = await team.answer('launch', thread, 'Scribe');
    keyWorks = true;
    await team.post('/practice/leave', { as: 'dev', channel: 'launch' });
    await team.quiet();
    await click('dev', failed.ts).catch(() => undefined);
    await team.quiet();
    expect(await team.messages('launch', thread)).to.have.length(2);
    await click('chiara', failed.ts);
    await team.answer('launch', thread, 'Scribe', 2);
  });
});
