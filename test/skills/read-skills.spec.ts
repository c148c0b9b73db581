// read-skills: a directory of skills on a real disk, with hostile ones among them; and the skills that are shipped.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readSkills } from '../../src/skills/read-skills.ts';

const GOOD = '---\nname: good\ndescription: A good skill.\n---\nDo good.\n';

describe('reading a directory of skills', () => {
  let root: string;
  const skill = async (name: string, files: Record<string, string | Uint8Array>) => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(root, name, path, '..'), { recursive: true });
      await writeFile(join(root, name, path), content);
    }
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'skills-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gives skills with their files, sizes and a hash', async () => {
    await skill('good', { 'SKILL.md': GOOD, 'references/a.md': 'four', '.DS_Store': 'x' });
    const { skills, problems, warnings } = await readSkills(root);
    expect([problems, warnings]).to.deep.equal([[], []]);
    expect(skills[0]).to.deep.include({ name: 'good', files: [{ path: 'references/a.md', size: 4, text: 'four' }] });
    expect(skills[0]?.hash).to.match(/^[0-9a-f]{64}$/);
  });

  it('gives another hash when any file changes, and the same when none does', async () => {
    await skill('good', { 'SKILL.md': GOOD, 'references/a.md': 'one' });
    const hash = async () => (await readSkills(root)).skills[0]?.hash;
    const first = await hash();
    expect(await hash()).to.equal(first);
    await skill('good', { 'references/a.md': 'two' });
    expect(await hash()).to.not.equal(first);
  });

  it('gives nothing for a directory that is not there', async () => {
    expect(await readSkills(join(root, 'none'))).to.deep.equal({ skills: [], problems: [], warnings: [] });
  });

  it('never lets a broken skill hide the others', async () => {
    await skill('good', { 'SKILL.md': GOOD });
    await skill('a-yaml', { 'SKILL.md': '---\nname: [\n---\n' });
    await skill('b-nameless', { 'SKILL.md': '---\ndescription: d\n---\n' });
    await skill('c-empty', { 'notes.md': 'no skill here' });
    await skill('d-huge', { 'SKILL.md': `${GOOD}${'x'.repeat(10 * 1024 * 1024)}` });
    await skill('e-deep', { 'SKILL.md': GOOD, 'a/b/c/d/e/f/g.md': 'x' });
    await skill('f-twin', { 'SKILL.md': GOOD.replace('d skill', 'd twin') });
    await writeFile(join(root, 'README.md'), 'about these skills');
    const { skills, problems } = await readSkills(root);
    expect(skills.map(({ name }) => name)).to.deep.equal(['good']);
    const told = problems.join('\n');
    expect(told).to.match(/a-yaml\/SKILL\.md: .*not YAML/);
    expect(told).to.match(/b-nameless\/SKILL\.md: `name` is missing/);
    expect(told).to.match(/c-empty: it has no SKILL\.md/);
    expect(told).to.match(/d-huge: it holds more than 10 MB/);
    expect(told).to.match(/e-deep: its folders are nested deeper/);
    expect(problems).to.have.length(6);
  });

  it('warns of another name than the folder, and loads', async () => {
    await skill('other', { 'SKILL.md': GOOD });
    const { skills, warnings } = await readSkills(root);
    expect(skills).to.have.length(1);
    expect(warnings.join()).to.contain('the folder is "other"');
  });

  it('refuses a SKILL.md or a file that is too large, with its size', async () => {
    await skill('long', { 'SKILL.md': `${GOOD}${'x'.repeat(300 * 1024)}` });
    await skill('wide', { 'SKILL.md': GOOD, 'references/big.md': 'x'.repeat(1024 * 1024 + 1) });
    const { problems } = await readSkills(root);
    expect(problems.join('\n'))
      .to.match(/long\/SKILL\.md: it has 307,\d+ bytes/)
      .and.to.match(/wide\/references\/big\.md/);
  });

  it('refuses symbolic links, to files, folders and as skills', async () => {
    await writeFile(join(root, 'secret.txt'), 'secret');
    await skill('to-file', { 'SKILL.md': GOOD });
    await symlink('../secret.txt', join(root, 'to-file', 'notes.md'));
    await skill('to-folder', { 'SKILL.md': GOOD });
    await symlink('..', join(root, 'to-folder', 'references'));
    await symlink('to-file', join(root, 'as-skill'));
    await mkdir(join(root, 'main-link'));
    await symlink('../secret.txt', join(root, 'main-link', 'SKILL.md'));
    const { skills, problems } = await readSkills(root);
    expect(skills).to.deep.equal([]);
    expect(problems.filter((problem) => problem.includes('symbolic link'))).to.have.length(4);
  });

  it('gives the texts of its files, and lists what is none by name and size', async () => {
    await skill('good', {
      'SKILL.md': GOOD,
      'references/a.md': 'Grüße',
      'assets/logo.png': new Uint8Array([0x89, 0x50, 0xff, 0xfe]),
      'assets/data.bin': 'a\0b',
    });
    const { skills, problems, warnings } = await readSkills(root);
    expect([problems, warnings]).to.deep.equal([[], []]);
    expect(skills[0]?.files).to.deep.equal([
      { path: 'assets/data.bin', size: 3 },
      { path: 'assets/logo.png', size: 4 },
      { path: 'references/a.md', size: 7, text: 'Grüße' },
    ]);
  });

  it('warns of a file that should be text and is not', async () => {
    await skill('good', { 'SKILL.md': GOOD, 'references/a.md': Buffer.from('Gr\xfc\xdfe', 'latin1') });
    const { skills, warnings } = await readSkills(root);
    expect(skills).to.have.length(1);
    expect(warnings).to.deep.equal([
      'good/references/a.md: it is no UTF-8 text, so agents see its name only. Save it as UTF-8.',
    ]);
  });
});

describe('the shipped skills', () => {
  it('are valid, short, and bring a reference each that they speak of', async () => {
    const { skills, problems, warnings } = await readSkills(new URL('../../skills', import.meta.url).pathname);
    expect([problems, warnings]).to.deep.equal([[], []]);
    expect(skills.map(({ name }) => name)).to.include.members(['hand-off-note', 'weekly-review']);
    for (const skill of skills) {
      expect(skill.files, skill.name).to.not.be.empty;
      for (const { path } of skill.files) expect(skill.instructions, skill.name).to.contain(path);
    }
  });
});
