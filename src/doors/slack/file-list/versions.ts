// Shows the versions of a file, and what one of them changed.
import { quiet } from '../../../digest/quiet.ts';
import { lastLines } from '../../../pods/files/version-changes.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { RESULT_CHARS } from '../../../slack/limits.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { type Button, buttons, notice, outcome } from '../../../slack/render/blocks.ts';
import { type ListedLine, lineList } from '../../../slack/render/items/lists.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { whenFor } from './when.ts';

interface ShownVersions {
  file: { id: string; name: string; version: number };
  versions: { version: number; by: string; at: string; restores?: number; erased?: true }[];
  next?: number;
  changes?: string;
  note?: string;
}

export interface OfFile {
  pod: string;
  file: string;
}

const PAGE = 6;
const NAME_CHARS = 120;

/** `before`: only versions with a smaller number. */
export async function versionsPost(slack: SlackContext, person: PersonDoc, of: OfFile, before?: number): Promise<Post> {
  const { fill } = slack.texts;
  const { file, versions, next } = await read(slack, person, of, { limit: PAGE, ...(before ? { before } : {}) });
  const lines = versions.map((one) => lineOf(slack, person, of, one, file.version));
  const post = lineList(fill('file-list', 'versions', { file: file.name.slice(0, NAME_CHARS) }), lines);
  const value = `${of.pod}/${of.file}`;
  const pages: Button[] = [
    { actionId: actionIds.filePage, label: fill('file-list', 'to-files'), value: `${of.pod}/` },
    ...(next
      ? [{ actionId: actionIds.fileVersions, label: fill('file-list', 'more'), value: `${value}/${next}` }]
      : []),
  ];
  return { ...post, blocks: [...post.blocks, buttons(pages)] };
}

export async function changesPost(slack: SlackContext, person: PersonDoc, of: OfFile, version: number): Promise<Post> {
  const { fill } = slack.texts;
  const { file, changes, note } = await read(slack, person, of, { changes_in: version });
  const title = fill('file-list', 'changes', { version, file: file.name.slice(0, NAME_CHARS) });
  const post = changes
    ? outcome(title, lastLines(changes, RESULT_CHARS - 100))
    : notice(`**${quiet(title)}**\n${note ?? ''}`);
  const value = `${of.pod}/${of.file}`;
  const back = { actionId: actionIds.fileVersions, label: fill('file-list', 'to-versions'), value };
  const send = { actionId: actionIds.fileSend, label: fill('file-list', 'send'), value: `${value}/${version}` };
  return { ...post, blocks: [...post.blocks, buttons([back, send])] };
}

async function read(
  slack: SlackContext,
  person: PersonDoc,
  { pod, file }: OfFile,
  more: object,
): Promise<ShownVersions> {
  const input = { name: file, ...more };
  const asked = { as: person, pod: { id: pod }, action: 'list_versions', input, via: 'slack' } as const;
  return (await enter<ShownVersions>(slack, asked)).result;
}

function lineOf(
  { texts: { fill } }: SlackContext,
  person: PersonDoc,
  { pod, file }: OfFile,
  { version, by, at, restores, erased }: ShownVersions['versions'][number],
  newest: number,
): ListedLine {
  const facts = { version, person: quiet(by, 60), when: whenFor(person, at) };
  if (erased) return { line: fill('file-list', 'version-erased', facts), buttons: [] };
  const said = fill('file-list', version === newest ? 'version-newest' : 'version', facts);
  const value = `${pod}/${file}/${version}`;
  const button = (actionId: string, label: string): Button => ({ actionId, label, value });
  return {
    line: restores ? fill('file-list', 'version-restored', { line: said, of: restores }) : said,
    buttons: [
      button(actionIds.fileSend, fill('file-list', 'send')),
      ...(version > 1 ? [button(actionIds.fileChanges, fill('file-list', 'what-changed'))] : []),
      ...(version < newest ? [button(actionIds.fileRestore, fill('file-list', 'restore'))] : []),
    ],
  };
}
