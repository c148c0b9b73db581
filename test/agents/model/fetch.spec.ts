import { expect } from 'chai';
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
