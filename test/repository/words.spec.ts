// Words that only we know stand in no sentence that people or agents read, and no name in the code has two meanings that the glossary parts.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect } from 'chai';

const SRC = resolve(import.meta.dirname, '../../src');
const GLOSSARY = resolve(import.meta.dirname, '../../docs/glossary.md');
const INNER = /\bepochs?\b/i;

/** Names that had several meanings. The glossary says which word to use instead. */
const BANNED = [
  /(?:make)?Turns/,
  /Log|makeLog|log: Logger/,
  /[sS]tanding\w*/,
  /podsOf/,
  /HeldLease|onHeld/,
  /[pP]laced|placesIn|placesOf|isPlace|placeNamed/,
  /HeldMail|HELD_MAILS|heldMails?|HeldWish|holdLease/,
  /needPod|needsPod|needWords/,
  /[kK]ept[A-Z]\w*|\w*[a-z]Kept|Kept|(?:\w+_)?KEPT(?:_\w+)?/,
  /Told|ToldRun|ToldMail|function tell|teller|telling|isTold/,
  /function speak|Spoken|ToSay|texts\.say|wordOf/,
  /[rR]eading|\w*[a-z]Reading|[rR]eading[A-Z]\w*/,
];
const DOUBLES = new RegExp(String.raw`\b(?:${BANNED.map(({ source }) => source).join('|')})\b`, 'g');
const LITERAL = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

function files(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return files(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

/** A file without its comments. */
function codeOf(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
    .replace(/\s\/\/ .*$/gm, '');
}

/** The literals of a file that are sentences, without what is filled in. */
function sentencesOf(path: string): string[] {
  const literals = codeOf(path).match(LITERAL) ?? [];
  return literals.map((text) => text.replace(/\$\{[^{}]*\}/g, '…')).filter((text) => /[a-z] [a-z]/i.test(text));
}

describe('the words of Skein', () => {
  it('are read here', () => {
    const all = files(SRC).flatMap(sentencesOf);
    expect(all.length).to.be.greaterThan(1000);
    expect(all.some((text) => text.includes('Cut off at the length limit'))).to.equal(true);
  });

  it('never say “epoch” to anybody', () => {
    const told = files(SRC).flatMap((path) =>
      sentencesOf(path).flatMap((text) => (INNER.test(text) ? [`${relative(SRC, path)}: ${text}`] : [])),
    );
    expect(told).to.deep.equal([]);
  });

  it('set aside what failed, and never put it aside', () => {
    const others = files(SRC).filter((path) => /\b[pP]ut aside\b/.test(readFileSync(path, 'utf8')));
    expect(others.map((path) => relative(SRC, path))).to.deep.equal([]);
  });

  it('open no comment with What, Who, Of, So or Such', () => {
    // The first line of a comment only: a sentence further down may begin as it likes.
    const opening =
      /(?:\/\*\*\s+(?:\*\s+)?|(?<!(?:^|\n)[ \t]*\/\/[^\n]*\n[ \t]*)(?<=(?:^|\n)[ \t]*)\/\/ )(?:What|Who|Whoever|Whose|Whom|Of|So|Such)\b/g;
    const found = files(SRC).flatMap((path) =>
      (readFileSync(path, 'utf8').match(opening) ?? []).map((text) => `${relative(SRC, path)}: ${text.trim()} …`),
    );
    expect(found).to.deep.equal([]);
  });

  it('have one meaning each in the names of the code', () => {
    const doubles = files(SRC).flatMap((path) => {
      // The words of a literal name nothing; what a template is filled with is code.
      const code = codeOf(path).replace(LITERAL, (text) => (text.match(/\$\{[^{}]*\}/g) ?? []).join(' '));
      return [...code.matchAll(DOUBLES)].map(([name]) => `${relative(SRC, path)}: ${name} (see docs/glossary.md)`);
    });
    expect(doubles).to.deep.equal([]);
  });

  it('call a place only where something stands outside, which the protocols do not know', () => {
    const others = ['slack', 'email', 'practice'].flatMap((room) =>
      files(join(SRC, room)).flatMap((path) => {
        const code = codeOf(path).replace(LITERAL, (text) => (text.startsWith('`') ? text : "''"));
        return /\b(?:const|let|type|interface) places?\b|\bplaces?[.:]|\bPlaces?\b/.test(code)
          ? [relative(SRC, path)]
          : [];
      }),
    );
    expect(others).to.deep.equal([]);
  });

  it('stand in the glossary where a name is banned, with the name to use instead', () => {
    const banned = readFileSync(GLOSSARY, 'utf8').split('## Banned doubles')[1] ?? '';
    for (const name of [
      'Turns',
      'makeTurns',
      'Log',
      'makeLog',
      'log: Logger',
      'standing',
      'Standing',
      'podsOf',
      'HeldLease',
      'onHeld',
      'Told',
      'ToldRun',
      'ToldMail',
      'function tell',
      'teller',
      'telling',
      'isTold',
      'function speak',
      'Spoken',
      'ToSay',
      'texts.say',
      'wordOf',
      'placed',
      'Placed',
      'placesIn',
      'placesOf',
      'isPlace',
      'placeNamed',
      'HeldMail',
      'HELD_MAILS',
      'heldMails',
      'HeldWish',
      'holdLease',
      'needPod',
      'needsPod',
      'needWords',
      'Kept',
      'keptFields',
      'KEPT_MS',
      'reading',
      'Reading',
      'SkillReading',
    ]) {
      expect(name.match(DOUBLES), name).to.deep.equal([name]);
      expect(banned, name).to.include(`\`${name}\``);
    }
  });
});
