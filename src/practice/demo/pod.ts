// The demo pod: in a fresh practice workspace #launch already is a pod in the middle of a piece of work.
import type { PracticeSlack } from '../slack/server.ts';
import { SCENES } from './scenes.ts';

export interface DemoMessage {
  user: string;
  channel: string;
  ts: string;
  thread?: string;
  text: string;
}

/** How the demo reaches the product: by its doors, as the people it is about. */
export interface DemoDoors {
  /** The story was begun at an earlier start. */
  isBegun(): Promise<boolean>;
  /** Makes the pod, for the first of these who is a person. False: none of them is. */
  makePod(users: readonly string[]): Promise<boolean>;
  /** What stands in the channel is said in the pod, as of when it was said. */
  retell(message: DemoMessage): Promise<void>;
  act(handle: string, action: string, input: Readonly<Record<string, unknown>>, key: string): Promise<void>;
}

export const DEMO_CHANNEL = 'C0LAUNCH01';
const DAY_MS = 86_400_000;

/** Does nothing where the pod stands already: a story that was begun is not told again on another day. */
export async function playDemo(doors: DemoDoors, messages: readonly DemoMessage[], now: number): Promise<void> {
  if (await doors.isBegun()) return;
  if (!(await doors.makePod(messages.map(({ user }) => user)))) return;
  for (const message of messages) await doors.retell(message);
  for (const [n, { by, action, input, dueIn }] of SCENES.entries()) {
    const due = dueIn === undefined ? {} : { due: new Date(now + dueIn * DAY_MS).toISOString().slice(0, 10) };
    await doors.act(by, action, { ...input, ...due }, `demo:${n}`);
  }
}

/** What people said in the channel of the demo pod, in order. */
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
