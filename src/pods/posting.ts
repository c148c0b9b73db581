// What of a view document can be searched: the texts themselves are bodies, read when the posting is made.
import type { ViewName, Views } from './views.ts';

export interface Wanted {
  id: string;
  pod: string;
  kind: 'message' | 'task' | 'file' | 'note' | 'conversation';
  at: number;
  /** What the document itself says. */
  text: string;
  /** The bodies that say the rest. */
  bodies: string[];
}

export function postingOf<N extends ViewName>(view: N, doc: Views[N]): Wanted | undefined {
  const { id, pod } = doc;
  switch (view) {
    case 'messages': {
      const { at, body } = doc as Views['messages'];
      return { id, pod, kind: 'message', at, text: '', bodies: body ? [body] : [] };
    }
    case 'tasks': {
      const task = doc as Views['tasks'];
      const text = task.erased ? '' : task.title;
      return { id, pod, kind: 'task', at: task.createdAt, text, bodies: task.body ? [task.body] : [] };
    }
    case 'files': {
      const file = doc as Views['files'];
      return { id, pod, kind: 'file', at: file.at, text: file.erased ? '' : file.name, bodies: [] };
    }
    case 'notes': {
      const note = doc as Views['notes'];
      return { id, pod, kind: 'note', at: note.at, text: '', bodies: note.body ? [note.body] : [] };
    }
    case 'conversations': {
      const conversation = doc as Views['conversations'];
      if (!conversation.title) return undefined;
      return { id, pod, kind: 'conversation', at: conversation.startedAt, text: conversation.title, bodies: [] };
    }
    default:
      return undefined;
  }
}
