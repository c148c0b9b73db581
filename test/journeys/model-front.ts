// A server in front of the stand-in model, which holds or refuses requests as a test wants.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type StandInModelOptions, startStandInModel } from '../../src/practice/model/server.ts';

export interface ModelFront {
  /** The settings with which Skein asks this server. */
  settings: Record<string, string>;
  /** What it does with a request before it lets it through. */
  atRequest: () => Promise<'pass' | 'refuse'>;
  /** Lets no request through before `pass` is called. `asked`: resolves with the first request. */
  hold(): { pass: () => void; asked: Promise<void> };
  /** The bodies of all requests, in order. */
  bodies: string[];
  stop(): Promise<void>;
}

/** `options`: those of the stand-in model. */
export async function aModelFront(options: StandInModelOptions = {}): Promise<ModelFront> {
  const model = await startStandInModel(options);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    front.bodies.push(body.toString());
    if ((await front.atRequest()) === 'refuse') {
      response.writeHead(401, { 'content-type': 'application/json' });
      const error = { type: 'authentication_error', message: 'invalid x-api-key' };
      return response.end(JSON.stringify({ type: 'error', error }));
    }
    const headers = { 'content-type': 'application/json', 'x-api-key': 'k', 'anthropic-version': '2023-06-01' };
    const { method = 'GET', url = '/' } = request;
    const given = await fetch(model.url + url, { method, headers, ...(body.length ? { body } : {}) });
    response.writeHead(given.status, { 'content-type': given.headers.get('content-type') ?? 'application/json' });
    return response.end(Buffer.from(await given.arrayBuffer()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const front: ModelFront = {
    settings: { ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
    bodies: [],
    atRequest: async () => 'pass',
    hold() {
      let pass = () => {};
      let ask = () => {};
      const asked = new Promise<void>((done) => (ask = done));
      const open = new Promise<void>((done) => (pass = done));
      front.atRequest = async () => {
        ask();
        await open;
        return 'pass';
      };
      return { pass, asked };
    },
    async stop() {
      await model.stop();
      await new Promise((done) => server.close(done));
    },
  };
  return front;
}
