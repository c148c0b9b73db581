// What the practice driver is given.

import type { PracticeSlack } from '../slack/server.ts';
import type { DriverAgent } from './names.ts';

export interface DriverOptions {
  slack: PracticeSlack;
  agents: () => Promise<DriverAgent[]>;
  /** A pod's mail address, if it has one. */
  podMail: (channelId: string) => Promise<string | undefined>;
  /** The mail address of a pod that is known by its id. */
  mailOf?: (pod: string) => Promise<string | undefined>;
  /** The slash commands that the app knows: how each is written, and what it does. */
  commands?: readonly { usage: string; says: string }[];
  /** The pods of the product; without them there is no pod view. */
  pods?: PracticePods;
  /** The number of the newest mail: a live page hears of each. */
  newestMail?: () => number;
  /** The handle of the person as whom somebody who was never here begins; the first of all where it is left out. */
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

/** A pod that somebody is in; `channel` where it lives in one. */
export interface OwnPod {
  id: string;
  name: string;
  channel?: string;
  /** One person's own pod with the agents. */
  direct: boolean;
}

/** How the practice workspace reaches pods: always as a person of it, by id of their Slack account. */
export interface PracticePods {
  /** The pod that lives in this conversation. */
  of(channel: string): Promise<PracticePod | undefined>;
  /** The pods that this person is in. */
  mine(user: string): Promise<OwnPod[]>;
  /** One of the product's actions, through the web door. */
  act(user: string, asked: { pod?: string | undefined; action: string; input: unknown }): Promise<unknown>;
  /** What the actions leave out of a pod: where its tasks come from, and their texts. */
  about(user: string, pod: string): Promise<object>;
  /** What a task came from: the mail as it was passed on, the files named where it came up, who follows it. */
  task(user: string, pod: string, task: string): Promise<object>;
  /** A version of a file, byte for byte. */
  file(user: string, pod: string, file: string, version: number | undefined): Promise<PodFile>;
  /** Tells of every commit that is made; returns how to hear no more. */
  onCommit(listener: (pod: string, seq: number) => void): () => void;
}
