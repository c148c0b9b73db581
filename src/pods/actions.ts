// Every action there is, by name: each door is made from this one list.
import type { AnyAction } from './action.ts';
import { addMember } from './actions/add-member.ts';
import { archivePod } from './actions/archive-pod.ts';
import { assignTask } from './actions/assign-task.ts';
import { changeRole } from './actions/change-role.ts';
import { claimAddress } from './actions/claim-address.ts';
import { closeDigest } from './actions/close-digest.ts';
import { createAgent } from './actions/create-agent.ts';
import { createPod } from './actions/create-pod.ts';
import { createTask } from './actions/create-task.ts';
import { deleteMessage } from './actions/delete-message.ts';
import { editMessage } from './actions/edit-message.ts';
import { attachSkill, detachSkill } from './actions/equip-agent.ts';
import { holdMail } from './actions/hold-mail.ts';
import { importAgent } from './actions/import-agent.ts';
import { importSkill } from './actions/import-skill.ts';
import { invitePerson } from './actions/invite-person.ts';
import { listFiles } from './actions/list-files.ts';
import { listPods } from './actions/list-pods.ts';
import { listTasks } from './actions/list-tasks.ts';
import { completeTask, reopenTask, startTask } from './actions/move-task.ts';
import { podHistory } from './actions/pod-history.ts';
import { postMessage } from './actions/post-message.ts';
import { putFile } from './actions/put-file.ts';
import { listAgents, readAgent } from './actions/read-agents.ts';
import { readConversation } from './actions/read-conversation.ts';
import { readFile } from './actions/read-file.ts';
import { readPod } from './actions/read-pod.ts';
import { listSkills, readSkill } from './actions/read-skills.ts';
import { recallMessages } from './actions/recall-messages.ts';
import { recordDecision, recordLearning } from './actions/record-note.ts';
import { recordSent } from './actions/record-sent.ts';
import { redact } from './actions/redact.ts';
import { registerPerson } from './actions/register-person.ts';
import { removeMember } from './actions/remove-member.ts';
import { reportFailure, retryRun } from './actions/retry-run.ts';
import { searchPod } from './actions/search-pod.ts';
import { sendDigest, setDigest } from './actions/set-digest.ts';
import { acceptMail, expireMail, listHeldMails, rejectMail } from './actions/settle-mail.ts';
import { startConversation } from './actions/start-conversation.ts';
import { stopRun } from './actions/stop-run.ts';
import { takeMail } from './actions/take-mail.ts';
import { tellHeldMails } from './actions/tell-held-mails.ts';
import { updateAgent } from './actions/update-agent.ts';
import { updatePod } from './actions/update-pod.ts';
import { updateSkill } from './actions/update-skill.ts';
import { updateTask } from './actions/update-task.ts';

export const ALL_ACTIONS: readonly AnyAction[] = [
  createPod,
  updatePod,
  archivePod,
  listPods,
  readPod,
  addMember,
  changeRole,
  removeMember,
  startConversation,
  postMessage,
  editMessage,
  deleteMessage,
  readConversation,
  stopRun,
  retryRun,
  reportFailure,
  createTask,
  updateTask,
  assignTask,
  startTask,
  completeTask,
  reopenTask,
  listTasks,
  putFile,
  readFile,
  listFiles,
  recordDecision,
  recordLearning,
  searchPod,
  podHistory,
  redact,
  listHeldMails,
  acceptMail,
  rejectMail,
  expireMail,
  tellHeldMails,
  createAgent,
  updateAgent,
  attachSkill,
  detachSkill,
  updateSkill,
  listAgents,
  readAgent,
  listSkills,
  readSkill,
  setDigest,
  sendDigest,
  invitePerson,
  registerPerson,
  recordSent,
  recallMessages,
  takeMail,
  holdMail,
  claimAddress,
  closeDigest,
  importAgent,
  importSkill,
];

export const ACTIONS: ReadonlyMap<string, AnyAction> = new Map(ALL_ACTIONS.map((one) => [one.name, one]));
