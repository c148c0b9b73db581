// The tour beside the chat: draws its steps, detects which are done, and stores the progress.

import { firstPlace, hasMail } from '../chat/places.js';
import { isAnswered } from '../chat/timeline.js';
import { composeMail } from '../mail/mime-write.js';
import { show } from '../nodes/dom.js';
import { now } from '../nodes/now.js';
import { sign } from '../nodes/signs.js';
import { h } from '../nodes/tree.js';
import { begun, FIRST_WORDS, isFromPrinter, nextStep, noticed, printerMail, stepsFor, withStep } from './tour.js';

const STORAGE_KEY = 'skein.tour';

/** @param {{ window: any, model: any, api: any, go: (where: object) => void, write: (text: string) => void }} page */
export function tourPane({ window, model, api, go, write }) {
  const { document, localStorage } = window;
  const part = (id) => document.getElementById(id);
  const kept = localStorage.getItem(STORAGE_KEY);
  let progress = kept === null ? begun() : JSON.parse(kept);
  const writtenTo = new Set();

  function keep(next) {
    if (next === progress) return;
    const finished = next.done.filter((id) => !progress.done.includes(id));
    progress = next;
    localStorage.setItem(STORAGE_KEY, JSON.stringify(progress));
    const { title } = steps().find(({ id }) => finished.includes(id)) ?? {};
    if (title !== undefined && !progress.closed) part('tour-said').textContent = `Done: ${title}.`;
  }

  const home = () => firstPlace(model.places());
  const steps = () =>
    stepsFor({ channel: home()?.title ?? 'launch', address: hasMail(model.info) ? home()?.mail : undefined });

  function draw() {
    if (model.where.as === undefined) return;
    const { messages, pod, mail } = model;
    keep(noticed(progress, { messages: messages ?? [], podTab: model.where.pod, tasks: pod.tasks, mine: mail.mine }));
    part('tour').hidden = progress.closed;
    if (progress.closed) return;
    const all = steps();
    const next = nextStep(all, progress);
    show(part('tour-body'), next === undefined ? doneNodes() : [stepsNode(all, next, progress)]);
    if (next?.id === 'forward') void sendFromPrinter();
  }

  /** Sends the mail once to the person who takes the tour. */
  async function sendFromPrinter() {
    const me = model.me();
    if (model.mail.came === undefined || writtenTo.has(me.email) || model.mail.mine.some(isFromPrinter)) return;
    writtenTo.add(me.email);
    const mail = printerMail(me, now(), window.crypto.randomUUID());
    const raw = composeMail(mail, `=_${window.crypto.randomUUID()}`);
    await api.send('mail', { from: mail.from.address, to: me.email }, raw);
    await model.mail.read(model);
  }

  const toHome = (more = {}) => go({ place: home().id, thread: undefined, mail: undefined, tab: undefined, ...more });
  const writeThere = (text) => {
    toHome();
    window.setTimeout(() => write(text));
  };

  return {
    draw,
    /** @param {string} text @param {string} ts @param {string | undefined} thread */
    said(text, ts, thread) {
      if (model.place()?.kind !== 'channel' || !isAnswered(model.place(), text, model.info)) return;
      keep(withStep({ ...progress, thread: thread ?? ts }, 'ask'));
      draw();
    },
    /** @param {string} text */
    commanded(text) {
      if (/^\/skein\s+digest\b/.test(text.trim())) keep(withStep(progress, 'digest'));
      draw();
    },
    /** @param {{ to: string[], messageId: string }} sent */
    mailed({ to, messageId }) {
      const pods = model.info.channels.map(({ mail }) => mail?.split('@')[0]).filter(Boolean);
      if (to.some((address) => pods.includes(address.split(/[+@]/)[0]))) keep({ ...progress, mail: messageId });
      draw();
    },
    does: {
      tour() {
        const all = nextStep(steps(), progress) === undefined;
        if (progress.closed) keep(all ? begun() : { ...progress, closed: false });
        else keep({ ...progress, closed: true });
        draw();
        if (!progress.closed) part('tour-title').focus();
      },
      'close-tour'() {
        keep({ ...progress, closed: true });
        draw();
        document.querySelector('.notice [data-do=tour]').focus();
      },
      'tour-ask': () => writeThere(FIRST_WORDS),
      'tour-digest': () => writeThere('/skein digest'),
      'tour-pod': () => toHome({ pod: 'tasks', thread: progress.thread }),
      'tour-mail'() {
        go({ place: `mail:${model.me().email}`, thread: undefined, mail: undefined, tab: undefined });
        // Also if the channel is open already, so that nothing is drawn.
        window.setTimeout(() => part('channel-title').focus());
      },
    },
  };
}

function stepsNode(all, next, { done }) {
  return h(
    'ol',
    { key: 'steps', class: 'tour-steps' },
    all.map((step) => {
      const isDone = done.includes(step.id);
      const isNext = step === next;
      return h(
        'li',
        {
          key: step.id,
          class: isDone ? 'done' : isNext ? 'next' : 'later',
          'aria-current': isNext ? 'step' : undefined,
        },
        h('span', { class: 'tour-mark', 'aria-hidden': 'true' }, isDone && sign('check')),
        h(
          'div',
          {},
          h('p', { class: 'tour-name' }, step.title, isDone && h('span', { class: 'visually-hidden' }, ' (done)')),
          isNext && h('p', { class: 'tour-text' }, step.text),
          isNext &&
            step.act &&
            h('button', { type: 'button', class: 'button small', 'data-do': step.act.do }, step.act.label),
        ),
      );
    }),
  );
}

const doneNodes = () => [
  h(
    'p',
    { key: 'end', class: 'tour-text' },
    'That is Skein: one log, and every door leads to it. Look at it in the pod view, under Log.',
  ),
  h('button', { key: 'close', type: 'button', class: 'button small', 'data-do': 'close-tour' }, 'Close the tour'),
];
