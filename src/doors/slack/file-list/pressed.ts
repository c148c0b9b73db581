// Handles the buttons in a list of files or versions. Only the person who asked for the list sees what they show.
import { NotFound } from '../../../errors.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { filesPost } from './list.ts';
import { detach, taskFilesPost } from './of-task.ts';
import { changesPost, versionsPost } from './versions.ts';

type Button = Extract<Inbound, { kind: 'button' }>;
type Reply = (post: Post, replaceOriginal?: boolean) => Promise<void>;

export function isFileButton({ actionId }: Button): boolean {
  return actionId.startsWith('file.');
}

export async function filePressed(
  slack: SlackContext,
  pressed: Button,
  person: PersonDoc,
  reply: Reply,
): Promise<void> {
  const [pod = '', file = '', number = ''] = pressed.value.split('/');
  const of = { pod, file };
  if (pressed.actionId.startsWith(actionIds.fileKeep)) return settle(slack, pressed, person);
  switch (pressed.actionId) {
    case actionIds.filePage:
    case actionIds.fileNext:
      return reply(await page(slack, person, pod, file), true);
    case actionIds.fileVersions:
      return reply(await versionsPost(slack, person, of, number ? Number(number) : undefined), true);
    case actionIds.fileChanges:
      return reply(await changesPost(slack, person, of, Number(number)), true);
    case actionIds.filesOfTask:
      return reply(await taskFilesPost(slack, person, pressed.value));
    case actionIds.fileDetach:
      return reply(await detach(slack, pressed, person), true);
    case actionIds.fileSend:
      return reply(await send(slack, pressed, person));
    case actionIds.fileRestore:
      return reply(await restore(slack, pressed, person), true);
    default:
      throw new NotFound('This button belongs to something that is over. Write /skein files again.');
  }
}

async function page(slack: SlackContext, person: PersonDoc, pod: string, after: string): Promise<Post> {
  const name = (await slack.read.get(PODS, pod))?.name ?? pod;
  return filesPost(slack, person, { pod, name, ...(after ? { after } : {}) });
}

interface Sent {
  file: { name: string; version: number };
  through: 'slack' | 'email';
}

async function send(slack: SlackContext, { value, triggerId }: Button, person: PersonDoc): Promise<Post> {
  const [pod = '', name = '', version = ''] = value.split('/');
  const { result } = await enter<Sent>(slack, {
    ...{ as: person, pod: { id: pod }, via: 'slack', key: `send-file:${triggerId}` },
    ...{ action: 'send_file', input: { name, version: Number(version) } },
  });
  const { file, through } = result;
  const facts = { file: file.name, version: file.version };
  return notice(
    through === 'slack'
      ? slack.texts.fill('file-list', 'sent-in-slack', facts)
      : slack.texts.fill('file-list', 'sent-by-mail', facts),
  );
}

/** The deliveries of the act update what shows the conflict. */
async function settle(slack: SlackContext, { value, triggerId }: Button, person: PersonDoc): Promise<void> {
  const [pod = '', file = '', keep = ''] = value.split('/');
  const asked = { as: person, pod: { id: pod }, via: 'slack', key: `keep:${triggerId}` } as const;
  await enter(slack, { ...asked, action: 'settle_conflict', input: { file, keep } });
}

/** The list of versions is shown anew, below a sentence that says how to undo it. */
async function restore(slack: SlackContext, { value, triggerId }: Button, person: PersonDoc): Promise<Post> {
  const [pod = '', name = '', version = ''] = value.split('/');
  const { result } = await enter<{ file: { name: string; version: number; was: number } }>(slack, {
    ...{ as: person, pod: { id: pod }, via: 'slack', key: `restore-file:${triggerId}` },
    ...{ action: 'restore_file', input: { name, version: Number(version) } },
  });
  const { file } = result;
  const said = notice(
    slack.texts.fill('file-list', 'restored', {
      ...{ file: file.name, version: file.version, of: version, was: file.was },
    }),
  );
  const list = await versionsPost(slack, person, { pod, file: name });
  return { text: `${said.text}\n${list.text}`, blocks: [...said.blocks, ...list.blocks] };
}
