// The followers and files of a task that go along when it joins another, and that leave with it again. Pure.
import type { PersonId } from '../../../log/participant.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import type { Change } from '../../kinds.ts';
import { MOST_FILES, type TaskDoc } from '../task.ts';

export interface TakenAlong {
  /** Those who follow the other task only because of this one. */
  followers: PersonId[];
  /** The ids of the files that only this one had. */
  files: string[];
}

type Talk = Pick<ConversationDoc, 'mail'> | undefined;

export function takenAlong(task: TaskDoc, into: TaskDoc, { from, to }: { from: Talk; to: Talk }): TakenAlong {
  const theirs = [...new Set([...(task.followers ?? []), ...(from?.mail?.people ?? [])])];
  const before = [...(into.followers ?? []), ...(to?.mail?.people ?? [])];
  const room = MOST_FILES - (into.files?.length ?? 0);
  return {
    followers: theirs.filter((one) => !before.includes(one)),
    files: (task.files ?? []).filter((one) => !into.files?.includes(one)).slice(0, Math.max(0, room)),
  };
}

/** Returns the changes that undo the merging, beside the move of the task itself. `talk`: of the other task. */
export function takenOut(task: TaskDoc, into: TaskDoc | undefined, talk: ConversationDoc | undefined): Change[] {
  const { merged } = task;
  if (!merged || !into || into.erased) return [];
  const { followers, files } = merged;
  const left = talk?.mail?.people.filter((one) => !followers.includes(one)) ?? [];
  return [
    {
      ...{ v: 1, on: 'tasks', id: into.id, type: 'task_gave_up', from: task.number, followers, files },
      ...(task.assignee && task.assignee === into.assignee ? { same: true as const } : {}),
    },
    ...(talk?.mail && followers.length
      ? [
          {
            ...{ v: 1 as const, on: 'conversations' as const, id: talk.id, type: 'conversation_mailed' as const },
            ...{ people: left, ...(talk.mail.cc ? { cc: talk.mail.cc } : {}), only: true as const },
          },
        ]
      : []),
  ];
}
