// Shows the files of a pod, the newest first, with buttons: /skein files.
import { quiet } from '../../../digest/quiet.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { type Button, buttons, notice } from '../../../slack/render/blocks.ts';
import { type ListedLine, lineList } from '../../../slack/render/items/lists.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import type { ShownPod } from '../lists.ts';
import { whenFor } from './when.ts';

interface ShownFile {
  id: string;
  name: string;
  version: number;
  by: string;
  at: string;
  conflict?: true;
}

/** The most files of a page. Each has buttons, and a message has room for about this many. */
const PAGE = 8;
const NAME_CHARS = 120;

/** `after`: the id of the last file of the page before. */
export async function filesPost(
  slack: SlackContext,
  person: PersonDoc,
  { pod, name, after }: { pod: string; name: string; after?: string | undefined },
): Promise<Post> {
  const { fill } = slack.texts;
  const { files, next } = await filesOf(slack, person, pod, after);
  if (!files.length && !after) return notice(fill('file-list', 'none', { pod: quiet(name, 60) }));
  const lines = files.map((file) => lineOf(slack, person, pod, file));
  const post = lineList(fill('file-list', 'files', { pod: name }), lines);
  const pages: Button[] = [
    ...(after ? [{ actionId: actionIds.filePage, label: fill('file-list', 'to-files'), value: `${pod}/` }] : []),
    ...(next ? [{ actionId: actionIds.fileNext, label: fill('file-list', 'more'), value: `${pod}/${next}` }] : []),
  ];
  return pages.length ? { ...post, blocks: [...post.blocks, buttons(pages)] } : post;
}

/** The newest files of all the pods. The files of one pod are listed in its channel. */
export async function filesEverywhere(
  slack: SlackContext,
  person: PersonDoc,
  { pods, where }: { pods: readonly ShownPod[]; where: string },
): Promise<Post> {
  const { fill } = slack.texts;
  const all = await Promise.all(
    pods.map(async (pod) => (await filesOf(slack, person, pod.id)).files.map((file) => ({ pod, file }))),
  );
  const newest = all
    .flat()
    .sort((a, b) => b.file.at.localeCompare(a.file.at))
    .slice(0, PAGE);
  if (!newest.length) return notice(fill('file-list', 'none', { pod: where }));
  const lines = newest.map(({ pod, file }) => lineOf(slack, person, pod.id, file, pod.name));
  return lineList(fill('file-list', 'files', { pod: where }), lines, fill('file-list', 'only-newest'));
}

async function filesOf(slack: SlackContext, person: PersonDoc, pod: string, after?: string) {
  const input = { limit: PAGE, ...(after ? { after } : {}) };
  const asked = { as: person, pod: { id: pod }, action: 'list_files', input, via: 'slack' } as const;
  return (await enter<{ files: ShownFile[]; next?: string }>(slack, asked)).result;
}

function lineOf(
  { texts: { fill } }: SlackContext,
  person: PersonDoc,
  pod: string,
  { id, name, version, by, at, conflict }: ShownFile,
  podName?: string,
): ListedLine {
  const facts = { file: quiet(name, NAME_CHARS), version, person: quiet(by, 60), when: whenFor(person, at) };
  const line = podName
    ? fill('file-list', 'line-in-pod', { ...facts, pod: quiet(podName, 60) })
    : fill('file-list', 'line', facts);
  const value = `${pod}/${id}/${version}`;
  const older: Button[] = [
    { actionId: actionIds.fileVersions, label: fill('file-list', 'older'), value: `${pod}/${id}` },
    { actionId: actionIds.fileChanges, label: fill('file-list', 'what-changed'), value },
  ];
  return {
    line: conflict ? fill('file-list', 'conflict', { line }) : line,
    buttons: [{ actionId: actionIds.fileSend, label: fill('file-list', 'send'), value }, ...(version > 1 ? older : [])],
  };
}
