// Searches for words wherever Skein or Slack may have them: for journeys in which somebody erases some.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailRoom } from './mailroom.ts';

/** The practice workspace’s own journal and the files shared in it, which stand for what Slack itself keeps. */
const SLACKS_OWN = /^(?:journal\.jsonl|F[A-Z0-9]{10})$/;
const IN_SLACK = ['ada', 'ben', 'chiara', 'dev'];
const WAIT_MS = 30_000;

export type Place =
  | 'search'
  | 'history'
  | 'notebook'
  | 'conversations'
  | 'tasks'
  | 'files'
  | 'waiting'
  | 'channel'
  | 'digests'
  | 'notices';

/** Everything that people and agents can read of the demo pod, by where it stands. `query`: a word to search for. */
export async function everywhere({ team, launch, act }: MailRoom, query: string): Promise<Record<Place, string>> {
  const read = async (action: string, input: object = {}) => JSON.stringify(await act(action, input));
  const roots = await team.messages(launch.channel);
  const threads = await Promise.all(roots.map(({ ts }) => team.messages(launch.channel, ts)));
  const { found } = (await act<{ found?: unknown }>('search_pod', { query })) ?? {};
  const { conversations } = await act<{ conversations: { id: string }[] }>('read_conversation', {
    conversation: 'all',
  });
  const { files } = await act<{ files: { name: string }[] }>('list_files');
  const direct = (await Promise.all(IN_SLACK.map((as) => team.messages('app', '', as)))).flat();
  const isDigest = ({ text }: { text: string }) => text.startsWith('Your digest');
  return {
    search: JSON.stringify(found ?? ''),
    history: await read('pod_history', { limit: 200 }),
    notebook: await read('read_pod'),
    conversations: JSON.stringify(
      await Promise.all(conversations.map(({ id }) => act('read_conversation', { conversation: id, limit: 50 }))),
    ),
    tasks: await read('list_tasks', { state: 'all' }),
    files: JSON.stringify([files, await Promise.all(files.map(({ name }) => contentOf(act, name)))]),
    waiting: JSON.stringify(await Promise.all(IN_SLACK.map((as) => team.get(`/practice/waiting?as=${as}`)))),
    channel: JSON.stringify([roots, threads]),
    digests: JSON.stringify(direct.filter(isDigest)),
    notices: JSON.stringify(direct.filter((one) => !isDigest(one))),
  };
}

/** Empty if somebody has erased the file since it was listed. */
async function contentOf(act: MailRoom['act'], name: string): Promise<unknown> {
  try {
    return await act('read_file', { name });
  } catch (error) {
    if (/ was erased by /.test(String(error))) return '';
    throw error;
  }
}

/** Waits until the words are nowhere any more. */
export async function gone(room: MailRoom, words: RegExp, query: string): Promise<Record<Place, string>> {
  for (const ends = Date.now() + WAIT_MS; ; await room.team.quiet()) {
    const all = await everywhere(room, query);
    const left = Object.entries(all).filter(([, text]) => words.test(text));
    if (!left.length) return all;
    if (Date.now() > ends)
      throw new Error(
        `The words are left in ${left.map(([where, text]) => `${where}: ${around(text, words)}`).join('\n')}`,
      );
  }
}

/** The files on the disk that hold the words, with their surroundings. Skein is stopped meanwhile. */
export async function onDisk({ team }: MailRoom, words: RegExp): Promise<string[]> {
  const found: string[] = [];
  await team.away(async () => {
    const files = await readdir(team.dir, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile() && !SLACKS_OWN.test(one.name))) {
      const bytes = await readFile(join(file.parentPath, file.name), 'latin1');
      if (words.test(bytes)) found.push(`${file.name}: ${around(bytes, words)}`);
    }
  });
  return found;
}

function around(text: string, words: RegExp): string {
  const at = text.search(words);
  return text.slice(Math.max(0, at - 200), at + 100);
}
