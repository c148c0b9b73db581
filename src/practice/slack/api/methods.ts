// Every Web API method that the practice Slack knows.
import { assistantMethods } from './assistant.ts';
import { chatMethods } from './chat.ts';
import { conversationManaging } from './conversations-manage.ts';
import { conversationReads } from './conversations-read.ts';
import { fileMethods } from './files.ts';
import type { MethodTable } from './method.ts';
import { peopleMethods } from './people.ts';
import { reactionMethods } from './reactions.ts';
import { streamMethods } from './stream.ts';
import { viewMethods } from './views.ts';

export const methods: MethodTable = {
  ...peopleMethods,
  ...conversationReads,
  ...conversationManaging,
  ...chatMethods,
  ...streamMethods,
  ...assistantMethods,
  ...reactionMethods,
  ...viewMethods,
  ...fileMethods,
};
