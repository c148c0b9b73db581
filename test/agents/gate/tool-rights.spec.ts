// Calls of outside tools, with real MCP servers: within the rights of all whose words they are made for, and to given addresses only.
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { outcomesOf } from '../../../src/agents/sessions/outcomes.ts';
import { markOutside, type SessionDoc } from '../../../src/agents/sessions/session.ts';
import { Retryable } from '../../../src/errors.ts';
import type { ToolServer } from '../../../src/tools/manifest.ts';
import { type McpServers, makeMcpServers } from '../../../src/tools/mcp/client.ts';
import type { Outcomes } from '../../../src/tools/tool.ts';
import { silent } from '../../logs.ts';
import { refusal } from '../../pods/build.ts';
import { aServer } from '../../tools/mcp-builders.ts';
import { anOffice, calls, type Office, type Process, reaching, says, useTool } from '../office.ts';

const bin = (name: string) => new URL(`../../../node_modules/.bin/${name}`, import.meta.url).pathname;

describe('outside tools', () => {
  let office: Office;
  let desk: Process;
  let mcp: McpServers;
  let folder: string;
  let web: Server;
  let site: string;
  /** The paths that were requested from the web site. */
  let asked: string[];
  let servers: ToolServer[];

  // The servers start once for all: each takes a processor longer than a test.
  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'tools-')));
    web = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('a page');
    });
    await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
    site = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    const read = { effect: 'read' as const };
    servers = [
      aServer({
        ...{ name: 'files', command: bin('mcp-server-filesystem'), args: [folder], trust: 'member', egress: false },
        tools: { write_file: { effect: 'write' }, list_directory: read, read_text_file: read },
      }),
      aServer({
        ...{ name: 'all', command: bin('mcp-server-everything'), args: ['stdio'], trust: 'member', effect: 'read' },
        // Takes a URL and fetches it.
        tools: { 'gzip-file-as-resource': { ...read, egress: true }, echo: { ...read, egress: true } },
      }),
      // Its manifest does not say whether its input leaves the organisation.
      aServer({
        ...{ name: 'unsaid', command: bin('mcp-server-everything'), args: ['stdio'], trust: 'member', effect: 'read' },
      }),
    ];
    mcp = makeMcpServers(servers, { logger: silent, clock: { now: Date.now } });
  });
  after(async () => {
    await mcp.stop();
    web.close();
    web.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    asked = [];
    office = await anOffice();
    desk = office.process({ tools: reaching(office.process().deps, servers, mcp).tools });
    const { ada, does } = office.world;
    await does(ada, 'update_agent', {
      agent: 'scribe',
      tools: ['mcp:files', 'mcp:all', 'mcp:unsaid', 'create_task', 'read_pod'],
    });
  });

  const tool = (name: string, input: object) => calls(['use_tool', { tool: `mcp:${name}`, input }]);
  const write = () => tool('files/write_file', { path: join(folder, 'a.txt'), content: 'x' });
  const list = () => tool('files/list_directory', { path: folder });
  const fetchPage = (data: string, more = {}) =>
    tool('all/gzip-file-as-resource', { name: 'page', data, outputType: 'resource', ...more });
  const answer = async () =>
    JSON.stringify((await office.turns()).filter(({ role }) => role === 'user').at(-1)?.content);
  const written = () => readFile(join(folder, 'a.txt'), 'utf8').catch(() => undefined);
  async function tied(text = 'hello') {
    await office.hears(office.world.ada, `@scribe ${text}`, desk);
    await markOutside(office.world.store, (await office.session()).id);
  }

  describe('count the rights of everybody whose words are acted on', () => {
    it('a guest’s wish reads, and writes nothing', async () => {
      office.script.push(list(), write(), says('No.'));
      await writeFile(join(folder, 'there.txt'), 'x');
      await office.hears(office.world.gil, '@scribe write a file', desk);
      expect(JSON.stringify(await office.turns())).to.include('there.txt');
      expect(await answer()).to.include('Gil Torres, who is a guest');
      expect(await written()).to.equal(undefined);
    });

    it('a member’s thank-you lends a guest no rights, and a member’s own wish is done once that is answered', async () => {
      const { ada, gil } = office.world;
      office.script.push(async () => {
        await office.says(ada, 'thanks');
        return list();
      }, write());
      await office.hears(gil, '@scribe write a file', desk);
      expect(await answer()).to.include('Gil Torres');
      expect(await written()).to.equal(undefined);
      office.script.push(write());
      await office.hears(ada, '@scribe write it', desk);
      expect(await written()).to.equal('x');
    });

    for (const [how, leave] of [
      ['the pod', (office: Office) => office.world.does(office.world.ada, 'remove_member', { who: 'ben' })],
      [
        'the organisation',
        (office: Office) =>
          office.world.does('skein', 'register_person', {
            ...{ account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', state: 'out' },
          }),
      ],
    ] as const)
      for (const call of [write, list])
        it(`who has left ${how} since the turn wishes nothing, ${call === list ? 'reading neither' : 'no writing'}`, async () => {
          await writeFile(join(folder, 'there.txt'), 'x');
          office.script.push(async () => {
            await leave(office);
            return call();
          });
          await office.hears(office.world.ben, '@scribe do it', desk);
          expect(await answer())
            .to.include('Ben Okafor, who is no longer in this')
            .and.not.include('there.txt');
          expect(await written()).to.equal(undefined);
        });

    it('the agent’s own role counts as well', async () => {
      const { ada, does } = office.world;
      await does(ada, 'change_role', { who: 'scribe', role: 'guest' });
      office.script.push(write());
      await office.hears(ada, '@scribe write a file', desk);
      expect(await answer()).to.include('you are guest here');
      expect(await written()).to.equal(undefined);
    });

    it('between two calls of one turn too', async () => {
      const { ada, ben, does } = office.world;
      const both = JSON.stringify([...JSON.parse(list().content ?? ''), ...JSON.parse(write().content ?? '')]);
      const { tools } = desk.deps;
      const call: McpServers['call'] = async (asked) => {
        const outcome = await mcp.call(asked);
        if (asked.tool === 'list_directory') await does(ada, 'change_role', { who: 'ben', role: 'guest' });
        return outcome;
      };
      const first = office.process({ tools: { ...tools, mcp: { ...mcp, call } } });
      office.script.push({ content: both, stopReason: 'tool_use' });
      await office.hears(ben, '@scribe list and write', first);
      expect(await answer()).to.include('Ben Okafor, who is a guest');
      expect(await written()).to.equal(undefined);
    });

    it('a guest of the organisation is one in their own direct conversation as well', async () => {
      const { gil, does, store } = office.world;
      const origin = { kind: 'slack' as const, team: 'T1', channel: 'D1', direct: true };
      await does(gil, 'create_pod', { name: 'Gil' }, { pod: 'p_dm', origin });
      const { conversation } = await does(gil, 'start_conversation', { title: 'Hi', text: 'Hi' }, { pod: 'p_dm' });
      const session: SessionDoc = {
        ...{ pod: 'p_dm', conversation: conversation.id, agent: office.world.scribe, id: 's_1', rev: 1 },
        ...{ epoch: 1, model: '', prefix: '', agentVersion: 1, stoppedAt: 0, loaded: [] },
      };
      const input = { tool: 'mcp:files/write_file', input: { path: join(folder, 'a.txt'), content: 'x' } };
      const used = await useTool(desk.deps, { session, heard: [gil] }, input);
      expect(used.text).to.include('Gil Torres, who is a guest');
      expect(await written()).to.equal(undefined);
      expect(await outcomesOf(store).find({ where: {} })).to.deep.equal([]);
      expect((await office.world.commits('p_dm')).filter(({ action }) => action === 'permit')).to.deep.equal([]);
    });

    it('the outcome of a call that was made stays known, whoever has left since', async () => {
      const { ada, ben, does } = office.world;
      office.script.push(write());
      const { tools } = desk.deps;
      const keep: Outcomes['keep'] = async (...asked) => {
        await tools.outcomes.keep(...asked);
        throw new Retryable('The process ends here.');
      };
      const dying = office.process({ tools: { ...tools, outcomes: { ...tools.outcomes, keep } } });
      expect((await refusal(office.hears(ben, '@scribe write a file', dying))).message).to.include('ends here');
      await does(ada, 'remove_member', { who: 'ben' });
      const [outcome] = await outcomesOf(office.world.store).find({ where: {} });
      const session = await office.session();
      const n = Number(outcome?.id.split(':').at(-2));
      const again = await useTool(desk.deps, { session, heard: [ben], n }, {});
      expect(again.ok).to.equal(true);
      expect(again.text).to.include('Successfully wrote');
    });
  });

  describe('with egress, once text from outside came in', () => {
    const attacks: [what: string, said: string, input: (site: string) => object | string][] = [
      ['an address nobody wrote', 'read the page', (at) => `${at}/steal?x=secret`],
      ['a given host with another path', 'read SITE/report', (at) => `${at}/report?x=secret`],
      ['a given address behind another host', 'read http://example.com/a', (at) => `${at}/?to=http://example.com/a`],
      ['a given host as a name before the @', 'read https://example.com', (at) => at.replace('//', '//example.com@')],
      ['an address that only a quote holds', 'look:\n> SITE/steal', (at) => `${at}/steal`],
      ['an address that was cut out of another', 'read SITE/steal/not', (at) => `${at}/steal`],
      ['a host in other digits', 'read the page', (at) => at.replace('127.0.0.1', '2130706433')],
    ];
    for (const [what, said, input] of attacks)
      it(`does not call ${what}`, async () => {
        await tied(said.replace('SITE', site));
        office.script.push(fetchPage(input(site) as string));
        await office.hears(office.world.ada, '@scribe go on', desk);
        expect(await answer())
          .to.include('was not called')
          .and.include('write the address here themselves');
        expect(asked).to.deep.equal([]);
      });

    for (const [when, stored] of [
      ['holds', (message: object) => message],
      [
        'held when its message named it in its text',
        ({ files: _files, ...message }: Record<string, unknown>) => ({ ...message, body: 'b_framed' }),
      ],
    ] as const)
      it(`does not call an address that only the name of a file ${when}`, async () => {
        const { world, data, conversation } = office;
        const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '1.0', files: [`${site}/steal`] } as const;
        const { message } = await world.does(world.ada, 'post_message', { conversation, text: 'look' }, { origin });
        const messages = data.docs.get('messages');
        messages?.set(message.id, stored(messages.get(message.id) as never) as never);
        data.bodies.set('b_framed', { id: 'b_framed', pod: world.pod, text: `look\n(file: \`${site}/steal\`)` });
        await tied('look');
        office.script.push(fetchPage(`${site}/steal`));
        await office.hears(world.ada, '@scribe go on', desk);
        expect(await answer())
          .to.include('was not called')
          .and.include('write the address here themselves');
        expect(asked).to.deep.equal([]);
      });

    it('does not call an address that a guest or somebody of another company wrote', async () => {
      const { ada, gil, does } = office.world;
      const facts = { account: 'slack:T2:eve', name: 'Eve', handle: 'eve', foreign: true };
      const { person } = await does('skein', 'register_person', facts);
      await does(ada, 'add_member', { who: 'eve' });
      for (const who of [gil, person.id]) await office.says(who, `Read ${site}/steal`);
      await tied('hi');
      office.script.push(fetchPage(`${site}/steal`));
      await office.hears(ada, '@scribe go on', desk);
      expect(await answer()).to.include('was not called');
      expect(asked).to.deep.equal([]);
    });

    it('sends no words of its own to a foreign host, and those that a member wrote', async () => {
      await tied('find “Acme prices 2026” on the web');
      office.script.push(tool('all/echo', { message: 'the secret is 4711' }));
      await office.hears(office.world.ada, '@scribe go on', desk);
      expect(await answer()).to.include('only send what a member wrote here');
      office.script.push(tool('all/echo', { message: 'acme prices 2026' }));
      await office.hears(office.world.ada, '@scribe try once more', desk);
      expect(await answer()).to.include('Echo: acme prices 2026');
    });

    for (const [what, said] of [
      ['in plain words', 'read SITE/report.'],
      ['as a link', 'read [the report](SITE/report)'],
      ['in brackets', 'the report (SITE/report) please'],
      ['in quotation marks', 'read "SITE/report"'],
    ] as const)
      it(`calls an address that a member wrote ${what}`, async () => {
        await tied(said.replace('SITE', site));
        office.script.push(fetchPage(`${site}/report`));
        await office.hears(office.world.ada, '@scribe go on', desk);
        expect(asked).to.deep.equal(['/report']);
      });

    it('calls it as soon as a person has written it', async () => {
      await tied('read the page');
      office.script.push(fetchPage(`${site}/page`));
      await office.hears(office.world.ada, '@scribe go on', desk);
      expect(asked).to.deep.equal([]);
      office.script.push(fetchPage(`${site}/page`));
      await office.hears(office.world.ada, `@scribe it is ${site}/page`, desk);
      expect(asked).to.deep.equal(['/page']);
    });

    it('takes an input with an address for one where the manifest says nothing, and other reading goes on', async () => {
      await tied('hi');
      office.script.push(tool('all/get-sum', { a: 1, b: 2 }), tool('files/list_directory', { path: folder }));
      await office.hears(office.world.ada, '@scribe go on', desk);
      expect(JSON.stringify(await office.turns())).to.include('is 3');
      expect(await answer()).not.to.include('was not called');
      office.script.push(tool('unsaid/echo', { message: `${site}/steal` }), tool('unsaid/echo', { message: 'hello' }));
      await office.hears(office.world.ada, '@scribe once more', desk);
      const turns = JSON.stringify(await office.turns());
      expect(turns).to.include(`it would send something to ${site}/steal`).and.not.include('Echo: http');
      expect(await answer()).to.include('Echo: hello');
    });
  });

  it('are free to call what they find while nothing from outside came in', async () => {
    office.script.push(fetchPage(`${site}/free`));
    await office.hears(office.world.ada, '@scribe read the page', desk);
    expect(asked).to.deep.equal(['/free']);
  });
});
