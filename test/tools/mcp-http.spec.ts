// The MCP client against a real Streamable HTTP server that loses sessions, refuses, fails and goes away.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { expect } from 'chai';
import * as z from 'zod';
import { NotAllowed, Retryable } from '../../src/errors.ts';
import type { ToolServer } from '../../src/tools/manifest.ts';
import { type McpServers, makeMcpServers } from '../../src/tools/mcp/client.ts';
import { silent } from '../logs.ts';
import { aServer, rejection } from './mcp-builders.ts';

describe('MCP servers over HTTP', () => {
  const open: McpServers[] = [];
  const start = (manifest: ToolServer): McpServers => {
    const servers = makeMcpServers([manifest], { logger: silent, clock: { now: () => 0 } });
    open.push(servers);
    return servers;
  };
  let http: Server;
  let sessions: Map<string, StreamableHTTPServerTransport>;
  let calls: number;
  let token: string | undefined;
  let failWith: number | undefined;
  /** Sessions are forgotten as soon as they are made. */
  let sessionless: boolean;

  const serve = async (port = 0) => {
    sessions = new Map();
    http = createServer(async (request, response) => {
      token = request.headers.authorization;
      // The call after a shutdown would find a socket that was kept open dead, and its outcome unknown, rightly so.
      response.setHeader('connection', 'close');
      if (failWith !== undefined) return response.writeHead(failWith).end();
      const id = request.headers['mcp-session-id'];
      const known = typeof id === 'string' && !sessionless ? sessions.get(id) : undefined;
      if (id !== undefined && !known) return response.writeHead(404).end();
      await (known ?? (await openSession())).handleRequest(request, response);
    });
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  };
  const openSession = async () => {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    const server = new McpServer({ name: 'crm', version: '1' });
    server.registerTool('find', { inputSchema: { name: z.string() } }, ({ name }) => {
      calls += 1;
      return { content: [{ type: 'text', text: `found ${name}` }] };
    });
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return transport;
  };
  const shut = async () => {
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
  };
  const port = () => (http.address() as AddressInfo).port;
  const crm = (at = port()) =>
    start(
      aServer({
        reach: { kind: 'http', url: `http://127.0.0.1:${at}/mcp`, headers: { Authorization: 'Bearer tok-123456' } },
        secrets: ['tok-123456'],
      }),
    );
  const find = { server: 'crm', tool: 'find', input: { name: 'Ada' } };

  beforeEach(() => {
    calls = 0;
    failWith = undefined;
    sessionless = false;
    return serve();
  });
  // The sessions' streams stay open until their clients have gone.
  afterEach(async () => {
    await Promise.all(open.splice(0).map((servers) => servers.stop()));
    await shut();
  });

  it('are called with the headers of their manifest', async () => {
    expect(await crm().call(find)).to.deep.equal({ kind: 'answered', text: 'found Ada', isError: false });
    expect(token).to.equal('Bearer tok-123456');
  });

  it('have their session ended by stop', async () => {
    const servers = crm();
    await servers.call(find);
    expect(sessions.size).to.equal(1);
    await servers.stop();
    expect(sessions.size).to.equal(0);
  });

  it('get a new session when they have lost the old one, and the call is made once', async () => {
    const servers = crm();
    await servers.call(find);
    sessions.clear();
    expect((await servers.call(find)).text).to.equal('found Ada');
    expect(calls).to.equal(2);
  });

  it('are listed over a new session when they have lost the old one', async () => {
    const servers = crm();
    sessionless = true;
    expect(await rejection(servers.tools('crm'))).to.be.instanceOf(Retryable);
    sessionless = false;
    expect((await servers.tools('crm')).map(({ name }) => name)).to.deep.equal(['find']);
  });

  it('are not called while nobody listens, and are when somebody does', async () => {
    const at = port();
    const servers = crm();
    await servers.call(find);
    await shut();
    expect(await rejection(servers.call(find))).to.be.instanceOf(Retryable);
    await serve(at);
    expect((await servers.call(find)).text).to.equal('found Ada');
  });

  it('that refuse the credentials are told of, without the token', async () => {
    failWith = 401;
    const error = await rejection(crm().call(find));
    expect(error).to.be.instanceOf(NotAllowed);
    expect(error.message).to.contain('headers in manifests/tools/crm.yaml').and.not.to.contain('tok-');
  });

  it('that fail within a call leave its outcome unknown', async () => {
    const servers = crm();
    await servers.call(find);
    failWith = 500;
    expect(await servers.call(find)).to.include({ kind: 'unknown' });
    failWith = undefined;
    expect((await servers.call(find)).text).to.equal('found Ada');
  });
});
