// The practice servers accept programs and pages of this machine, and no page from elsewhere, whatever its browser lets it send.
import { request } from 'node:http';
import { expect } from 'chai';
import { Router } from 'express';
import { openWeb } from '../../src/doors/web/server.ts';
import { practiceSite } from '../../src/practice/site.ts';
import { LAUNCH, type Practice, practice } from './slack/practice.ts';

const NAVIGATION = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

async function status(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject).end();
  });
}

describe('the practice servers', () => {
  let p: Practice;
  beforeEach(async () => {
    p = await practice();
  });
  afterEach(() => p.stop());
  const posting = (token = p.slack.botToken) =>
    `${p.slack.apiUrl}chat.postMessage?${new URLSearchParams({ token, channel: LAUNCH, text: 'I am Skein' })}`;
  const posted = () =>
    [...(p.slack.workspace.state.messages.get(LAUNCH)?.values() ?? [])].filter(({ text }) => text === 'I am Skein');

  for (const [what, headers] of [
    ['of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['of another server on this machine', { 'sec-fetch-site': 'same-site' }],
    ['that leads here by a link', NAVIGATION],
    ['of another origin', { origin: 'https://evil.example' }],
    ['of no origin that can be told', { origin: 'null' }],
    ['whose name was made to point here', { host: 'evil.example' }],
  ] as const)
    it(`let no page ${what} post as Skein, not even with the token`, async () => {
      expect(await status(posting(), headers)).to.equal(403);
      expect(posted()).to.deep.equal([]);
    });

  it('take a call by GET from a program, as Slack does', async () => {
    expect(await status(posting(), {})).to.equal(200);
    expect(posted()).to.have.length(1);
  });

  it('have other tokens with each start, that nobody can guess', async () => {
    const other = await practice();
    expect(other.slack.botToken)
      .to.match(/^xoxb-practice-\w{32}$/)
      .and.not.equal(p.slack.botToken);
    expect(other.slack.appToken)
      .to.match(/^xapp-practice-\w{32}$/)
      .and.not.equal(p.slack.appToken);
    await other.stop();
    expect(await status(posting('xoxb-practice-skein'), {})).to.equal(200);
    expect(posted()).to.deep.equal([]);
  });

  it('show the page to whoever follows a link to it, and are asked by no other page', async () => {
    const web = await openWeb({ port: 0, outside: false });
    const page = Router().get('/', (_request, response) => void response.send('page'));
    const driver = Router().all('/say', (_request, response) => void response.send('said'));
    web.mount({ cli: Router(), site: practiceSite({ page, driver }) });
    try {
      expect(await status(web.url, NAVIGATION)).to.equal(200);
      expect(await status(web.url, { 'sec-fetch-site': 'same-origin' })).to.equal(200);
      expect(await status(`${web.url}/practice/say`, { 'sec-fetch-site': 'cross-site' })).to.equal(403);
      expect(await status(`${web.url}/practice/say`, NAVIGATION, 'POST')).to.equal(403);
      expect(await status(`${web.url}/practice/say`, {}, 'POST')).to.equal(200);
    } finally {
      await web.stop();
    }
  });
});
