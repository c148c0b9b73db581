// The action ids of buttons and menus in Skein's own messages.

/** The action ids that `button` events contain. */
export const actionIds = {
  makePod: 'pod.make',
  makePodPast: 'pod.make-past',
  makeSharedPod: 'pod.make-shared',
  makeSharedPast: 'pod.make-shared-past',
  declinePod: 'pod.decline',
  retry: 'run.retry',
  pauseRun: 'run.pause',
  resumeRun: 'run.resume',
  takeOver: 'run.take-over',
  letGoOn: 'run.let-go-on',
  handBack: 'run.hand-back',
  stopRun: 'run.stop',
  /** The beginning of the action ids of buttons that stop runs elsewhere. A number follows. */
  stopOther: 'run.stop-other',
  stopAll: 'run.stop-all',
  /** The beginning of the action ids of the buttons that add an agent. A number follows. */
  bringIn: 'agent.bring-in',
  acceptMail: 'mail.accept',
  rejectMail: 'mail.reject',
  separateMail: 'mail.separate',
  startTask: 'item.start',
  completeTask: 'item.done',
  reopenTask: 'item.reopen',
  /** Undoes what the person has just done to a task: below an answer, which is replaced, and in a notice. */
  undoAnswered: 'answered.undo',
  undo: 'item.undo',
  giveTask: 'item.give',
  commentOnTask: 'item.comment',
  editTask: 'item.edit',
  attachFile: 'item.attach',
  notMe: 'item.not-me',
  /** A task goes on without what it waits for, waits for another one instead, or is dropped. */
  goOnWithout: 'item.go-on-without',
  waitInstead: 'item.wait-instead',
  dropTask: 'item.drop',
  askReview: 'item.ask-review',
  /** A reviewer approves a task, or says in a form what is to be mended. */
  approve: 'item.approve',
  sendBack: 'item.send-back',
  takeDay: 'item.take-day',
  takeOtherDay: 'item.take-other-day',
  snooze: 'item.snooze',
  /** A menu of times to put the item off to. */
  later: 'item.later',
  /** Forgets, shows or keeps what is left of a text that the person erased. */
  forget: 'trace.forget',
  /** The beginning of the action ids of the buttons that forget one of several things. A number follows. */
  forgetOne: 'trace.forget-one',
  lookAtMade: 'trace.look',
  keep: 'trace.keep',
  /** Opens a form for an answer in words. */
  answerInWords: 'item.answer-in-words',
  /** The words that a person wrote are about this item. */
  wordsFor: 'item.words-for',
  /** Lets a task go on repeating, or ends that. */
  goOn: 'item.go-on',
  endRepeat: 'item.end-repeat',
  /** Opens the form that starts a workflow. */
  startWorkflow: 'workflow.start',
  onlyResult: 'item.only-result',
  onlyDigest: 'item.only-digest',
  /** The buttons in a list of files, and of their versions. */
  fileSend: 'file.send',
  fileVersions: 'file.versions',
  fileChanges: 'file.changes',
  fileRestore: 'file.restore',
  filePage: 'file.page',
  fileNext: 'file.next',
  filesOfTask: 'file.of-task',
  fileDetach: 'file.detach',
  /** The beginning of the action ids of the buttons that settle which version of a file is right. A number follows. */
  fileKeep: 'file.keep',
  /**
   * The beginning of the action ids of a question's buttons. Ids must be unique within a block, so a number follows.
   */
  answer: 'question.answer',
  /** The end of the action ids of buttons in a list of what waits, which is shown anew after a click. */
  listed: '.listed',
} as const;
