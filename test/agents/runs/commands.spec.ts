// A durable tool step on MongoDB sends few commands. Counted by the driver's own monitoring, on a real engine.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type mongoose from 'mongoose';
import { CALLS } from '../../../bench/calls.ts';
import { openStage, type Stage } from '../../../bench/stage.ts';
import { depsOf, mention } from '../../../bench/tool-step.ts';
import type { ModelTurn } from '../../../src/agents/model/model.ts';
import { runAgent } from '../../../src/agents/runs/agent-loop.ts';
import { calls, never, says, USAGE } from '../office.ts';

const uri = process.env.MONGODB_URI;

/** On average, from one answer of the model to the next request: it is stored, its call is made, the result is stored. */
const MOST = 20;

describe('the commands of a tool step', () => {
  let stage: Stage | undefined;
  let client: mongoose.mongo.MongoClient | undefined;

  afterEach(async () => {
    const database = client?.db(client.options.dbName);
    await database?.dropDatabase();
    await stage?.stop();
  });

  it(`are at most ${MOST} on average on MongoDB (needs MONGODB_URI)`, async function () {
    if (!uri) return this.skip();
    this.timeout(120_000);
    const url = new URL(uri);
    url.pathname = `/skein_test_${randomBytes(16).toString('hex')}`;
    url.searchParams.set('monitorCommands', 'true');
    stage = await openStage(url.href);
    const wake = await mention(stage, 1);
    client = (createRequire(import.meta.url)('mongoose') as typeof mongoose).connections.at(-1)?.getClient();
    let sent: string[] = [];
    client?.on('commandStarted', ({ commandName, command }) => {
      // The sweep looks for pending commits every two seconds, whatever is done.
      if (!JSON.stringify(command.filter ?? '').includes('"pending"'))
        sent.push(`${commandName} ${command[commandName]}`);
    });
    const steps: string[][] = [];
    const script = [...CALLS];
    const model = {
      async turn(): Promise<ModelTurn> {
        steps.push(sent);
        sent = [];
        const next = script.shift();
        const line = next ? calls([next.name, next.input]) : says('Done.');
        return { content: '[]', stopReason: 'end_turn', usage: USAGE, ...line };
      },
    };
    await runAgent({ ...depsOf(stage, url.href), model }, wake, never);
    const [, ...toolSteps] = steps;
    expect(toolSteps.length).to.equal(CALLS.length);
    const all = toolSteps.flat();
    expect(all.filter((command) => command === 'insert commits').length).to.equal(CALLS.length);
    expect(all.length / CALLS.length, all.join('\n')).to.be.at.most(MOST);
  });
});
