// The records of files that Skein shared in Slack. They are kept until the file is removed there.
import type { Collection, Store } from '../../store/port.ts';
import type { SendingDoc } from '../slack/send-once.ts';

/** `version`: the id of the version. It stands once in a conversation, or in the direct message of a person. */
export function fileMark(version: string, where: string): string {
  return `file:${version}:${where}`;
}

export function sendingIn(store: Store): Collection<SendingDoc> {
  return store.collection<SendingDoc>('sending');
}
