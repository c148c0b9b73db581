// The list of intents. The first one that matches a wish is used, so the more specific ones come first.

import type { Intent } from './intent.ts';
import { askPerson } from './intents/ask-person.ts';
import { listFiles } from './intents/files/list-files.ts';
import { readFile } from './intents/files/read-file.ts';
import { writeFile } from './intents/files/write-file.ts';
import { recordDecision } from './intents/notes/record-decision.ts';
import { recordLearning } from './intents/notes/record-learning.ts';
import { addMember } from './intents/pods/add-member.ts';
import { listPods } from './intents/pods/list-pods.ts';
import { tellAboutPod } from './intents/pods/tell-about-pod.ts';
import { search } from './intents/search.ts';
import { smallTalk } from './intents/small-talk.ts';
import { speakElsewhere } from './intents/speak-elsewhere.ts';
import { stayQuiet } from './intents/stay-quiet.ts';
import { summarise } from './intents/summarise.ts';
import { assignTask } from './intents/tasks/assign-task.ts';
import { changeTaskState } from './intents/tasks/change-task-state.ts';
import { followTask } from './intents/tasks/follow-task.ts';
import { listTasks } from './intents/tasks/list-tasks.ts';
import { listWaiting } from './intents/tasks/list-waiting.ts';
import { makeTask } from './intents/tasks/make-task.ts';
import { updateTask } from './intents/tasks/update-task.ts';
import { useSkill } from './intents/use-skill.ts';

export { fallback } from './intents/search.ts';

export const intents: readonly Intent[] = [
  stayQuiet,
  askPerson,
  followTask,
  recordDecision,
  recordLearning,
  addMember,
  updateTask,
  changeTaskState,
  assignTask,
  speakElsewhere,
  makeTask,
  listWaiting,
  useSkill,
  writeFile,
  readFile,
  listFiles,
  listPods,
  summarise,
  tellAboutPod,
  search,
  listTasks,
  smallTalk,
];
