// The records of files that Skein shared in Slack. They are kept until the file is removed there.
import type { Collection, Store } from '../../store/port.ts';
import type { SendingDoc } from '../slack/send-once.ts';

/** `version`: the id of the version. A version goes to a conversation once. */
export function fileMark(version: string, conversation: string): string {
  return `file:${version}:${conversation}`;
}

export function sendingIn(store: Store): Collection<SendingDoc> {
  return store.collection<SendingDoc>('sending');
}
