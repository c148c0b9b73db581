import { Session } from 'node:inspector';
import { writeFileSync } from 'node:fs';
import { makePod, openStage, TEAM } from './stage.ts';
const stage = await openStage();
let keys = 0;
const act = (pod: string, actor: any, action: string, input: object) => stage.core.act({ pod, actor, via: actor === 'skein' ? 'skein' : 'cli', action, input, key: `needs:${++keys}` });
for (let n = 0; n < 5; n++) await act('org', 'skein', 'register_person', { account: `slack:${TEAM}:U0X${n}`, name: `Other ${n}`, handle: `other${n}` });
const pod = await makePod(stage, 1);
for (let n = 0; n < 4; n++) await act(pod.pod, 'skein', 'add_member', { who: `other${n}` });
const run = async (assignee: string, n: number) => { const b = process.cpuUsage(); for (let i = 0; i < n; i++) await act(pod.pod, stage.ada, 'create_task', { title: 'Order boxes', assignee }); const u = process.cpuUsage(b); return (u.user + u.system) / 1000 / n; };
for (let i = 0; i < 25; i++) for (const who of ['ada', 'other0']) await run(who, 40);
const xs: number[][] = [[], []];
for (let i = 0; i < 41; i++) { xs[0]!.push(await run('ada', 20)); xs[1]!.push(await run('other0', 20)); }
const med = (a: number[]) => a.sort((x, y) => x - y)[a.length >> 1]!;
console.log('median ms', med(xs[0]!).toFixed(3), med(xs[1]!).toFixed(3), 'ratio', (med(xs[1]!) / med(xs[0]!)).toFixed(3));
await stage.stop();
