// The doors by which an action can come in, each as its own users would use it.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { parse } from 'yaml';
import { callTools } from '../../src/agents/runs/calls/call-tools.ts';
import { toolDeps } from '../../src/agents/runs/tool-deps.ts';
import { openSession } from '../../src/agents/sessions/open-session.ts';
import { command } from '../../src/doors/slack/commands.ts';
import type { SlackContext } from '../../src/doors/slack/context.ts';
import { webPods } from '../../src/doors/web/pods.ts';
import { type AgentId, isPerson } from '../../src/log/participant.ts';
import { freePodId } from '../../src/log/place.ts';
import { makeReader } from '../../src/log/read.ts';
import type { AnyAction } from '../../src/pods/action.ts';
import { ACTIONS } from '../../src/pods/actions.ts';
import { ORG } from '../../src/pods/members/rights.ts';
import { practiceDriver } from '../../src/practice/driver/driver.ts';
import type { PracticeSlack } from '../../src/practice/slack/server.ts';
import { emptyState } from '../../src/practice/slack/state/state.ts';
import type { Post } from '../../src/slack/render/render.ts';
import { NO_SERVERS } from '../agents/office.ts';
import { silent } from '../logs.ts';
import type { ActorKind, Stage } from './stage.ts';

export interface Door {
  name: string;
  /** The kinds of actors that can use the door. */
  for: readonly ActorKind[];
  /** The actions that it offers. Absent: all. */
  only?: readonly string[];
  /** The door with which its commits are compared. Absent: `act` itself. */
  like?: Door;
  /** Does the action as the stage's actor. Returns its result. */
  does(stage: Stage, definition: AnyAction, input: object): Promise<unknown>;
}

type Input = Readonly<Record<string, unknown>>;

/** `act` itself, with which every door is compared. */
export const actItself: Door = {
  name: 'act itself',
  for: ['person', 'agent'],
  does: (stage, definition, input) => acting(stage, definition, input),
};

/** `act` from a session's conversation: a wake in another conversation has the root of this one. */
const actFromConversation: Door = {
  name: 'act itself, from a conversation',
  for: ['agent'],
  does: (stage, definition, input) => acting(stage, definition, input, { conversation: stage.conversation }),
};

async function acting(
  { world, actor, onBehalfOf }: Stage,
  { name, org }: AnyAction,
  input: object,
  from: { conversation?: string } = {},
): Promise<unknown> {
  const pod = org ? ORG : name === 'create_pod' ? freePodId('parity') : world.pod;
  const { result } = await world.act({
    ...{ pod, actor, via: 'skein', action: name, input, key: 'parity' },
    ...(onBehalfOf ? { onBehalfOf } : {}),
    ...(pod === world.pod ? from : {}),
  });
  return result;
}

/** A model's tool call, in a session of the agent in the pod. */
export const modelTool: Door = {
  name: 'model tool',
  for: ['agent'],
  like: actFromConversation,
  async does({ world, actor, onBehalfOf, conversation }, { name }, input) {
    const { act, pod, store } = world;
    const deps = {
      ...{ store, read: makeReader(store), logger: silent },
      tools: toolDeps({ store, read: makeReader(store), act, actions: ACTIONS, clock: () => 0, ...NO_SERVERS }),
    };
    const opening = { store, read: makeReader(store), actions: ACTIONS, defaultModel: 'scripted', clock: () => 0 };
    const session = await openSession(opening, { pod, conversation, agent: actor as AgentId });
    const caller = {
      session,
      n: 2,
      heard: [onBehalfOf].filter(isPerson),
      tools: [name],
      signal: new AbortController().signal,
    };
    const { results } = await callTools(deps, caller, [{ id: 'toolu_1', name, input, block: 0 }]);
    const [answer] = results;
    if (!answer || answer.is_error) throw new Error(answer?.content ?? 'The call was not answered.');
    return JSON.parse(answer.content, (_key, value: unknown) =>
      typeof value === 'string' ? value.replace(FENCE, '$1').replaceAll('&lt;', '<') : value,
    );
  },
};

