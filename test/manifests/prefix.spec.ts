// The frozen prefix of each shipped agent, which every request of its sessions carries.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { openSession, prefixOf } from '../../src/agents/sessions/open-session.ts';
import type { AgentId } from '../../src/log/participant.ts';
import { makeLogger } from '../../src/logger.ts';
import { importShipped } from '../../src/manifests/import.ts';
import { readShipped } from '../../src/manifests/read.ts';
import { ACTIONS } from '../../src/pods/actions.ts';
import { PODS, type PodDoc } from '../../src/pods/pod/pod.ts';
import { countTokens } from '../../src/practice/model/prompt-cache.ts';
import { type Core, startCore } from '../../src/start/core.ts';
import type { Doc } from '../../src/store/port.ts';

const HOME = resolve(import.meta.dirname, '../..');
const AGENTS: readonly AgentId[] = ['agent:scribe', 'agent:pilot', 'agent:scout'];
/** The API caches no shorter prefix for most models. */
const CACHED = 1024;
const MOST = 6000;

describe('the prefix of a shipped agent, system and tools', () => {
  let dir: string;
  let core: Core;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-prefix-'));
    const logger = makeLogger(() => {}, Date.now);
    core = await startCore({ dataDir: dir }, Date.now, logger);
    await importShipped(core, await readShipped(HOME, {}, logger));
    const direct: Pick<PodDoc, 'id' | 'rev' | 'pod' | 'seq' | 'direct'> = {
      ...{ id: 'p_direct', rev: 1, pod: 'p_direct', seq: 1 },
      direct: true,
    };
    await core.store.collection<Doc>(PODS.name).insert([direct]);
  });
  after(async () => {
    await core.stop();
    await rm(dir, { recursive: true, force: true });
  });

  async function tokensOf(agent: AgentId, pod: string): Promise<number> {
    const { store, read, clock } = core;
    const deps = { store, read, clock, actions: ACTIONS, defaultModel: 'some-model' };
    const prefix = await prefixOf(store, await openSession(deps, { pod, conversation: `${pod}:c`, agent }));
    const [system, tools] = [prefix?.system, prefix?.tools].map((text) => JSON.parse(text ?? '[]'));
    return countTokens({ model: '', max_tokens: 1, messages: [], system, tools });
  }

  for (const agent of AGENTS)
    it(`of ${agent} is below ${MOST} tokens, and large enough to be cached`, async () => {
      expect(await tokensOf(agent, 'p_channel')).to.be.within(CACHED, MOST);
      // Where tools also take the id of another pod.
      expect(await tokensOf(agent, 'p_direct')).to.be.within(CACHED, MOST);
    });
});
