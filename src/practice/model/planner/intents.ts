// The registry: the first intent that hears a wish answers it, so the more exact ones stand first.

import type { Intent } from './intent.ts';
import { addMember } from './intents/add-member.ts';
import { assignTask } from './intents/assign-task.ts';
import { changeTaskState } from './intents/change-task-state.ts';
import { listFiles } from './intents/list-files.ts';
import { listPods } from './intents/list-pods.ts';
import { listTasks } from './intents/list-tasks.ts';
import { makeTask } from './intents/make-task.ts';
import { readFile } from './intents/read-file.ts';
import { recordDecision } from './intents/record-decision.ts';
import { recordLearning } from './intents/record-learning.ts';
import { search } from './intents/search.ts';
import { smallTalk } from './intents/small-talk.ts';
import { speakElsewhere } from './intents/speak-elsewhere.ts';
import { summarise } from './intents/summarise.ts';
import { tellAboutPod } from './intents/tell-about-pod.ts';
import { updateTask } from './intents/update-task.ts';
import { useSkill } from './intents/use-skill.ts';
import { writeFile } from './intents/write-file.ts';

export { fallback } from './intents/search.ts';

export const intents: readonly Intent[] = [
  recordDecision,
  recordLearning,
  addMember,
  updateTask,
  changeTaskState,
  assignTask,
  speakElsewhere,
  makeTask,
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
