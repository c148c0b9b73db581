// The child process with a practice Slack that posts without pause until it is killed.
import * as people from '../../../src/practice/slack/people/people.ts';
import { startPracticeSlack } from '../../../src/practice/slack/server.ts';
import { ADA, LAUNCH } from './practice.ts';

void run();

async function run(): Promise<never> {
  const slack = await startPracticeSlack({ dir: process.argv[2] ?? '', clock: () => Date.now() });
  for (let n = 1; ; n += 1) {
    const { ts } = people.say(slack.surfaces.workspace, ADA, LAUNCH, `message ${n}`);
    process.stdout.write(`${ts}\n`);
    if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
