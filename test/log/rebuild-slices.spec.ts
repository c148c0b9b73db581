// While the views of a long pod are rebuilt, other work goes on.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import type { Commit } from '../../src/log/commit.ts';
import { commitId } from '../../src/log/commit.ts';
import { type Head, LOG_SPECS } from '../../src/log/fold.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { MESSAGES } from '../../src/pods/conversations/message.ts';
import { KINDS, VIEW_SPECS } from '../../src/pods/kinds.ts';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { aWorld } from '../pods/build.ts';

const COMMITS = 3000;

describe('rebuild', () => {
  it('never holds the loop for long, and makes every document', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'skein-rebuild-'));
    const store = await openEmbedded({ dir, specs: [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS] });
    try {
      const world = await aWorld({ store });
      const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' });
      const posted = await world.acts(world.ada, 'post_message', { conversation: conversation.id, text: 'The old' });
      const model = posted.commit as Commit;
      const log = store.collection<Commit>('commits');
      const copy = (n: number): Commit => {
        const { pod } = model;
        const seq = model.seq + n;
        const changes = model.changes.map((one) => (one.on === 'messages' ? { ...one, id: `m_copy${n}` } : one));
        return {
          ...model,
          id: commitId(pod, seq),
          rev: 1,
          seq,
          key: `copy${n}`,
          changes,
          deliveries: [],
          pending: false,
        };
      };
      await log.insert(Array.from({ length: COMMITS }, (_, n) => copy(n + 1)));
      const heads = store.collection<Head>('heads');
      const head = (await heads.get(world.pod)) as Head;
      await heads.replace({ ...head, applied: model.seq + COMMITS }, head.rev);
      const turns = { count: 0 };
      const done = rebuild({ store, kinds: KINDS }, world.pod);
      let isDone = false;
      void done.finally(() => {
        isDone = true;
      });
      let before = 0;
      // Until the first document is written there is nothing that the store itself waits for.
      while (!isDone) {
        await new Promise((turn) => setImmediate(turn));
        turns.count += 1;
        if (!(await store.collection(MESSAGES.name).get('m_copy1'))) before = turns.count;
      }
      expect(await done).to.equal(model.seq + COMMITS);
      expect(before, 'turns of the loop while commits were read').to.be.greaterThan(2);
      expect((await store.collection(MESSAGES.name).get(`m_copy${COMMITS}`))?.id).to.equal(`m_copy${COMMITS}`);
    } finally {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    }
  });
});
