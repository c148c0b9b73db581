// A pod in a channel of a practice Slack. People's acts come in through real sockets and the real inbox.

import { makeQueue } from '../../src/lanes/queue.ts';
import type { Worker } from '../../src/lanes/worker.ts';
import type { Commit } from '../../src/log/commit.ts';
import { slackPodId } from '../../src/log/place.ts';
import { makeReader } from '../../src/log/read.ts';
import { makeLogger } from '../../src/logger.ts';
import { MESSAGES } from '../../src/pods/conversations/message.ts';
import { command } from '../../src/practice/slack/people/command.ts';
import { submit } from '../../src/practice/slack/people/interact.ts';
import { messageShortcut } from '../../src/practice/slack/people/message-shortcut.ts';
import * as people from '../../src/practice/slack/people/people.ts';
import { startPracticeSlack } from '../../src/practice/slack/server.ts';
import { ALL_SPECS, type Core } from '../../src/start/core.ts';
import { startInbox } from '../../src/start/inbox.ts';
import { startSlack } from '../../src/start/slack.ts';
import { aWorld, START, type World } from '../pods/build.ts';
import { ADA, BEN, CHIARA, SKEIN } from '../practice/slack/practice.ts';
import { memoryStore } from '../store/memory.ts';
import { texts } from '../texts/words.ts';
import { comparable, everyCommit } from './stage.ts';

/** Zoe, who is in the workspace and not in the channel. */
export const ZOE = 'U0DEVPATE1';
export const GIL = CHIARA;
const USERS: Readonly<Record<string, string>> = { ada: ADA, ben: BEN, gil: GIL, zoe: ZOE };

