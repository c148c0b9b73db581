// Opens a store in a process of its own, acts in it, and says how long that took and how much memory it has.
import { ORG } from '../../src/pods/members/rights.ts';
import { startCore } from '../../src/start/core.ts';
import { benchLog } from '../stage.ts';

const ACTS = 100;

process.on('message', async ({ dir }: { dir: string }) => {
  const begun = performance.now();
  const core = await startCore({ dataDir: dir }, Date.now, benchLog);
  const openMs = performance.now() - begun;
  const act = (n: number) =>
    core.act({
      ...{ pod: ORG, actor: 'skein', via: 'skein', action: 'register_person', key: `opened:${n}` },
      input: { account: `slack:T0:OPENED${n}`, name: `Opened ${n}`, handle: `opened${n}` },
    });
  const first = performance.now();
  await act(0);
  const actMs = performance.now() - first;
  for (let n = 1; n < ACTS; n++) await act(n);
  const rssMb = process.memoryUsage.rss() / 2 ** 20;
  await core.stop();
  process.send?.({ openMs, actMs, rssMb });
});

process.send?.({ url: '' });
