// The first minutes of the demo pod, as the page and the driver show them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../../src/config/config.ts';
import { makeLogger } from '../../../src/logger.ts';
import { type Running, start } from '../../../src/main.ts';
import type { Seen } from '../../journeys/team.ts';

const HOME = resolve(import.meta.dirname, '../../..');

describe('the demo story', () => {
  let dir: string;
  let skein: Running;
  const begin = () =>
    start(readConfig({ PORT: '0', SKEIN_DATA_DIR: dir }, HOME), {
      logger: makeLogger(() => {}, Date.now),
      story: true,
    });
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-story-'));
    skein = await begin();
  });
  after(async () => {
    await skein?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const get = async <T>(path: string): Promise<T> =>
    (await fetch(`${skein.url}/practice/${path}`)).json() as Promise<T>;
  const said = (channel: string) => get<Seen[]>(`messages?${new URLSearchParams({ channel, as: 'chiara' })}`);
  const texts = async (channel: string, part: RegExp) => (await said(channel)).filter(({ text }) => part.test(text));
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await new Promise((done) => setTimeout(done, 25));
  };
  const told = async () => ({
    question: (await texts('launch', /kraft brown or the dark green/)).length,
    mail: (await texts('launch', /Rye flour from December/)).filter(({ username }) => username.startsWith('Dev'))
      .length,
    digests: (await texts('app', /Waiting for you/)).length,
  });

  it('is about the person as whom a newcomer begins: a question and a digest wait for her', async () => {
    await until(async () => (await told()).digests > 0);
    expect(await told()).to.deep.equal({ question: 1, mail: 1, digests: 1 });
    const { newcomer, users } = await get<{ newcomer: string; users: { id: string; handle: string }[] }>('state');
    expect(users.find(({ id }) => id === newcomer)?.handle).to.equal('chiara');
    const [question] = await texts('launch', /kraft brown/);
    expect(question?.text).to.include(`<@${newcomer}>`);
  });

  it('has the mail’s question answered from the pod, not from the mail', async () => {
    const [post] = await texts('launch', /Rye flour from December/);
    await until(async () =>
      (await said('launch')).some((one) => one.thread_ts === post?.ts && one.username === 'Pilot'),
    );
    const answer = (await said('launch')).find((one) => one.thread_ts === post?.ts && one.username === 'Pilot');
    expect(answer?.text).to.include('The price of a loaf is 9.50').and.not.include('holm');
  });

  it('is told once, however often Skein starts', async () => {
    await skein.quiet();
    await skein.stop();
    skein = await begin();
    const now = (await said('launch')).length;
    await fetch(`${skein.url}/practice/command`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'ben', channel: 'launch', text: '/skein digest now' }),
    });
    await skein.quiet();
    expect((await said('launch')).length).to.equal(now);
    expect(await told()).to.deep.equal({ question: 1, mail: 1, digests: 1 });
  });
});
