// A message of a person that stands on the log of its pod.
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { MessagePosted } from '../../../slack/parse/inbound.ts';

export interface Recorded {
  pod: PodDoc;
  person: PersonDoc;
  said: MessagePosted;
  /** True if it was recorded before: this is another attempt. */
  repeated: boolean;
}
