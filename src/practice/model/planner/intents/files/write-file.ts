// Handles "Write a brief called launch-brief.md about the launch". Writes the file from the content of the pod, with
// the sources.

import { type Call, type Intent, list, part, type Talk, tryCall } from '../../intent.ts';
import type { Situation, Skill } from '../../situation.ts';
import { asTitle, count, subjectWords } from '../../words.ts';
import { skillFor, stepsIn } from '../use-skill.ts';
import { fileName } from './read-file.ts';
import { documentText, type Material } from './write-file-text.ts';

const verb = /\b(?:write|draft|create|make|prepare|put together|produce|save|start|compile|add)\b/i;
const kind = /\b(file|brief(?:ing)?|document|doc|checklist|report|memo|plan|page|readme|notes)\b/i;
const titled =
  /\b(?:called|named|titled)\s+["“`]?([\w][\w .-]*?)["”`]?(?=\s+(?:about|on|for|with|from|saying|that)\b|[:,.!?]*$)/i;
const topic = /\b(?:about|on|regarding|covering|for|of)\s+(?!me\b|us\b)(?:the |our |this |a )?(.+?)[.!?]*$/is;
/** Matches a request such as "a launch brief", where the topic comes before the kind of file. */
const before = new RegExp(
  `\\b(?:an?|the|our)\\s+(?:(?:short|new|quick|first|little)\\s+)*([\\p{L}\\p{N}][\\p{L}\\p{N} -]{1,40}?)\\s+${kind.source}`,
  'iu',
);
const here = /^(?:this |the )?(?:thread|conversation|discussion|pod|channel)\b/i;
const namedFile = new RegExp(`(?:\\b(?:called|named|titled|as|to|in|into)\\s+)?${fileName.source}`, 'i');
const given = /(?:\b(?:saying|with the (?:text|content)|containing|that says)\b:?|:)\s+(.+)$/is;

interface Wanted {
  name: string;
  title: string;
  kind: string;
  query: string;
  text?: string;
}

export const writeFile: Intent = {
  hear({ text }, situation) {
    const wanted = wantedIn(text);
    return wanted ? () => write(wanted, skillFor(text, situation), situation) : undefined;
  },
};

function wantedIn(text: string): Wanted | undefined {
  const file = fileName.exec(text)?.[1];
  const called = file ?? titled.exec(text)?.[1]?.trim();
  const type = kind.exec(text)?.[1]?.toLowerCase();
  if (!verb.test(text) || !(type || called)) return undefined;
  const words = file ? text.replace(namedFile, '') : text;
  const content = given.exec(words)?.[1]?.trim();
  const bare = words.replace(given, '').replace(titled, '');
  const about = [topic.exec(bare)?.[1], before.exec(bare)?.[1]].find((each) => each && !here.test(each))?.trim();
  const label = asTitle(about ?? called?.replace(/\.\w+$/, '').replace(/[-_]+/g, ' ') ?? type ?? 'notes');
  return {
    name: file ?? `${slug(called ?? [about, type].filter(Boolean).join(' '))}.md`,
    title: label,
    kind: type ?? 'file',
    query: subjectWords(label).slice(0, 8).join(' '),
    ...(content && { text: content }),
  };
}

function* write(wanted: Wanted, skill: Skill | undefined, { offered }: Situation): Talk {
  const asked: Call[] = [
    tryCall('list_files'),
    tryCall('search_pod', { query: wanted.query || wanted.title, limit: 10 }),
    tryCall('read_conversation', { limit: 50 }),
    tryCall('list_tasks', { state: 'all' }),
  ].filter(({ tool }) => offered.has(tool) && (wanted.text === undefined || tool === 'list_files'));
  if (skill) asked.push(tryCall('load_skill', { name: skill.name }));
  const outcomes = asked.length > 0 ? yield asked : [];
  const outcomeOf = (tool: string) => outcomes[asked.findIndex((each) => each.tool === tool)];
  const material: Material = {
    found: list(outcomeOf('search_pod'), 'found'),
    said: list(outcomeOf('read_conversation'), 'messages'),
    tasks: list(outcomeOf('list_tasks'), 'tasks'),
    steps: stepsIn(outcomeOf('load_skill')),
    ...(skill && { skill: skill.name }),
  };
  const text = wanted.text ?? documentText(wanted, material);
  const there = list<{ name: string; version: number }>(outcomeOf('list_files'), 'files').find(
    ({ name }) => name === wanted.name,
  );
  // A file is written over only after its newest version was read.
  if (there && offered.has('read_file')) yield [tryCall('read_file', { name: wanted.name })];
  const [put] = yield [{ tool: 'put_file', input: { name: wanted.name, text, ...(there && { base: there.version }) } }];
  const version = part<{ version?: number }>(put, 'file')?.version;
  return `Wrote ${wanted.name}${version ? ` (version ${version})` : ''}${wanted.text === undefined ? ` from ${sources(material)}` : ''}.`;
}

function sources({ found, said, tasks, skill }: Material): string {
  const parts = [count(found.length, 'entry', 'entries'), count(said.length, 'message'), count(tasks.length, 'task')];
  return `${parts.join(', ')} of this pod${skill ? `, by the skill "${skill}"` : ''}`;
}

function slug(text: string): string {
  const words = text
    .replace(/\.(?:md|txt)$/i, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  return (
    words
      .match(/[a-z0-9]+/g)
      ?.slice(0, 8)
      .join('-') ?? 'notes'
  );
}
