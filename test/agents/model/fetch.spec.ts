import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createBrotliCompress, createDeflate, createGzip, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { getGlobalDispatcher, ProxyAgent, setGlobalDispatcher } from 'undici';
import { type Fetch, requestFetch } from '../../../src/agents/model/fetch.ts';
import { type Call, serve, type TestServer } from './model-test-server.ts';

describe('the fetch of the model client', () => {
  let server: TestServer | undefined;
  const post = async (answer: (call: Call) => void, init: RequestInit = {}): Promise<Response> => {
    server = await serve(answer);
    const send: Fetch = requestFetch();
    return send(server.url, { method: 'POST', body: 'ask', headers: { 'x-kind': 'test' }, ...init });
  };

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('sends method, headers and body, and hands back status, headers and bytes as they come', async () => {
    const response = await post(({ response }) => {
      response.writeHead(200, { 'request-id': 'req_1' });
      response.end('grüße');
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).to.equal('grüße');
    expect(response.ok).to.equal(true);
    expect(response.headers.get('request-id')).to.equal('req_1');
    expect(server?.calls[0]).to.include({ body: 'ask' });
    expect(server?.calls[0]?.headers).to.include({ 'x-kind': 'test', 'content-length': '3' });
  });

  it('reads the text of a refusal', async () => {
    const response = await post(({ response }) => {
      response.writeHead(429, { 'retry-after': '7' });
      response.end('slow down');
    });
    expect(response.ok).to.equal(false);
    expect(response.status).to.equal(429);
    expect(response.headers.get('retry-after')).to.equal('7');
    expect(await response.text()).to.equal('slow down');
  });

  it('goes where the service has moved, with the same question', async () => {
    const response = await post(({ response }) => {
      if (server?.calls.length === 1) response.writeHead(307, { location: '/elsewhere' });
      response.end('here');
    });
    expect(await response.text()).to.equal('here');
    expect(server?.calls.length).to.be.greaterThan(1);
    expect(server?.calls.every(({ body }) => body === 'ask')).to.equal(true);
  });

  it('goes through the proxy that was set for the whole process', async () => {
    const before = getGlobalDispatcher();
    const tunnels: string[] = [];
    const proxy = createServer().on('connect', (asked: IncomingMessage, near: Duplex) => {
      tunnels.push(String(asked.url));
      const { hostname, port } = new URL(`http://${asked.url}`);
      const far = connect(Number(port), hostname, () => {
        near.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        far.pipe(near).pipe(far);
      });
      for (const end of [near, far]) end.on('error', () => far.destroy());
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const agent = new ProxyAgent(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    setGlobalDispatcher(agent);
    try {
      const response = await post(({ response }) => response.writeHead(429).end('by the proxy'));
      expect(await response.text()).to.equal('by the proxy');
      expect(tunnels).to.deep.equal([new URL(String(server?.url)).host]);
    } finally {
      setGlobalDispatcher(before);
      await agent.destroy();
      proxy.close();
    }
  });

  for (const [coding, pack] of [
    ['gzip', createGzip],
    ['deflate', createDeflate],
    ['br', createBrotliCompress],
  ] as const)
    it(`unpacks what a gateway packed with ${coding} without being asked, each piece as it comes`, async () => {
      let more: () => void = () => {};
      const response = await post(({ response }) => {
        const packed = pack();
        packed.pipe(response.writeHead(200, { 'content-encoding': coding }));
        packed.write('first, ');
        packed.flush();
        more = () => packed.end('second');
      });
      let text = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString();
        if (text === 'first, ') more();
      }
      expect(text).to.equal('first, second');
    });

  it('ends with an error where packed bytes break off or are none', async () => {
    const broken = async (answer: (response: ServerResponse) => void) => {
      const response = await post(({ response }) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        answer(response);
      });
      try {
        for await (const _chunk of response.body as unknown as AsyncIterable<Uint8Array>);
      } catch (error) {
        return error;
      } finally {
        await server?.close();
        server = undefined;
      }
      return undefined;
    };
    expect(await broken((response) => response.end('no gzip'))).to.include({ code: 'Z_DATA_ERROR' });
    expect(await broken((response) => response.write(gzipSync('half'), () => response.destroy()))).to.be.an('error');
  });

  it('takes a header whose value is no Latin-1, and an answer without a body', async () => {
    const response = await post(({ response }) => {
      response.socket?.end('HTTP/1.1 304 Not Modified\r\nx-team: Bäckerei 面包\r\nrequest-id: req_9\r\n\r\n');
    });
    expect(response.status).to.equal(304);
    expect(response.headers.get('request-id')).to.equal('req_9');
    expect(Buffer.from(String(response.headers.get('x-team')), 'latin1').toString()).to.equal('Bäckerei 面包');
  });

  it('ends in the middle of the bytes when it is aborted', async () => {
    const stop = new AbortController();
    const response = await post(
      ({ response }) => {
        response.write('half');
      },
      { signal: stop.signal },
    );
    let error: unknown;
    try {
      for await (const _chunk of response.body as unknown as AsyncIterable<Uint8Array>) stop.abort();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).to.include({ name: 'AbortError' });
  });
});
