// The dependencies of the practice driver.

import type { PracticeSlack } from '../slack/server.ts';
import type { DriverAgent } from './names.ts';

export interface DriverOptions {
  slack: PracticeSlack;
  agents: () => Promise<DriverAgent[]>;
  /** Returns the mail address of a channel's pod, if it has one. */
  podMail: (channelId: string) => Promise<string | undefined>;
  /** Returns the mail address of a pod, by the pod's id. */
  mailOf?: (pod: string) => Promise<string | undefined>;
  /** The app's slash commands. Each has its usage and a description. */
  commands?: readonly { usage: string; says: string }[];
  /** Gives access to pods. If absent, the page shows no pods. */
  pods?: PracticePods;
  /** Returns the number of the newest mail. A live page notices new mails by it. */
  newestMail?: () => number;
  /** The handle of the person as whom a new visitor begins. Absent: the first person. */
  newcomer?: string;
  /** Moves Skein's clock forward. */
  advanceClock: (seconds: number) => void;
}

export interface PracticePod {
  id: string;
  name: string;
  state: 'active' | 'archived';
}

export interface PodFile {
  name: string;
  mime: string;
  content: Uint8Array;
}

/** A pod in which the person is. `channel`: the pod's Slack channel, if it has one. */
export interface OwnPod {
  id: string;
  name: string;
  channel?: string;
  /** True if the pod belongs to a DM. */
  direct: boolean;
}

/** Access to pods for the practice workspace. Each call acts in the name of one person, given by Slack user id. */
export interface PracticePods {
  /** Returns the pod of a Slack conversation. */
  of(channel: string): Promise<PracticePod | undefined>;
  /** Returns the pods in which this person is. */
  mine(user: string): Promise<OwnPod[]>;
  /** Performs an action through the web door. */
  act(user: string, asked: { pod?: string | undefined; action: string; input: unknown }): Promise<unknown>;
  /** Returns what waits for this person in all their pods, and where its conversations are. */
  waiting(user: string): Promise<object>;
  /** Returns data of a pod that the actions do not return: the sources of its tasks, and their texts. */
  about(user: string, pod: string): Promise<object>;
  /** Returns the source of a task: the forwarded mail, the files in it, and its followers. */
  task(user: string, pod: string, task: string): Promise<object>;
  /** Returns the content of one version of a file. */
  file(user: string, pod: string, file: string, version: number | undefined): Promise<PodFile>;
  /** Calls `listener` after every commit. Returns a function that removes it. */
  onCommit(listener: (pod: string, seq: number) => void): () => void;
}
