// The process that is killed: eight writers that report each acknowledged commit before they go on. See kill.spec.ts.

import { writeSync } from 'node:fs';
import { gate } from '../../src/agents/gate/gate.ts';
import { type Act, makeAct } from '../../src/log/act.ts';
import { sweep } from '../../src/log/heal/sweep.ts';
import { meaningWith } from '../../src/pods/decide.ts';
import { asked, type ChildLine, foldOver, OPENING, openAt, type Work, WRITERS } from './kill-setup.ts';

const { location, next } = JSON.parse(process.argv[2] ?? '') as Work;

void live();

async function live(): Promise<void> {
  const deps = { ...foldOver(await openAt(location)), ...meaningWith(gate), clock: Date.now };
  const act = makeAct(deps);
  say({ kind: 'opened' });
  await sweep(deps, Date.now());
  for (const request of OPENING) await ask(act, request);
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(act, writer)));
}

/** Synchronous, so that a kill can't lose the line. */
function say(word: ChildLine): void {
  writeSync(1, `${JSON.stringify(word)}\n`);
}

async function ask(act: Act, request: ReturnType<typeof asked>): Promise<void> {
  const { commit } = await act({ ...request, actor: 'skein', via: 'skein' });
  say({ kind: 'acknowledged', pod: request.pod, key: request.key, seq: commit?.seq ?? 0 });
}

async function write(act: Act, writer: number): Promise<never> {
  for (let n = next[writer] ?? 0; ; n++) await ask(act, asked(writer, n));
}
