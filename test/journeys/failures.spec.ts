// Agents whose model is down: each says so once to whoever asked, and none of them wakes another.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { middayClock } from './midday.ts';

describe('a model that is down', function () {
  this.timeout(120_000);
  let team: SlackTeam;
  let front: Server;
  let requests = 0;
  let ahead = 0;
  before(async () => {
    front = createServer((_request, response) => {
      requests += 1;
      const error = { type: 'authentication_error', message: 'invalid x-api-key' };
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ type: 'error', error }));
    });
    await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
    const { port } = front.address() as AddressInfo;
    const midday = middayClock();
    team = await aSlackTeam(
      { ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
      () => midday() + ahead,
    );
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(async () => {
    await team.stop();
    await new Promise((done) => front.close(done));
  });

  it('is told once for each message of a person by each of three agents, which wake nobody', async () => {
    const thread = await team.say('ada', 'launch', '@scribe @scout @pilot look at this together');
    for (const name of ['Scribe', 'Scout', 'Pilot']) {
      const { text } = await team.answer('launch', thread, name);
      expect(text, name).to.contain("I can't work at the moment");
    }
    await team.quiet();
    const asked = requests;
    await new Promise((done) => setTimeout(done, 1000));
    await team.quiet();
    expect(requests, 'no run begins').to.equal(asked);
    expect(await team.messages('launch', thread)).to.have.length(4);
    // Ada spoke last, and to all three.
    await team.say('ada', 'launch', 'and now?', thread);
    for (const name of ['Scribe', 'Scout', 'Pilot']) await team.answer('launch', thread, name, 2);
    await team.quiet();
    expect(await team.messages('launch', thread)).to.have.length(8);
  });

  it('for a whole day is told once for each message of a person, whatever the hours bring', async () => {
    const passes = async (hours: number) => {
      ahead += hours * 3_600_000;
      // What is due by then begins at the next look.
      await new Promise((done) => setTimeout(done, 1000));
      await team.quiet();
    };
    const thread = await team.say('ada', 'launch', '@scribe @scout @pilot what do you think?');
    for (const name of ['Scribe', 'Scout', 'Pilot']) await team.answer('launch', thread, name);
    await team.quiet();
    let asked = requests;
    await passes(6);
    await passes(6);
    expect(requests, 'no run begins by itself').to.equal(asked);
    expect(await team.messages('launch', thread)).to.have.length(4);
    await team.say('ben', 'launch', '@scribe @scout @pilot and now?', thread);
    for (const name of ['Scribe', 'Scout', 'Pilot']) await team.answer('launch', thread, name, 2);
    await team.quiet();
    asked = requests;
    await passes(6);
    await passes(6);
    expect(requests).to.equal(asked);
    const seen = await team.messages('launch', thread);
    expect(seen).to.have.length(8);
    expect(seen.filter(({ text }) => text.includes("I can't work at the moment"))).to.have.length(6);
  });

  it('is told to whoever gave the task, by a mention in the thread that was opened for it', async () => {
    await team.act('ben', 'launch', 'create_task', { title: 'Weigh the flour', assignee: 'scribe' });
    const all = await team.until('launch', '', (seen) => seen.some(({ text }) => text.includes('Weigh the flour')));
    const line = all.find(({ text }) => text.includes('Weigh the flour'));
    const failed = await team.answer('launch', line?.ts ?? '', 'Scribe');
    expect(failed.text).to.match(/^<@U0BENOKAF1> I can't work at the moment/);
    await team.quiet();
    expect(await team.messages('launch', line?.ts)).to.have.length(2);
    expect(await team.command('ben', 'launch', '/skein waiting')).to.include('asks for you');
    expect(await team.aside('outbox')).to.deep.equal([]);
  });
});
