// Tool manifests: defaults on the safe side, values from the environment, faults with their cure, and the ones that are shipped.

import { readdir, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import * as yaml from 'yaml';
import { parseToolManifest, rulesOf, type ToolServer } from '../../src/tools/manifest.ts';

/** How a manifest asks for a value of the environment. */
const given = (name: string) => `$\{${name}}`;

type Env = Record<string, string>;
const aManifest = (over: Record<string, unknown> = {}) => ({
  name: 'crm',
  description: 'Customers.',
  command: 'crm-mcp',
  ...over,
});
const parse = (fields: unknown, env: Env = {}) =>
  parseToolManifest({ file: 'manifests/tools/crm.yaml', text: yaml.stringify(fields) }, env);

function server(fields: unknown, env?: Env): ToolServer {
  const parsed = parse(fields, env);
  if (parsed.kind !== 'valid') throw new Error(parsed.problems.join('\n'));
  return parsed.manifest;
}

function faults(fields: unknown, env?: Env): string {
  const parsed = parse(fields, env);
  if (parsed.kind !== 'faulty') throw new Error('it was taken for valid');
  return parsed.problems.join('\n');
}

describe('a tool manifest', () => {
  it('takes what is not said for outside, for everyone, and for a minute', () => {
    expect(server(aManifest())).to.deep.equal({
      name: 'crm',
      description: 'Customers.',
      enabled: true,
      reach: { kind: 'stdio', command: 'crm-mcp', args: [], env: {} },
      effect: 'outside',
      policy: 'allow',
      tools: {},
      audience: { kind: 'everyone' },
      trust: 'outside',
      timeoutMs: 60_000,
      secrets: [],
    });
  });

  it('says what leaves the organisation: a server elsewhere is sent each input, and of a program it says so itself', () => {
    const rules = (fields: object) => rulesOf(server(fields), 'find').egress;
    const web = (url: string, more = {}) => rules({ name: 'crm', description: 'd', url, ...more });
    expect(web('https://crm.example/mcp')).to.equal(true);
    expect(web('http://127.0.0.1:3001/mcp')).to.equal(undefined);
    expect(web('https://crm.example/mcp', { egress: false })).to.equal(false);
    expect(web('https://crm.example/mcp', { egress: false, tools: { find: { egress: true } } })).to.equal(true);
    expect(rules(aManifest())).to.equal(undefined);
    expect(rules(aManifest({ egress: true, tools: { find: { egress: false } } }))).to.equal(false);
    expect(faults(aManifest({ egress: 'yes' }))).to.include('`egress` is "yes". Give true if its input leaves');
  });

  it('fills values from the environment it is given, and remembers the secrets among them', () => {
    const env = { HOST: 'crm.example', TOKEN: 'tok-123456', DEBUG: '1' };
    const web = server(
      {
        name: 'crm',
        description: 'd',
        url: `https://${given('HOST')}/mcp`,
        headers: { Authorization: `Bearer ${given('TOKEN')}` },
      },
      env,
    );
    expect(web.reach).to.deep.equal({
      kind: 'http',
      url: 'https://crm.example/mcp',
      headers: { Authorization: 'Bearer tok-123456' },
    });
    expect(web.secrets).to.deep.equal(['tok-123456']);
    expect(server(aManifest({ args: [given('HOST')], env: { D: given('DEBUG') } }), env).secrets).to.deep.equal([]);
  });

  it('is refused while a value it needs is not set, unless it is switched off', () => {
    const fields = aManifest({ env: { TOKEN: given('CRM_TOKEN') } });
    expect(faults(fields)).to.equal(
      'manifests/tools/crm.yaml: `env.TOKEN` needs ' +
        given('CRM_TOKEN') +
        ', which is not set. Set CRM_TOKEN, or write `enabled: false`.',
    );
    expect(server({ ...fields, enabled: false }).enabled).to.equal(false);
  });

  it('may say of each tool what it does and whether it may be called', () => {
    const crm = server(
      aManifest({
        effect: 'write',
        policy: 'ask',
        tools: { find: { effect: 'read', policy: 'allow' }, drop: { policy: 'deny' } },
      }),
    );
    expect(rulesOf(crm, 'find')).to.deep.equal({ effect: 'read', policy: 'allow' });
    expect(rulesOf(crm, 'drop')).to.deep.equal({ effect: 'write', policy: 'deny' });
    expect(rulesOf(crm, 'add')).to.deep.equal({ effect: 'write', policy: 'ask' });
    expect(rulesOf(crm, 'constructor')).to.deep.equal({ effect: 'write', policy: 'ask' });
  });

  it('may narrow its audience to pods or people', () => {
    expect(server(aManifest({ audience: { pods: ['sales'] } })).audience).to.deep.equal({
      kind: 'pods',
      pods: ['sales'],
    });
    expect(server(aManifest({ audience: { people: ['ada'] } })).audience).to.deep.equal({
      kind: 'people',
      people: ['ada'],
    });
  });

  const FAULTY: [what: string, over: Record<string, unknown>, fault: RegExp][] = [
    ['neither command nor url', { command: undefined }, /neither `command` nor `url`/],
    ['both command and url', { url: 'https://a.example' }, /both `command` and `url`/],
    ['headers without a url', { headers: { A: 'b' } }, /`headers` belong to a `url`/],
    ['args without a command', { command: undefined, url: 'https://a.example', args: ['x'] }, /belong to a `command`/],
    [
      'a url that is none',
      { command: undefined, url: 'crm.example' },
      /`url` is "crm\.example", which is no web address/,
    ],
    ['a url of another kind', { command: undefined, url: 'file:///etc/passwd' }, /no web address/],
    ['another name than its file', { name: 'crn' }, /the file is named "crm"/],
    ['a number in env', { env: { PORT: 80 } }, /`env\.PORT` is 80\. Quote it/],
    ['an unknown effect', { effect: 'none' }, /`effect` is "none"\. Give read, write or outside/],
    [
      'an unknown rule of a tool',
      { tools: { find: { policy: 'maybe' } } },
      /`tools\.find\.policy` is "maybe"\. Give allow, ask/,
    ],
    ['an audience of nobody', { audience: { pods: [] } }, /`audience/],
    ['an unknown audience', { audience: 'me' }, /`audience` is "me"\. Give everyone/],
    ['a timeout of nothing', { timeout: 0 }, /`timeout` is 0/],
    ['an unknown field', { commands: 'x' }, /`commands` is no known field/],
  ];
  for (const [what, over, fault] of FAULTY) {
    it(`is refused with ${what}`, () => {
      expect(faults(aManifest(over)))
        .to.match(fault)
        .and.to.match(/^manifests\/tools\/crm\.yaml: /);
    });
  }
});

describe('the shipped tool manifests', () => {
  it('are valid without any setting, and start nothing', async () => {
    const folder = new URL('../../manifests/tools/', import.meta.url);
    const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
    expect(files).to.include('filesystem.yaml');
    const egress: Record<string, boolean | undefined> = {};
    for (const file of files) {
      const parsed = parseToolManifest({ file, text: await readFile(new URL(file, folder), 'utf8') }, {});
      expect(parsed.kind === 'faulty' ? parsed.problems : [], file).to.deep.equal([]);
      expect(parsed.kind === 'valid' && parsed.manifest.enabled, file).to.equal(false);
      if (parsed.kind === 'valid') egress[file] = parsed.manifest.egress;
    }
    // Each says whether what it is given leaves the organisation.
    expect(egress).to.deep.equal({ 'fetch.yaml': true, 'filesystem.yaml': false });
  });
});