export interface SlackStage {
  world: World;
  team: string;
  channel: string;
  /** Another channel that Skein is in, and that is no pod. */
  other: string;
  /** Ada's acts in Slack. */
  ada: {
    say(text: string, thread?: string): string;
    edit(ts: string, text: string): void;
    deletes(ts: string): void;
    invite(who: string): void;
    kick(who: string): void;
    command(channel: string, text: string): Promise<string>;
    /** Opens the form of an action with a command, and submits it. */
    fills(text: string, values: Record<string, string>): Promise<void>;
    /** Opens a form from the menu of a message, and submits it. */
    shortcut(ts: string, callbackId: string, values: Record<string, string>): Promise<void>;
  };
  /** A thread that she began, and a message of hers in it. */
  thread: { ts: string; conversation: string };
  draft: { ts: string; message: string };
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export async function aSlackStage(): Promise<SlackStage> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await staged(undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function staged(undo: (() => Promise<void>)[]): Promise<Omit<SlackStage, 'stop'>> {
  let now = () => START;
  const slack = await startPracticeSlack({ clock: () => now(), timings: { retryDelaysMs: [0, 10, 10] } });
  undo.push(slack.stop);
  const { workspace } = slack.surfaces;
  const team = slack.team.id;
  const channel = people.makeChannel(workspace, ADA, 'parity', false, [BEN, GIL, SKEIN]).id;
  const other = people.makeChannel(workspace, ADA, 'offsite', false, [BEN, SKEIN]).id;
  const store = memoryStore(ALL_SPECS);
  const pod = slackPodId(team, channel);
  const origin = { kind: 'slack', team, channel } as const;
  const world = await aWorld({ store, home: { pod, origin, account: (handle) => `slack:${team}:${USERS[handle]}` } });
  now = () => world.clock.now;
  const inbox = makeQueue(store, 'inbox', now);
  const core = {
    store,
    inbox,
    act: world.act,
    read: makeReader(store),
    clock: now,
    waiting: now,
    wall: now,
    owner: 'parity',
  } as Core;
  const { botToken, appToken, apiUrl } = slack;
  let worker: Worker | undefined;
  const logger = makeLogger(() => {}, now);
  const part = await startSlack(core, { kind: 'socket', botToken, appToken, apiUrl }, logger, {
    onSaved: () => worker?.poke(),
    onLeased: () => {},
    agents: [],
    texts,
  });
  undo.push(part.stop);
  const none = () => Promise.reject(new Error('No mail comes here.'));
  const mail = { handle: none, reportUntaken: none };
  worker = startInbox(core, { slack: part, mail }, logger);
  const { quiet: isQuiet } = worker;
  undo.push(worker.stop);
  const quiet = async () => {
    await slack.workspace.settled();
    while (!(await isQuiet())) await new Promise((done) => setTimeout(done, 5));
  };
  const ada: Omit<SlackStage['ada'], 'fills' | 'shortcut'> = {
    say: (text, thread) => people.say(workspace, ADA, channel, text, thread).ts,
    edit: (ts, text) => void people.edit(workspace, ADA, channel, ts, text),
    deletes: (ts) => people.deleteMessage(workspace, ADA, channel, ts),
    invite: (who) => people.invite(workspace, ADA, channel, who),
    kick: (who) => people.kick(workspace, ADA, channel, who),
    command: async (where, text) => {
      const { text: said, blocks } = await command(slack.surfaces, { user: ADA, channel: where, text });
      return `${said} ${JSON.stringify(blocks)}`;
    },
  };
  const submits = async (values: Record<string, string>) => {
    await quiet();
    const open = [...workspace.state.views.values()].findLast(({ user }) => user === ADA);
    if (!open) throw new Error('No form has opened.');
    const submitted = await submit(slack.surfaces, ADA, String(open.view.id), values);
    if (submitted.kind !== 'closed') throw new Error(JSON.stringify(submitted));
  };
  const forms: Pick<SlackStage['ada'], 'fills' | 'shortcut'> = {
    async fills(text, values) {
      await ada.command(channel, text);
      await submits(values);
    },
    async shortcut(ts, callbackId, values) {
      await messageShortcut(slack.surfaces, { user: ADA, channel, ts, callbackId });
      await submits(values);
    },
  };
  const stands = async (ts: string) => {
    await quiet();
    const [message] = await core.read.find(MESSAGES, { where: { pod, places: `slack:${team}:${channel}:${ts}` } });
    if (!message) throw new Error('What was said in Slack is not in the pod.');
    return message;
  };
  const root = ada.say('When do we start?');
  const { conversation } = await stands(root);
  const said = ada.say('Draft for the team', root);
  const draft = { ts: said, message: (await stands(said)).id };
  return {
    ...{ world, team, channel, other, quiet, draft },
    ada: { ...ada, ...forms },
    thread: { ts: root, conversation },
  };
}

/** Where it stands, when it was said, that no file was shared with it, and that Skein has to put it into Slack: the four that differ by the door. */
const OF_THE_DOOR = new Set(['marked', 'place', 'placeKey', 'places', 'at', 'since']);
const CARRIES = new Set(['post', 'update', 'unpost', 'mark']);

export type Told = Pick<Commit, 'action' | 'changes' | 'deliveries' | 'result'>;

/** Does it, and reads from the log what became of it by this action. */
export async function comesTo(stage: SlackStage, action: string, does: () => unknown): Promise<Told[]> {
  const known = new Set((await everyCommit(stage.world)).map(({ id }) => id));
  await does();
  await stage.quiet();
  const fresh = (await everyCommit(stage.world)).filter((commit) => !known.has(commit.id) && commit.action === action);
  const commits = fresh.map(({ action, changes, deliveries, result }) => ({
    ...{ action, changes, result },
    deliveries: deliveries.filter(({ kind }) => !CARRIES.has(kind)).map((delivery) => ({ ...delivery, id: '' })),
  }));
  const bare = JSON.stringify(commits, (key, value: unknown) =>
    OF_THE_DOOR.has(key) || isNoFile(key, value) ? undefined : value,
  );
  return comparable(stage.world, JSON.parse(bare) as Told[]);
}

/** A message in Slack says so, to be told from those of 0.1.0. */
function isNoFile(key: string, value: unknown): boolean {
  return key === 'files' && Array.isArray(value) && value.length === 0;
}
