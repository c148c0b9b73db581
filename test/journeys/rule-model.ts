// A Messages API server whose answers a test decides by a rule: each from the newest message of the request alone.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendAnswer } from '../../src/practice/model/send-answer.ts';

export type Block =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: Record<string, unknown> };

export interface Asked {
  /** The handle of the agent that asks. */
  agent: string;
  /** The texts of the newest message: news, and what woke the agent. */
  news: string;
  /** The results of the calls before. Empty if there were none. */
  results: string[];
  /** The names of the calls that were held back in this session, such as `2.0`. */
  held: string[];
}

export type Answer = { says: string } | { calls: [name: string, input: Record<string, unknown>][] };

/** A promise holds the answer back, so that others act while the agent is at work. */
export type Rule = (asked: Asked) => Answer | Promise<Answer>;

export interface RuleModel {
  /** The settings with which Skein asks this server. */
  settings: Record<string, string>;
  asked: Asked[];
  stop(): Promise<void>;
}

interface Request {
  model: string;
  stream?: boolean;
  system: string | { text: string }[];
  messages: { content: string | { type: string; text?: string; content?: unknown }[] }[];
}

export async function aRuleModel(rule: Rule): Promise<RuleModel> {
  const all: Asked[] = [];
  let calls = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Request;
    const asked = readAsked(body);
    all.push(asked);
    const made = await rule(asked);
    const content: Block[] =
      'says' in made
        ? [{ type: 'text', text: made.says }]
        : made.calls.map(([name, input]) => ({ type: 'tool_use', id: `toolu_${++calls}`, name, input }));
    const usage = { input_tokens: 10, output_tokens: 10, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
    const answer = {
      ...{ id: `msg_${all.length}`, type: 'message', role: 'assistant', model: body.model, content },
      ...{ stop_reason: 'says' in made ? 'end_turn' : 'tool_use', stop_sequence: null, stop_details: null, usage },
    };
    sendAnswer(response, answer as never, body.stream === true);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
    asked: all,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function readAsked({ system, messages }: Request): Asked {
  const frozen = typeof system === 'string' ? system : system.map(({ text }) => text).join('\n');
  const last = messages.at(-1)?.content ?? [];
  const blocks = typeof last === 'string' ? [{ type: 'text', text: last }] : last;
  return {
    agent: /^You are [^(]*\(@([a-z0-9-]+)\)/.exec(frozen)?.[1] ?? '',
    news: blocks.flatMap(({ type, text }) => (type === 'text' && text ? [text] : [])).join('\n'),
    results: blocks.flatMap((block) => (block.type === 'tool_result' ? [JSON.stringify(block)] : [])),
    held: [...new Set([...JSON.stringify(messages).matchAll(/Held \((\d+\.\d+)\)/g)].map(([, call = '']) => call))],
  };
}

/** The tasks that woke the agent: their numbers, why, and how their reviews stand. */
export function assignmentsIn({ news }: Asked) {
  return [...news.matchAll(/<assignment ([^>]*)>/g)].map(([, attributes = '']) => {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    return { task: of('task'), why: of('why'), review: of('review'), to: of('to') };
  });
}
