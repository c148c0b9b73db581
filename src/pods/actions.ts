// The list of all actions, by name. Every door offers this list.
import type { AnyAction } from './action.ts';
import { reportApp, tellApp } from './agent-apps/report-app.ts';
import { createAgent } from './agent-definitions/create-agent.ts';
import { attachSkill, detachSkill } from './agent-definitions/equip-agent.ts';
import { importAgent } from './agent-definitions/import-agent.ts';
import { listAgents, readAgent } from './agent-definitions/read-agents.ts';
import { updateAgent } from './agent-definitions/update-agent.ts';
import { admitApp, dismissApp, listApps } from './apps/admit-app.ts';
import { deleteMessage } from './conversations/delete-message.ts';
import { editMessage } from './conversations/edit-message.ts';
import { postMessage } from './conversations/post-message.ts';
import { readConversation } from './conversations/read-conversation.ts';
import { recallMessages } from './conversations/recall-messages.ts';
import { recordSent } from './conversations/record-sent.ts';
import { startConversation } from './conversations/start-conversation.ts';
import { eraseCame } from './erasing/came/erase-came.ts';
import { offerCame } from './erasing/came/offer-came.ts';
import { redact } from './erasing/redact.ts';
import { takeOutQuotes } from './erasing/take-out-quotes.ts';
import { closeTraces } from './erasing/traces/close-traces.ts';
import { offerTraces } from './erasing/traces/offer-traces.ts';
import { settleTraces } from './erasing/traces/settle-traces.ts';
import { settleConflict } from './files/conflicts/settle-conflict.ts';
import { giveFiles } from './files/give-files.ts';
import { listFiles } from './files/list-files.ts';
import { listVersions } from './files/list-versions.ts';
import { putFile } from './files/put-file.ts';
import { readFile } from './files/read-file.ts';
import { restoreFile } from './files/restore-file.ts';
import { sendFile } from './files/send-file.ts';
import { podHistory } from './history/pod-history.ts';
import { setInvolvement } from './involvement/set-involvement.ts';
import { holdMail } from './mail/hold-mail.ts';
import { separateMail } from './mail/separate-mail.ts';
import { acceptMail, expireMail, listHeldMails, rejectMail } from './mail/settle-mail.ts';
import { takeFurtherMail } from './mail/take-further-mail.ts';
import { takeMail } from './mail/take-mail.ts';
import { tellFollowers } from './mail/tell-followers.ts';
import { tellHeldMails } from './mail/tell-held-mails.ts';
import { addMember } from './members/add-member.ts';
import { changeRole } from './members/change-role.ts';
import { passItems } from './members/pass-items.ts';
import { recordAppLeft } from './members/record-app-left.ts';
import { removeMember } from './members/remove-member.ts';
import { itemUnreached } from './needs/item-unreached.ts';
import { listAwaited } from './needs/waiting/list-awaited.ts';
import { listWaiting } from './needs/waiting/list-waiting.ts';
import { snoozeItem } from './needs/waiting/snooze-item.ts';
import { recordDecision, recordLearning } from './notes/record-note.ts';
import { invitePerson } from './people/invite-person.ts';
import { registerPerson } from './people/register-person.ts';
import { permit, permitAct, permitRead } from './permits/permit-call.ts';
import { archivePod } from './pod/archive-pod.ts';
import { claimAddress } from './pod/claim-address.ts';
import { createPod } from './pod/create-pod.ts';
import { listPods } from './pod/list-pods.ts';
import { readPod } from './pod/read-pod.ts';
import { restWake } from './pod/rest-wake.ts';
import { updatePod } from './pod/update-pod.ts';
import { setAway } from './preferences/set-away.ts';
import { setHours } from './preferences/set-hours.ts';
import { answerQuestion } from './questions/answer-question.ts';
import { ask } from './questions/ask.ts';
import { changeAnswer } from './questions/change-answer.ts';
import { questionDue } from './questions/due/question-due.ts';
import { listQuestions } from './questions/list-questions.ts';
import { questionUnreached } from './questions/question-unreached.ts';
import { recordQuestionPost } from './questions/record-question-post.ts';
import { takeBackAnswer } from './questions/settling/taken-back/take-back-answer.ts';
import { waitFor } from './questions/wait-for.ts';
import { withdrawQuestion } from './questions/withdraw-question.ts';
import { pauseRun, resumeRun, takeOver } from './runs/control/control-actions.ts';
import { handBack } from './runs/control/hand-back.ts';
import { stopThere } from './runs/control/stop-there.ts';
import { endRun } from './runs/end-run.ts';
import { openRun } from './runs/open-run.ts';
import { listRuns, readRun } from './runs/read-runs.ts';
import { reportFailure } from './runs/report-failure.ts';
import { retryRun } from './runs/retry-run.ts';
import { showRun } from './runs/show-run.ts';
import { askAboutCall } from './runs/steering/ask-about-call.ts';
import { askOwnersBetween } from './runs/steering/ask-owners-between.ts';
import { judgeWords } from './runs/steering/judge-words.ts';
import { checkpoint } from './runs/steps/checkpoint.ts';
import { putSteps } from './runs/steps/put-steps.ts';
import { stopRun } from './runs/stop-run.ts';
import { searchPod } from './search/search-pod.ts';
import { importSkill } from './skill-definitions/import-skill.ts';
import { listSkills, readSkill } from './skill-definitions/read-skills.ts';
import { updateSkill } from './skill-definitions/update-skill.ts';
import { closeDigest } from './subscriptions/close-digest.ts';
import { sendDigest, setDigest } from './subscriptions/set-digest.ts';
import { assignTask } from './tasks/assign-task.ts';
import { createTask } from './tasks/create-task.ts';
import { armDue, armDueDays } from './tasks/due/arm-due.ts';
import { fallDue } from './tasks/due/fall-due.ts';
import { attachFile, detachFile } from './tasks/files/attach-file.ts';
import { giveBackTask } from './tasks/giving/give-back-task.ts';
import { changeDependencies } from './tasks/graph/change-dependencies.ts';
import { dropTask } from './tasks/graph/drop-task.ts';
import { followGraph } from './tasks/graph/follow-graph.ts';
import { readGraph } from './tasks/graph/look/read-graph.ts';
import { listTasks } from './tasks/list-tasks.ts';
import { mergeTasks } from './tasks/merging/merge-tasks.ts';
import { completeTask, reopenTask, startTask } from './tasks/move-task.ts';
import { openTaskConversation } from './tasks/open-task-conversation.ts';
import { followParts } from './tasks/parts/follow-parts.ts';
import { fireRepeat } from './tasks/repeats/fire-repeat.ts';
import { listRepeats } from './tasks/repeats/list-repeats.ts';
import { repeatTask } from './tasks/repeats/repeat-task.ts';
import { approve, sendBack } from './tasks/review/give-verdict.ts';
import { requestReview } from './tasks/review/request-review.ts';
import { updateTask } from './tasks/update-task.ts';
import { claimTell } from './telling/claim-tell.ts';
import { hear } from './telling/hear.ts';
import { hearOwners } from './telling/hear-owners.ts';
import { countWord } from './telling/notices/count-word.ts';
import { recordDigest } from './telling/notices/record-digest.ts';
import { recordMailedDigest } from './telling/notices/record-mailed-digest.ts';
import { recordNotice } from './telling/notices/record-notice.ts';
import { rewordDigest } from './telling/notices/reword-digest.ts';
import { hearAgain, putOff } from './telling/put-off.ts';
import { releaseTell } from './telling/release-tell.ts';
import { retimeTell } from './telling/retime-tell.ts';
import { standIn } from './telling/stand-in.ts';
import { tell } from './telling/tell.ts';
import { tellInDigest } from './telling/tell-in-digest.ts';
import { beginByMail } from './workflows/by-mail/begin-by-mail.ts';
import { setMailWorkflow } from './workflows/by-mail/set-mail-workflow.ts';
import { importWorkflow } from './workflows/import-workflow.ts';
import { listWorkflows } from './workflows/list-workflows.ts';
import { startWorkflow } from './workflows/start-workflow.ts';

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
  listRuns,
  readRun,
  stopRun,
  stopThere,
  pauseRun,
  resumeRun,
  takeOver,
  handBack,
  endRun,
  openRun,
  restWake,
  judgeWords,
  askOwnersBetween,
  checkpoint,
  putSteps,
  retryRun,
  reportFailure,
  showRun,
  giveFiles,
  createTask,
  updateTask,
  assignTask,
  giveBackTask,
  attachFile,
  detachFile,
  startTask,
  completeTask,
  reopenTask,
  mergeTasks,
  repeatTask,
  listRepeats,
  dropTask,
  requestReview,
  approve,
  sendBack,
  changeDependencies,
  followGraph,
  followParts,
  listTasks,
  readGraph,
  ask,
  askAboutCall,
  answerQuestion,
  changeAnswer,
  takeBackAnswer,
  withdrawQuestion,
  waitFor,
  listQuestions,
  fallDue,
  fireRepeat,
  listWaiting,
  listAwaited,
  snoozeItem,
  setInvolvement,
  questionDue,
  questionUnreached,
  itemUnreached,
  recordQuestionPost,
  putFile,
  readFile,
  listFiles,
  listVersions,
  restoreFile,
  sendFile,
  settleConflict,
  recordDecision,
  recordLearning,
  admitApp,
  dismissApp,
  listApps,
  searchPod,
  podHistory,
  redact,
  settleTraces,
  offerTraces,
  closeTraces,
  eraseCame,
  offerCame,
  takeOutQuotes,
  listHeldMails,
  acceptMail,
  rejectMail,
  separateMail,
  expireMail,
  tellHeldMails,
  tellFollowers,
  createAgent,
  updateAgent,
  attachSkill,
  detachSkill,
  updateSkill,
  listAgents,
  readAgent,
  listSkills,
  readSkill,
  listWorkflows,
  startWorkflow,
  setMailWorkflow,
  setDigest,
  sendDigest,
  setHours,
  setAway,
  invitePerson,
  registerPerson,
  recordSent,
  recordAppLeft,
  recallMessages,
  takeMail,
  takeFurtherMail,
  holdMail,
  claimAddress,
  closeDigest,
  importAgent,
  importSkill,
  importWorkflow,
  beginByMail,
  permit,
  permitRead,
  permitAct,
  claimTell,
  releaseTell,
  standIn,
  passItems,
  armDueDays,
  armDue,
  openTaskConversation,
  hear,
  hearOwners,
  reportApp,
  tellApp,
  tell,
  retimeTell,
  countWord,
  putOff,
  hearAgain,
  recordNotice,
  recordDigest,
  recordMailedDigest,
  rewordDigest,
  tellInDigest,
];

export const ACTIONS: ReadonlyMap<string, AnyAction> = new Map(ALL_ACTIONS.map((one) => [one.name, one]));
