// skein agent-app: the steps by which an agent gets a Slack app of its own; once its tokens are set, it tries them.
import { closest } from '../../closest.ts';
import type { AppAgent } from '../../doctor/agent-app.ts';
import { nothingElse, parseFlags, textOf } from '../../doors/typed/flags.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { connect, NotRunning } from '../client.ts';
import { type Command, helpOf, type Io } from '../io.ts';
import { plain } from '../show.ts';

const HOW = 'It is “skein agent-app <handle>”, as in “skein agent-app scribe”.';

/** Imported when it is needed, because no other command needs it. */
const setUp = () => import('../../doctor/agent-app.ts');

export function agentAppCommand(): Command {
  return {
    name: 'agent_app',
    ...helpOf(
      'agent-app <handle> [--owner <name>] [--manifest] [--as <who>]',
      'Says how an agent gets a Slack app of its own: a link that makes it, and where its tokens go. With the tokens set, it tries them. --manifest prints the manifest alone. --as is for an agent that no file of Skein has: it is looked up in the running server',
    ),
    async run(io, args) {
      const given = parseFlags(args, [
        { name: 'owner', takes: 'text' },
        { name: 'manifest', takes: 'nothing' },
        { name: 'as', takes: 'text' },
      ]);
      const [handle, ...rest] = given.rest;
      if (!handle) throw new InvalidInput(`Which agent? ${HOW}`);
      nothingElse({ ...given, rest }, HOW);
      const found = await agentCalled(io, handle.replace(/^@/, '').toLowerCase(), textOf(given, 'as'));
      const agent = { ...found, owner: textOf(given, 'owner') ?? found.owner };
      const { manifestFor, settingsOf } = await setUp();
      if (given.flags.get('manifest') === true) return io.out((await manifestFor(io.home, agent)).yaml);
      if (Object.values(settingsOf(agent.handle)).some((name) => io.env[name]?.trim())) return tryTokens(io, agent);
      await printSteps(io, agent);
    },
  };
}

/** Finds the agent in the shipped files, else in the running server. @throws NotFound that names a similar one */
async function agentCalled(io: Io, handle: string, as = io.env.SKEIN_AS?.trim()): Promise<AppAgent> {
  const shipped = await (await setUp()).shippedAgents(io.home, io.env);
  const all = [...shipped, ...(as ? await runningAgents(io, as) : [])];
  const found = all.find((one) => one.handle === handle);
  if (found) return found;
  const handles = [...new Set(all.map((one) => one.handle))];
  const meant = closest(handle, handles);
  const elsewhere = as ? '' : ' Was it made in Slack? Then add --as with your handle, while Skein runs.';
  const cure = meant ? `Did you mean ${meant}?` : `There are: ${handles.join(', ')}.${elsewhere}`;
  throw new NotFound(`There is no agent “${handle}”. ${cure}`);
}

async function runningAgents(io: Io, as: string): Promise<AppAgent[]> {
  try {
    const client = await connect(io);
    const asked = { as, action: 'list_agents', input: {}, key: 'list' };
    return (await client.post<{ result: { agents: AppAgent[] } }>('/cli/act', asked)).result.agents;
  } catch (error) {
    // The files of Skein are enough for the agents that they hold.
    if (error instanceof NotRunning) return [];
    throw error;
  }
}

async function printSteps(io: Io, agent: AppAgent): Promise<void> {
  const { manifestFor, settingsOf } = await setUp();
  const { bot, app } = settingsOf(agent.handle);
  const main = io.env.SLACK_BOT_TOKEN?.trim()
    ? ''
    : `0. Skein's main app comes first (docs/slack.md, five steps): SLACK_BOT_TOKEN is not set here.\n   To practise without Slack: ${bot}=practice npm start\n\n`;
  io.out(`${plain(agent.name)} as a Slack user of its own, in a minute:

${main}1. Open this link, choose the workspace of Skein's main app, and press Create. All is filled in; the profile says to ask
   ${plain(agent.owner)} about it (--owner names somebody else).

   ${(await manifestFor(io.home, agent)).link}

   Or paste at https://api.slack.com/apps (Create New App, From a manifest) what this prints:
   npx skein agent-app ${agent.handle} --manifest

2. Basic Information, App-Level Tokens, Generate: any name, with the scope connections:write. Copy what begins with xapp-.
3. Install App, Install to Workspace. Copy the Bot User OAuth Token, which begins with xoxb-.
4. Set both beside the tokens of the main app:

   export ${bot}=xoxb-…
   export ${app}=xapp-…

5. Run this command again: it tries both.
`);
}

async function tryTokens(io: Io, { handle, name }: AppAgent): Promise<void> {
  const [{ checkAgentApp }, { lineOf, reportOf, sumOf }] = await Promise.all([
    setUp(),
    import('../../doctor/report.ts'),
  ]);
  const all = [];
  for (const check of checkAgentApp(io.env, io.home, handle)) {
    const found = await check;
    all.push(...found);
    io.out(found.map((each) => `${plain(lineOf(each))}\n`).join(''));
  }
  const report = reportOf('', all);
  if (!report.ok) throw new InvalidInput(sumOf(report));
  const next = `Start Skein again; then bring ${plain(name)} in, in the channel of a pod: /invite @${plain(name)}`;
  io.out(`${sumOf(report)} ${next}\n`);
}