/** Removes the marks around texts from outside, which only models see. */
const FENCE = /^<outside source="[^"]*">([\s\S]*)<\/outside>$/;

/** `skein <action> …` as it is typed, through the door on the server. */
export const commandLine: Door = {
  name: 'command line',
  for: ['person', 'agent'],
  async does({ desk, actor, onBehalfOf }, { name, org }, input) {
    const pod = org || name === 'create_pod' ? [] : ['--pod', 'launch'];
    const behalf = onBehalfOf ? ['--for', onBehalfOf] : [];
    const typed = [name, '--as', actor, ...behalf, ...pod, '--json', ...typedFields(input as Input)];
    const { code, out, err } = await desk.skein(typed);
    if (code !== 0) throw new Error(err);
    return JSON.parse(out).result;
  },
};

/** The page of the practice workspace, by its driver. */
export const practicePage: Door = {
  name: 'practice page',
  for: ['person'],
  async does({ world }, { name, org }, input) {
    const { act, store } = world;
    const read = makeReader(store);
    // Ada's account, as the world knows her, in a workspace where nothing else is.
    const state = { ...emptyState(), users: new Map([['ada', { id: 'ada', handle: 'ada', name: 'Ada', tz: 'UTC' }]]) };
    const slack = { read, identity: { teamId: 'T1' } } as SlackContext;
    const options = {
      slack: { surfaces: { workspace: { state } } } as PracticeSlack,
      agents: async () => [],
      podMail: async () => undefined,
      pods: webPods({ act, read, onCommit: () => () => {} }, slack),
      advanceClock: () => {},
    };
    const pod = org || name === 'create_pod' ? {} : { pod: 'launch' };
    return posting(practiceDriver(options), '/act', { as: 'ada', ...pod, action: name, input });
  },
};

async function posting(router: Router, path: string, body: object): Promise<unknown> {
  const server = express().use(router).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return await response.json();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** `/skein do <action> …` as it is typed in Slack, escaped as Slack escapes it. */
export const slashCommand: Door = {
  name: 'slash command',
  for: ['person'],
  async does({ world }, { name, org }, input) {
    const { act, store } = world;
    const posts: Post[] = [];
    const sender = { respond: async (_url: string, { post }: { post: Post }) => void posts.push(post) };
    const identity = { teamId: 'T1', botUserId: 'U0SKEIN' };
    const slack = { act, read: makeReader(store), sender, identity, clock: () => 0 } as unknown as SlackContext;
    const pod = org || name === 'create_pod' ? [] : ['--pod', 'launch'];
    const text = `do ${name} ${[...pod, ...typedFields(input as Input).map(quoted), '--yaml'].join(' ')}`
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;');
    const asked = { kind: 'command', text, user: 'ada', channel: 'C9', responseUrl: '', triggerId: '1.2' } as const;
    await command(slack, asked as Parameters<typeof command>[1], 0);
    const [, yaml] = JSON.stringify(posts).match(/"rich_text_preformatted","elements":\[(\{.*?\})\]\}/s) ?? [];
    if (yaml === undefined) throw new Error(posts.map(({ text }) => text).join('\n'));
    return parse(JSON.parse(yaml).text);
  },
};

function quoted(word: string): string {
  if (!/[\s"'“”‘’]/.test(word)) return word;
  const quote = /["“”„]/.test(word) ? "'" : '"';
  const [, flag = '', text = ''] = /^(--[\w-]+=)?(.*)$/s.exec(word) ?? [];
  return `${flag}${quote}${text}${quote}`;
}

/** An input as somebody would type it. */
export function typedFields(input: Input): string[] {
  return Object.entries(input).flatMap(([name, value]) => {
    const flag = name.replaceAll('_', '-');
    if (value === true) return [`--${flag}`];
    if (value === false || value === null || (Array.isArray(value) && !value.length)) return [`--no-${flag}`];
    const texts = (Array.isArray(value) ? value : [value]).map((one) =>
      typeof one === 'object' ? JSON.stringify(one) : String(one),
    );
    return texts.flatMap((text) => (text.startsWith('--') ? [`--${flag}=${text}`] : [`--${flag}`, text]));
  });
}
