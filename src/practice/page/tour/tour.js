// The tour: its steps in words, and how it notices that each was done. Pure.

/** The first message that the tour suggests. */
export const FIRST_WORDS = '@pilot please add a task for Ben to call the mill by Friday';

/**
 * @typedef {{ done: string[], closed: boolean, thread?: string, mail?: string }} Progress
 * @typedef {{ id: string, title: string, text: string, act?: { do: string, label: string } }} Step
 */

/** @returns {Progress} */
export const begun = () => ({ done: [], closed: false });

/** @param {{ channel: string, address: string | undefined }} pod of the demo @returns {Step[]} */
export function stepsFor({ channel, address }) {
  return [
    {
      id: 'ask',
      title: 'Ask an agent',
      text: `Name an agent in #${channel}, as you would a colleague, and press Enter.`,
      act: { do: 'tour-ask', label: 'Write it for me' },
    },
    {
      id: 'see',
      title: 'See answer and task',
      text: 'The thread opens by itself and shows who is at work. The task stands in the pod view, under Tasks.',
      act: { do: 'tour-pod', label: 'Open the pod view' },
    },
    address !== undefined && {
      id: 'forward',
      title: 'Forward a mail',
      text: `The box printer wrote to you. Forward the mail to the pod ${channel}: it becomes a task, #${channel} is told, and you get an answer.`,
      act: { do: 'tour-mail', label: 'Open my mailbox' },
    },
    {
      id: 'digest',
      title: 'Ask what is new',
      text: 'One digest over all your pods comes every day. You can have it now.',
      act: { do: 'tour-digest', label: 'Write /skein digest' },
    },
  ].filter(Boolean);
}

/** The step that is next, or undefined when all is done. @param {readonly Step[]} steps @param {Progress} progress */
export const nextStep = (steps, { done }) => steps.find(({ id }) => !done.includes(id));

/**
 * The progress with the steps that the page sees as done. Their order does not matter.
 * @param {Progress} progress
 * @param {{ messages: any[], podTab: string | undefined, tasks: any[], mine: any[] }} seen
 * @returns {Progress}
 */
export function noticed(progress, { messages, podTab, tasks, mine }) {
  const { thread, mail } = progress;
  const answered = thread !== undefined && messages.some((one) => one.thread_ts === thread && one.bot_id !== undefined);
  const found = [
    answered && podTab === 'tasks' && tasks.length > 0 && 'see',
    mail !== undefined && mine.some((one) => one.inReplyTo === mail) && 'forward',
  ];
  return found.filter(Boolean).reduce(withStep, progress);
}

/** @param {Progress} progress @param {string} id @returns {Progress} */
export function withStep(progress, id) {
  return progress.done.includes(id) ? progress : { ...progress, done: [...progress.done, id] };
}

const PRINTER = 'paula@boxworks.example';

/** @param {{ from: string }} mail */
export const isFromPrinter = ({ from }) => from.includes(PRINTER);

/** The mail of the box printer in the mailbox of the person who takes the tour. @param {{ name: string, email: string }} to @param {Date} now @param {string} id */
export function printerMail(to, now, id) {
  return {
    from: { name: 'Paula Brandt', address: PRINTER },
    to: [`${to.name} <${to.email}>`],
    subject: 'Your 400 boxes: our offer',
    text: [
      `Dear ${to.name.split(' ')[0]},`,
      'we can print the 400 boxes for 1.20 each if the artwork is here by 27 November, and for 1.45 after that.',
      'The offer is attached.',
      'Paula Brandt\nBoxworks',
    ].join('\n\n'),
    date: now,
    messageId: `<${id}@boxworks.example>`,
    attachments: [
      {
        name: 'offer.csv',
        mime: 'text/csv',
        bytes: new TextEncoder().encode('boxes,artwork by,each\n400,27 November,1.20\n400,later,1.45\n'),
      },
    ],
  };
}
