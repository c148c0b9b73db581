// The dependencies of the practice driver.

import type { PracticeSlack } from '../slack/server.ts';
import type { DriverAgent } from './names.ts';

export interface DriverOptions {
  slack: PracticeSlack;
  agents: () => Promise<DriverAgent[]>;
  /** A pod's mail address, if it has one. */
  podMail: (channelId: string) => Promise<string | undefined>;
  /** The mail address of a pod, by the pod's id. */
  mailOf?: (pod: string) => Promise<string | undefined>;
  /** The app's slash commands, each with its usage and a description. */
  commands?: readonly { usage: string; says: string }[];
  /** Access to pods. Absent: the page has no pod view. */
  pods?: PracticePods;
  /** The number of the newest mail, so that a live page notices new ones. */
  newestMail?: () => number;
  /** The handle of the person as whom a new visitor starts. Absent: the first person. */
  newcomer?: string;
  /** Moves the product's clock forward. */
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

/** A pod of a person. `channel`: its Slack channel, if it has one. */
export interface OwnPod {
  id: string;
  name: string;
  channel?: string;
  /** It is a DM. */
  direct: boolean;
}

/** Access to pods for the practice workspace, always in the name of one of its people, by Slack user id. */
export interface PracticePods {
  /** The pod of a Slack conversation. */
  of(channel: string): Promise<PracticePod | undefined>;
  /** The pods that this person is in. */
  mine(user: string): Promise<OwnPod[]>;
  /** Runs an action through the web door. */
  act(user: string, asked: { pod?: string | undefined; action: string; input: unknown }): Promise<unknown>;
  /** Facts of a pod that the actions do not return: the origins of its tasks, and their texts. */
  about(user: string, pod: string): Promise<object>;
  /** The origin of a task: the forwarded mail, the files in it, and its followers. */
  task(user: string, pod: string, task: string): Promise<object>;
  /** The content of a version of a file. */
  file(user: string, pod: string, file: string, version: number | undefined): Promise<PodFile>;
  /** Calls `listener` after every commit. Returns a function that removes it. */
  onCommit(listener: (pod: string, seq: number) => void): () => void;
}
