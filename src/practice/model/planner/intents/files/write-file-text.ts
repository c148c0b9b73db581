// Writes a file's text from the content of the pod. Each line gives its source, and nothing is invented.

import { type Task, taskLine } from '../../task-words.ts';
import { asTitle, subjectWords } from '../../words.ts';
import { foundLine } from '../search.ts';
import { type Said, saidLine } from '../summarise.ts';

export interface Material {
  found: readonly { kind: string; id: string; text: string; from?: string; at?: string }[];
  said: readonly Said[];
  tasks: readonly Task[];
  steps: readonly string[];
  skill?: string;
}

/** How many of the newest messages are used if none shares a word with the topic. */
const newest = 5;

export function documentText(wanted: { title: string; kind: string; query: string }, material: Material): string {
  const { found, tasks, steps, skill } = material;
  const said = onTopic(wanted.query, material.said);
  const box = wanted.kind === 'checklist';
  return [
    `# ${asTitle(wanted.title)}`,
    ...section(
      skill ? `Steps of the skill "${skill}"` : 'Steps',
      steps.map((step) => (box ? `- [ ] ${step}` : `- ${step}`)),
    ),
    ...section(
      'Tasks',
      tasks.map((task) => `- ${box ? `[${task.state === 'done' ? 'x' : ' '}] ` : ''}${taskLine(task)}`),
    ),
    ...section(
      'What the pod knows',
      found.map((each) => `- ${foundLine(each)}`),
    ),
    ...section('What was said', said.map(saidLine)),
    ...(found.length + said.length + tasks.length === 0 ? ['', 'The pod holds nothing on this yet.'] : []),
    ...section('Sources', sourceLines(wanted.query, { ...material, said })),
    '',
  ].join('\n');
}

function onTopic(query: string, said: readonly Said[]): readonly Said[] {
  const words = query.split(' ');
  const matching = said.filter(({ text }) => subjectWords(text).some((word) => words.includes(word)));
  return matching.length > 0 ? matching : said.slice(-newest);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `## ${title}`, '', ...lines] : [];
}

function sourceLines(query: string, { found, said, tasks, skill }: Material): string[] {
  return [
    found.length > 0 && `- search for "${query}": ${found.map(({ kind, id }) => `${kind} ${id}`).join(', ')}`,
    said.length > 0 && `- this conversation: ${said.map(({ id }) => id).join(', ')}`,
    tasks.length > 0 && `- tasks: ${tasks.map(({ number }) => `#${number}`).join(', ')}`,
    skill && `- skill: ${skill}`,
  ].filter((line) => typeof line === 'string');
}
