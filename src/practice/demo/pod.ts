// Creates the demo pod. In a new practice workspace, #launch becomes a pod in the middle of a project.
import type { PracticeSlack } from '../slack/server.ts';
import { SCENES } from './scenes.ts';

export interface DemoMessage {
  user: string;
  channel: string;
  ts: string;
  thread?: string;
  text: string;
}

/** The demo's access to Skein. It acts in the name of the demo's people. */
export interface DemoDoors {
  /** True if an earlier start has begun the demo. */
  isBegun(): Promise<boolean>;
  /** Creates the pod. Its owner is the first of these users who is a person. False if none is. */
  makePod(users: readonly string[]): Promise<boolean>;
  /** Imports a message of the channel into the pod, with its original time. */
  retell(message: DemoMessage): Promise<void>;
  act(handle: string, action: string, input: Readonly<Record<string, unknown>>, key: string): Promise<void>;
}

export const DEMO_CHANNEL = 'C0LAUNCH01';
const DAY_MS = 86_400_000;

/** Plays the demo. Does nothing if an earlier start has begun it. */
export async function playDemo(doors: DemoDoors, messages: readonly DemoMessage[], now: number): Promise<void> {
  if (await doors.isBegun()) return;
  if (!(await doors.makePod(messages.map(({ user }) => user)))) return;
  for (const message of messages) await doors.retell(message);
  for (const [n, { by, action, input, dueIn }] of SCENES.entries()) {
    const due = dueIn === undefined ? {} : { due: new Date(now + dueIn * DAY_MS).toISOString().slice(0, 10) };
    await doors.act(by, action, { ...input, ...due }, `demo:${n}`);
  }
}

/** Returns people's messages in the channel of the demo pod, in order. */
export function demoMessages({ workspace }: PracticeSlack): DemoMessage[] {
  const messages = workspace.state.messages.get(DEMO_CHANNEL)?.values() ?? [];
  return [...messages]
    .filter((message) => message.user && !message.subtype)
    .map(({ user = '', ts, text, thread_ts }) => ({
      user,
      ts,
      text,
      channel: DEMO_CHANNEL,
      ...(thread_ts && thread_ts !== ts ? { thread: thread_ts } : {}),
    }))
    .sort((a, b) => Number(a.ts) - Number(b.ts));
}
