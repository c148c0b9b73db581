// Says why the agent was woken, and by whom. Read once, for the opening of an epoch.
import type { Reader } from '../../../log/action.ts';
import type { Commit } from '../../../log/commit.ts';
import { isAgent } from '../../../log/participant.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { aliasesOf } from '../../../pods/people/aliases.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { SessionDoc } from '../session.ts';

export interface Woken {
  by: string;
  handle: string;
  /** `guest`, `member`, `owner`; `agent`; `none` for somebody who is not in the pod; `skein` for a moment that came. */
  role: string;
  /** A safe name for somebody who chooses their own name. */
  alias?: string;
  why: string;
  /** The message that called the agent. */
  message?: string;
  at: number;
}

/** The reasons, by the action whose commit wakes. Others are told by the name of the action. */
const WHY: Readonly<Record<string, string>> = {
  post_message: 'a message for you',
  start_conversation: 'a message for you',
  edit_message: 'an edit that names you',
  take_mail: 'a mail for you',
  create_task: 'a task for you',
  start_workflow: 'a task for you',
  assign_task: 'a task for you',
  complete_task: 'a task that you gave, or waited for, is done',
  drop_task: 'a task that you gave was dropped',
  change_dependencies: 'a task of yours can begin',
  request_review: 'a task to review',
  approve: 'a task of yours is approved',
  send_back: 'a reviewer has sent a task of yours back',
  put_file: 'what you review has a new version',
  give_back_task: 'a task that you gave comes back',
  update_task: 'a task of yours has changed',
  reopen_task: 'a task of yours is open again',
  merge_tasks: 'another task has joined one of yours',
  follow_parts: 'a task of yours is open again',
  fall_due: 'a task of yours is due',
  fire_repeat: 'a task of yours comes again',
  answer_question: 'an answer to your question',
  question_due: 'your question has ended',
  withdraw_question: 'your question was withdrawn',
  delete_message: 'something you wait for was erased',
  redact: 'something you wait for was erased',
  add_member: 'you were added to the pod',
  retry_run: 'a second try of what failed',
  resume_run: 'your work goes on',
  hand_back: 'your work comes back to you',
};

/** Returns undefined if the commit is not there, as for a session that a test or a person began by hand. */
export async function wokenBy(
  read: Reader,
  { pod, conversation, agent }: Pick<SessionDoc, 'pod' | 'conversation' | 'agent'>,
  seq: number,
): Promise<Woken | undefined> {
  const [commit] = await read.commits(pod, seq, seq);
  if (!commit) return undefined;
  const { actor } = commit;
  const [names, aliases, member] = await Promise.all([
    namesOfAll(read, [actor]),
    aliasesOf(read, [actor]),
    actor === 'skein' ? undefined : read.get(MEMBERS, memberId(pod, actor)),
  ]);
  const { name, handle } = called(names, actor);
  const role = actor === 'skein' ? 'skein' : isAgent(actor) ? 'agent' : member?.state === 'in' ? member.role : 'none';
  const alias = aliases.get(actor);
  const message = wakeIn(commit, agent, conversation)?.because;
  return {
    ...{ by: name, handle, role, why: WHY[commit.action] ?? commit.action, at: commit.at },
    ...(alias ? { alias } : {}),
    ...(message ? { message } : {}),
  };
}

function wakeIn({ deliveries }: Commit, agent: string, conversation: string): DeliveryOf<'wake'> | undefined {
  const wakes = deliveries.filter((one): one is DeliveryOf<'wake'> => one.kind === 'wake');
  return wakes.find((one) => one.agent === agent && one.conversation === conversation);
}
