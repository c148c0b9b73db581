// The connection to one MCP server: opened on first use, reopened after a crash with backoff, closed by `stop`.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { NotAllowed, NotFound, Retryable, reasonOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { ToolServer } from '../manifest.ts';
import { failureOf } from './failure.ts';
import { listTools, type McpTool } from './tools.ts';
import { openWay, type Way } from './transport.ts';

export interface McpDeps {
  logger: Logger;
  clock: { now(): number };
}

export interface Link {
  client: Client;
  lastWords(): string;
}

const BACKOFF_MS = { first: 1000, most: 60_000 };
/** A server that does not answer a ping in this time is stopped. The next call starts it again. */
const PING_MS = 5000;

export class McpConnection {
  readonly #deps: McpDeps;
  readonly #server: ToolServer;
  readonly #ways = new Set<Way>();
  readonly #tools = new WeakMap<Link, Promise<McpTool[]>>();
  #link: Promise<Link> | undefined;
  #failures = 0;
  #notBefore = 0;
  #stopped = false;

  constructor(deps: McpDeps, server: ToolServer) {
    this.#deps = deps;
    this.#server = server;
  }

  /**
   * Returns the link, and opens it if there is none. Throws Retryable if the server cannot be reached, NotFound or
   * NotAllowed if its manifest must be fixed.
   */
  link(): Promise<Link> {
    if (this.#stopped)
      return Promise.reject(new Retryable(`The tool server ${this.#server.name} is being stopped with Skein.`));
    if (this.#link) return this.#link;
    const wait = this.#notBefore - this.#deps.clock.now();
    if (wait > 0) {
      const again = `It is tried again in ${Math.ceil(wait / 1000)} seconds.`;
      return Promise.reject(new Retryable(`The tool server ${this.#server.name} keeps failing. ${again}`, wait));
    }
    const opening = this.#open();
    this.#link = opening;
    // The caller gets the error. This line only clears the failed link, so that the next call can open another.
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  async tools(): Promise<McpTool[]> {
    const link = await this.link();
    const known = this.#tools.get(link);
    if (known) return known;
    const listing = this.#list(link);
    this.#tools.set(link, listing);
    return listing;
  }

  async #list(link: Link): Promise<McpTool[]> {
    try {
      return await listTools(link.client, this.#server, this.#deps.logger);
    } catch (error) {
      this.#tools.delete(link);
      // The session is over, or the server hangs. Only a new link helps.
      await this.drop(link, { failed: true });
      const sentence = this.#sentence('could not list its tools', whyOf(error), link.lastWords());
      throw new Retryable(sentence, undefined, { cause: error });
    }
  }

  /** Called after each answer of the server, an error included. It resets the count of failures. */
  healthy(): void {
    this.#failures = 0;
  }

  /** Closes this link. The next call opens another, after the backoff if `failed`. */
  async drop(link: Link, { failed }: { failed: boolean }): Promise<void> {
    const opening = this.#link;
    if (opening !== undefined && (await opening.catch(() => undefined)) === link) {
      this.#forget(opening);
      if (failed) this.#countFailure();
    }
    await link.client.close();
  }

  /** Called after a timeout: finds out whether only the call is slow or the whole server hangs. Never rejects. */
  async probe(link: Link): Promise<void> {
    try {
      await link.client.ping({ timeout: Math.min(PING_MS, this.#server.timeoutMs) });
    } catch (error) {
      if (this.#stopped) return;
      this.#deps.logger.warn('tool server hangs', { server: this.#server.name, reason: reasonOf(error) });
      await this.drop(link, { failed: true });
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#ways].map((way) => way.close()));
  }

  async #open(): Promise<Link> {
    const way = openWay(this.#server);
    this.#ways.add(way);
    const client = new Client({ name: 'skein', version: '1' });
    const link: Link = { client, lastWords: way.lastWords };
    let noise: string | undefined;
    client.onerror = (error) => {
      noise ??= error instanceof SyntaxError ? error.message : undefined;
    };
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      this.#tools.delete(link);
    });
    try {
      await client.connect(way.transport, { timeout: this.#server.timeoutMs });
    } catch (error) {
      await way.close();
      this.#ways.delete(way);
      this.#countFailure();
      throw this.#cannotOpen(error, noise, way.lastWords());
    }
    client.onclose = () => this.#closed(way, link);
    return link;
  }

  #closed(way: Way, link: Link): void {
    const opening = this.#link;
    void way.close().finally(() => this.#ways.delete(way));
    if (this.#stopped || opening === undefined) return;
    void opening.then((current) => {
      if (current !== link || this.#link !== opening) return;
      this.#forget(opening);
      this.#countFailure();
      this.#deps.logger.warn('tool server stopped by itself', { server: this.#server.name, failures: this.#failures });
    });
  }

  #forget(opening: Promise<Link>): void {
    if (this.#link === opening) this.#link = undefined;
  }

  /**
   * Counts a failure. The first one causes no delay, because a server that crashed after days of work only needs a
   * restart.
   */
  #countFailure(): void {
    this.#failures += 1;
    if (this.#failures < 2) return;
    const delay = Math.min(BACKOFF_MS.first * 2 ** (this.#failures - 2), BACKOFF_MS.most);
    this.#notBefore = this.#deps.clock.now() + delay;
  }

  #cannotOpen(error: unknown, noise: string | undefined, lastWords: string): Error {
    const { name, reach } = this.#server;
    const manifest = `manifests/tools/${name}.yaml`;
    const failure = failureOf(error);
    if (failure.kind === 'refused') {
      return new NotAllowed(
        `The tool server ${name} refuses Skein (HTTP ${failure.status}). Check the headers in ${manifest}.`,
      );
    }
    if (reach.kind === 'stdio' && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return new NotFound(
        `The tool server ${name} has the command "${reach.command}", which is not installed. Install it, or correct ${manifest}.`,
      );
    }
    const said =
      noise === undefined
        ? whyOf(error)
        : `${whyOf(error)}; it writes text that is not MCP to its standard output: ${noise}`;
    return new Retryable(this.#sentence('could not be reached', said, lastWords), undefined, { cause: error });
  }

  #sentence(what: string, why: string, lastWords: string): string {
    return `The tool server ${this.#server.name} ${what}: ${why}.${lastWords ? ` It last wrote: ${lastWords}` : ''}`;
  }
}

function whyOf(error: unknown): string {
  const failure = failureOf(error);
  return 'why' in failure ? failure.why : reasonOf(error);
}
