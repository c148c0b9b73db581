// Agent manifests: defaults, faults told all at once with their cure, and the agents that are shipped.

import { readdir, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import * as yaml from 'yaml';
import { parseAgentManifest } from '../../src/agents/manifest.ts';
import { ACTIONS } from '../../src/pods/actions.ts';

const aManifest = (over: Record<string, unknown> = {}) => ({
  handle: 'scribe',
  name: 'Scribe',
  avatar: { emoji: ':memo:' },
  purpose: 'Writes.',
  instructions: 'Write.',
  ...over,
});

const parse = (fields: unknown, file = 'manifests/agents/scribe.yaml') =>
  parseAgentManifest({ file, text: yaml.stringify(fields) });

function faults(fields: unknown, file?: string): string {
  const parsed = parse(fields, file);
  if (parsed.kind !== 'faulty') throw new Error('it was taken for valid');
  return parsed.problems.join('\n');
}

/** The tools that a manifest may name. */
const TOOLS = [...ACTIONS.values()].filter(({ internal }) => !internal).map(({ name }) => name);

describe('an agent manifest', () => {
  it('needs little, and gets the rest by default', () => {
    expect(parse(aManifest())).to.deep.equal({
      kind: 'valid',
      manifest: {
        ...aManifest(),
        tools: [],
        skills: [],
        budget: { turns: 40, tokens: 400_000 },
        addressable_by: 'members',
      },
    });
  });

  it('takes the half of a budget that is given', () => {
    const parsed = parse(aManifest({ budget: { turns: 5 } }));
    expect(parsed.kind === 'valid' && parsed.manifest.budget).to.deep.equal({ turns: 5, tokens: 400_000 });
  });

  const FAULTY: [what: string, over: Record<string, unknown>, fault: RegExp][] = [
    ['a handle with capitals', { handle: 'Scribe' }, /`handle` is "Scribe"\. A handle has 2 to 21 small letters/],
    ['a handle of one letter', { handle: 's' }, /`handle` is "s"/],
    ['no name', { name: undefined }, /`name` is missing\. Give the name people see/],
    ['an avatar that is neither', { avatar: { emoji: 'memo' } }, /`avatar\.emoji` is "memo"\. Give either/],
    ['an avatar over plain http', { avatar: { url: 'http://a.example/b.png' } }, /Give either/],
    ['instructions that are a list', { instructions: ['a'] }, /`instructions` is \["a"\]/],
    ['a tool that is no name', { tools: ['task:*'] }, /`tools\.0` is "task:\*"\. Name an action/],
    ['tools that are no list', { tools: 'create_task' }, /`tools` is "create_task"\. Give a list/],
    [
      'a budget with underscores',
      { budget: { tokens: '400_000' } },
      /`budget\.tokens` is "400_000"\. Give a whole number/,
    ],
    [
      'a context in which no pod has room',
      { budget: { context: 5000 } },
      /`budget\.context` is 5000\. Give the tokens at which its memory of a conversation begins anew: from 20,000 to 900,000/,
    ],
    ['a budget of nothing', { budget: { turns: 0 } }, /`budget\.turns` is 0/],
    ['a field that is unknown', { colour: 'red' }, /`colour` is no known field/],
    ['an unknown budget', { budget: { euros: 1 } }, /`budget\.euros` is no known field/],
    ['nobody to address it', { addressable_by: 'nobody' }, /`addressable_by` is "nobody"\. Give members, owners/],
  ];
  for (const [what, over, fault] of FAULTY) {
    it(`is refused with ${what}`, () => {
      expect(faults(aManifest(over)))
        .to.match(fault)
        .and.to.match(/^manifests\/agents\/scribe\.yaml: /);
    });
  }

  it('is refused with a word that others answer to', () => {
    for (const handle of ['here', 'channel', 'everyone', 'skein', 'org', 'postmaster']) {
      expect(faults(aManifest({ handle }), `${handle}.yaml`), handle).to.contain('That word is taken');
    }
  });

  it('is refused when its handle is not its file name', () => {
    expect(faults(aManifest(), 'manifests/agents/writer.yaml')).to.contain('the file is named "writer"');
  });

  it('tells every fault at once', () => {
    expect(faults({ handle: 'A', budget: { turns: 'x' }, extra: 1 }).split('\n')).to.have.length(7);
  });

  it('tells where the YAML is broken', () => {
    const parsed = parseAgentManifest({ file: 'a.yaml', text: 'handle: a\n  name: "b' });
    expect(parsed.kind === 'faulty' && parsed.problems.join()).to.match(/a\.yaml: it is not YAML: .*line 2/);
  });

  it('names the tool, server or skill that does not exist, and the one that was meant', () => {
    const text = yaml.stringify(aManifest({ tools: ['create_tasks', 'mcp:crn/find', 'use_tool'], skills: ['other'] }));
    const known = { tools: ['create_task'], servers: ['crm'], skills: ['hand-off-note'] };
    const parsed = parseAgentManifest({ file: 'scribe.yaml', text }, known);
    expect(parsed.kind === 'faulty' && parsed.problems).to.deep.equal([
      'scribe.yaml: `tools` names "create_tasks", which does not exist. Did you mean create_task?',
      'scribe.yaml: `tools` names "crn", which does not exist. Did you mean crm?',
      'scribe.yaml: `skills` names "other", which does not exist. Known are: hand-off-note.',
    ]);
  });

  it('gives a manifest or sentences for any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const parsed = parseAgentManifest({ file: 'a.yaml', text });
        if (parsed.kind === 'faulty')
          for (const problem of parsed.problems) expect(problem).to.match(/^a\.yaml: .*[.!?]$/s);
      }),
    );
  });
});

describe('the shipped agents', () => {
  it('are valid, and use actions and skills that exist', async () => {
    const folder = new URL('../../manifests/agents/', import.meta.url);
    const skills = await readdir(new URL('../../skills/', import.meta.url));
    const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
    expect(files).to.include.members(['scribe.yaml', 'scout.yaml', 'pilot.yaml']);
    for (const file of files) {
      const text = await readFile(new URL(file, folder), 'utf8');
      const parsed = parseAgentManifest({ file, text }, { tools: [...TOOLS, 'use_tool'], servers: [], skills });
      expect(parsed.kind === 'faulty' ? parsed.problems : [], file).to.deep.equal([]);
    }
  });
});
