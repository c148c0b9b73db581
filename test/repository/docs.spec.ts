// The documentation names what is there: files, headings, and the rooms as the imports are held to them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { MAY } from './rooms.ts';

const HOME = resolve(import.meta.dirname, '../..');
const ARCHITECTURE = 'docs/architecture.md';

/** Names that the worked examples of docs/extending.md add. They do not exist in the code. */
const EXAMPLES: readonly string[] = [
  'templates/texts/pod-archived.md',
  'src/pods/notes/due.ts',
  'src/agents/gate/rules/on-hold.ts',
  'src/pods/links/link.ts',
  'src/pods/links/kind.ts',
  'src/tools/forms/find-form.ts',
  'src/pods/pod/wishes.ts',
  'src/outbox/kinds/archived.ts',
  'src/pods/tasks/leave-task.ts',
  'src/doors/sms/sms.ts',
];

const named = (folder: string, ends: RegExp): string[] =>
  readdirSync(join(HOME, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ends.test(name))
    .map((name) => join(folder, name));
const textOf = (name: string) => readFileSync(join(HOME, name), 'utf8');
const exists = (name: string) => existsSync(join(HOME, name));

const PAGES = ['README.md', ...named('docs', /\.md$/)];
const CODE = [...named('src', /\.[jt]s$/), ...named('test', /\.ts$/)];

/** A path in code marks; one with a placeholder or a star stands for many. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`((?:src|test|templates|manifests|skills|bench|docs)\/[^`\s]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[<>{}*…]/.test(path));
}

function headingsOf(page: string): string[] {
  const prose = textOf(page).replace(/^( *)```[\s\S]*?^\1```$/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
}

/** As GitHub makes the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

describe('the documentation', () => {
  it('names only files that exist', () => {
    const wrong = PAGES.flatMap((page) =>
      pathsIn(textOf(page))
        .filter((path) => !exists(path) && !(page === 'docs/extending.md' && EXAMPLES.includes(path)))
        .map((path) => `${page} names ${path}`),
    );
    expect(wrong).to.deep.equal([]);
    expect(pathsIn(textOf(ARCHITECTURE)).length).to.be.greaterThan(100);
  });

  it('shows as examples only what is not there', () => {
    expect(EXAMPLES.filter(exists)).to.deep.equal([]);
  });

  it('links only to pages and headings that exist', () => {
    const wrong = PAGES.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s{]*)(?:#([^)\s]*))?\)/g)]
        .filter(([, path = '', anchor]) => {
          const target = path ? relative(HOME, resolve(HOME, dirname(page), path)) : page;
          return !exists(target) || (anchor !== undefined && !headingsOf(target).map(anchorOf).includes(anchor));
        })
        .map(([link]) => `${page}: ${link}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('has the headings that code cites, and code cites no document that is not in the repository', () => {
    const headings = headingsOf(ARCHITECTURE);
    const cited = CODE.flatMap((file) =>
      [...textOf(file).matchAll(/architecture\.md, “([^”]+)”/g)].map(([, heading = '']) => ({ file, heading })),
    );
    expect(cited.filter(({ heading }) => !headings.includes(heading))).to.deep.equal([]);
    expect(cited.length).to.be.greaterThan(5);
    expect([...CODE, ...PAGES].filter((file) => /\bDESIGN (section|says)\b/.test(textOf(file)))).to.deep.equal([]);
  });

  it('says of every room what the test of the imports lets it know', () => {
    const rows = textOf(ARCHITECTURE).matchAll(/^\| `(\w+)` \| .+ \| ([^|]+) \|$/gm);
    const told = Object.fromEntries([...rows].map(([, room = '', known = '']) => [room, known.split(', ').sort()]));
    const small = ['errors', 'logger', 'closest', 'secrets'];
    const held = Object.entries(MAY).filter(([room]) => !small.includes(room));
    expect(told).to.deep.equal(Object.fromEntries(held.map(([room, known]) => [room, [...known].sort()])));
  });

  it('has a decision behind every line of their list', () => {
    const pages = named('docs/decisions', /\.md$/).filter((page) => !page.endsWith('README.md'));
    const listed = [...textOf('docs/decisions/README.md').matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name = '']) => name);
    expect(listed.map((name) => `docs/decisions/${name}`).sort()).to.deep.equal(pages.sort());
    const parts = ['Context', 'Options', 'Evidence', 'Consequences'];
    for (const page of pages) expect(headingsOf(page).slice(1), page).to.deep.equal(parts);
  });
});
