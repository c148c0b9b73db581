// parse-skill: valid files, warnings, and problems with how to mend them.

import { expect } from 'chai';
import fc from 'fast-check';
import { type ParsedSkill, parseSkill } from '../../src/skills/parse-skill.ts';

const skillMd = (frontmatter: string, body = 'Do it.') => `---\n${frontmatter}\n---\n${body}\n`;

function read(frontmatter: string, body?: string): { skill: ParsedSkill; warnings: string[] } {
  const parsed = parseSkill(skillMd(frontmatter, body), 'tell-time');
  if (parsed.kind !== 'skill') throw new Error(parsed.problems.join('\n'));
  return parsed;
}

function problems(text: string, folder = 'tell-time'): string[] {
  const parsed = parseSkill(text, folder);
  if (parsed.kind !== 'faulty') throw new Error('it was taken for a skill');
  return parsed.problems;
}

const MINIMAL = 'name: tell-time\ndescription: Tells the time. Use it when asked for the time.';

describe('a SKILL.md', () => {
  it('gives name, description and instructions', () => {
    const { skill, warnings } = read(MINIMAL, '# Time\n\nLook at the clock.');
    expect(skill).to.deep.equal({
      name: 'tell-time',
      description: 'Tells the time. Use it when asked for the time.',
      metadata: {},
      allowedTools: [],
      instructions: '# Time\n\nLook at the clock.',
    });
    expect(warnings).to.deep.equal([]);
  });

  it('keeps every metadata value a text, as it is written', () => {
    const { skill } = read(`${MINIMAL}\nmetadata:\n  version: 1.10\n  ready: yes\n  since: 2026-01-02`);
    expect(skill.metadata).to.deep.equal({ version: '1.10', ready: 'yes', since: '2026-01-02' });
  });

  it('splits allowed-tools at spaces outside of brackets', () => {
    const { skill } = read(`${MINIMAL}\nallowed-tools: create_task mcp:crm/find Bash(git add:*) create_task`);
    expect(skill.allowedTools).to.deep.equal(['create_task', 'mcp:crm/find', 'Bash(git add:*)']);
  });

  it('is read with Windows line ends and a byte order mark', () => {
    const text = `\uFEFF${skillMd(MINIMAL).replace(/\n/g, '\r\n')}`;
    expect(parseSkill(text, 'tell-time').kind).to.equal('skill');
  });

  it('is read again with quotes when a value holds a colon', () => {
    const { skill, warnings } = read('name: tell-time\ndescription: Use it when: someone asks "what time?"');
    expect(skill.description).to.equal('Use it when: someone asks "what time?"');
    expect(warnings[0]).to.match(/^tell-time\/SKILL\.md: .*Quote it\.$/);
  });

  const WARNED: [what: string, frontmatter: string, warning: RegExp][] = [
    ['another name than its folder', 'name: other\ndescription: d', /`name` is "other" but the folder is "tell-time"/],
    ['a description that is too long', `name: tell-time\ndescription: ${'d'.repeat(1025)}`, /1025 characters/],
    ['a field the format does not know', `${MINIMAL}\nauthor: Ada`, /`author` is no field of a skill/],
    ['metadata that is no text', `${MINIMAL}\nmetadata:\n  a: [b]`, /`metadata.a` is not a text/],
    ['a list of allowed tools', `${MINIMAL}\nallowed-tools: [a, b]`, /`allowed-tools` is a list/],
    ['compatibility that is too long', `${MINIMAL}\ncompatibility: ${'c'.repeat(501)}`, /501 characters/],
  ];
  for (const [what, frontmatter, warning] of WARNED) {
    it(`is read, with a warning, with ${what}`, () => {
      expect(read(frontmatter).warnings.join('\n')).to.match(warning);
    });
  }

  it('is warned of when it has no instructions or more than 500 lines of them', () => {
    expect(read(MINIMAL, '').warnings.join()).to.contain('no instructions');
    expect(read(MINIMAL, 'line\n'.repeat(501)).warnings.join()).to.contain('501 lines');
  });

  const REFUSED: [what: string, text: string, problem: RegExp][] = [
    ['without frontmatter', '# Time\nLook at the clock.', /no frontmatter. Begin the file with a line `---`/],
    ['whose frontmatter never ends', '---\nname: tell-time\n', /no frontmatter/],
    ['whose frontmatter is not YAML', skillMd('name: [tell-time\n  description: "x'), /is not YAML \(.+\)/],
    ['whose frontmatter is a list', skillMd('- a\n- b'), /not a list of `field: value` lines/],
    ['without a name', skillMd('description: d'), /`name` is missing. Add `name: tell-time`/],
    ['without a description', skillMd('name: tell-time'), /`description` is missing/],
    ['with an empty description', skillMd('name: tell-time\ndescription: ""'), /`description` is missing/],
    ['with a path for a name', skillMd('name: ../../etc\ndescription: d'), /`name` is "..\/..\/etc". Use lowercase/],
    ['with capitals in its name', skillMd('name: Tell-Time\ndescription: d'), /Use lowercase/],
    [
      'with a name that is too long',
      skillMd(`name: ${'a'.repeat(65)}\ndescription: d`),
      /has 65 characters. Keep it within 64/,
    ],
    ['with a double hyphen', skillMd('name: tell--time\ndescription: d'), /single hyphens/],
    ['with a map for a name', skillMd('name: {a: b}\ndescription: d'), /`name` must be a text, not a map/],
    ['with metadata that is no map', skillMd(`${MINIMAL}\nmetadata: [a]`), /`metadata` must be a map/],
    ['with a map of allowed tools', skillMd(`${MINIMAL}\nallowed-tools: {a: b}`), /`allowed-tools` must be one text/],
  ];
  for (const [what, text, problem] of REFUSED) {
    it(`is refused ${what}`, () => {
      expect(problems(text).join('\n'))
        .to.match(problem)
        .and.to.match(/^tell-time\/SKILL\.md: /);
    });
  }

  it('is told all its problems at once', () => {
    expect(problems(skillMd('license: MIT'))).to.have.length(2);
  });

  it('cannot blow up by aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`),
    ];
    expect(problems(skillMd(bomb.join('\n'))).join()).to.contain('not YAML');
  });

  it('gives a skill or sentences for any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (frontmatter, body) => {
        for (const text of [frontmatter, skillMd(frontmatter, body), skillMd(`${MINIMAL}\n${frontmatter}`)]) {
          const parsed = parseSkill(text, 'tell-time');
          if (parsed.kind === 'faulty') expect(parsed.problems).to.not.be.empty;
          else expect(parsed.skill.name).to.match(/^\S+$/);
        }
      }),
    );
  });
});
