// Names in a text, resolved through the real actions, in a pod where several people share a name.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { slackUsers } from '../../../src/outbox/slack/slack-users.ts';
import { MOST_MENTIONS } from '../../../src/pods/conversations/addressing.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { knownIn } from '../../../src/pods/people/known-names.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import { aWorld, type World } from '../build.ts';

describe('the names in a text', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const joins = async (handle: string, name: string, account = `slack:T1:${handle}`) => {
    await world.does('skein', 'register_person', { account, name, handle, role: 'member' });
    await world.does(world.ada, 'add_member', { who: handle });
  };
  const both = async (text: string) => {
    const read = makeReader(world.store);
    return {
      inPod: Object.fromEntries(await knownIn(read, world.pod, [text])),
      inSlack: Object.fromEntries(await slackUsers(read, 'T1', world.pod, text)),
    };
  };

  it('mean the same people in the pod and in Slack', async () => {
    await joins('adler', 'Ben Adler');
    await joins('okafor', 'Ben Okafor');
    const { inPod, inSlack } = await both('@ben, @ben adler, @ben okafor, @adler and @gil');
    expect(inPod).to.include({ ben: world.ben, gil: world.gil });
    // Two people have Ben's full name; this text names one of them in no other way.
    expect(inPod).to.include.keys('adler', 'ben adler', 'okafor').and.not.include.keys('ben okafor');
    expect(Object.keys(inSlack).sort()).to.deep.equal(Object.keys(inPod).sort());
  });

  it('mean nobody where two members go by one, also where Slack knows only one of them', async () => {
    await joins('carl', 'Carl Berg');
    await joins('berg', 'Carl Berg', 'mail:carl@b.example');
    const { inPod, inSlack } = await both('@carl berg');
    expect(inPod).to.not.have.property('carl berg');
    expect(inSlack).to.not.have.property('carl berg');
  });

  it('mean an agent before a person of its name, in Slack too', async () => {
    await joins('holm', 'Scribe Holm');
    const { inPod, inSlack } = await both('@scribe');
    expect(inPod.scribe).to.equal(world.scribe);
    expect(inSlack).not.to.have.property('scribe');
  });

  it('are looked up for the first of very many, in a store that takes so many values in one question', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'skein-names-'));
    const store = await openEmbedded({ dir, specs: [...LOG_SPECS, ...VIEW_SPECS] });
    try {
      world = await aWorld({ store });
      const crowd = (n: number) => Array.from({ length: n }, (_, i) => `@${i.toString(36)} b c`).join('\n');
      const text = `${crowd(MOST_MENTIONS - 1)}\n@scribe\n${crowd(10_950)}`;
      await world.does(world.ada, 'start_conversation', { title: 'Crowd', text });
      expect(world.delivered.map(({ kind }) => kind)).to.deep.equal(['post', 'wake']);
      const { inSlack } = await both(`@ada\n${crowd(10_950)}`);
      expect(inSlack).to.include({ ada: 'ada' });
    } finally {
      await store.close();
      await rm(dir, { recursive: true });
    }
  });
});
