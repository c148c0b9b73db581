// Says which word holds a call back: who did what. It quotes nothing, since what was said comes as news.
import type { Reader } from '../../../log/action.ts';
import { changesOf } from '../../../pods/kinds.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { inLine } from '../../sessions/fence.ts';

export async function wordSaid(read: Reader, pod: string, seq: number): Promise<string> {
  const [commit] = await read.commits(pod, seq, seq);
  if (!commit) return 'a person wrote or changed something here';
  const name = called(await namesOfAll(read, [commit.actor]), commit.actor).name;
  const changes = changesOf(commit);
  const said = changes.find(({ type }) => type === 'word_said');
  const control = changes.map(({ type }) => CONTROL[type]).find((did) => did !== undefined);
  return `${inLine(name)} ${control ?? (said && 'did' in said ? said.did : 'wrote here')}`;
}

const CONTROL: Readonly<Record<string, string>> = {
  run_paused: 'paused you',
  work_taken: 'took your work over',
  work_handed_back: 'had your work and handed it back',
  run_ended: 'ended this work',
};
