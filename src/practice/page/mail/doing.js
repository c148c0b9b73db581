// The handlers of a mailbox's controls: reading, writing, replying, forwarding.

import { now } from '../nodes/now.js';
import { attachmentsOf } from './mime-read.js';
import { bytesOf, composeMail } from './mime-write.js';
import { addressesIn, forwardText, replyText, subjectWith, threadOf, whoOf } from './words.js';

/**
 * @param {{ api: any, model: any, go: (where: object) => void, draw: () => void, refresh: () => Promise<void>, window: any, attempt: (act: () => unknown) => Promise<void>, say: (sentence: string) => void, sent: (mail: { to: string[], messageId: string }) => void }} page
 * @returns {Record<string, (control: HTMLElement) => unknown>}
 */
export function mailDoing({ api, model, go, draw, refresh, window, attempt, say, sent }) {
  const { document } = window;
  const { mail } = model;
  const field = (id) => document.getElementById(`mail-${id}`);
  const opened = () => mail.find(model.where.mail);

  /** @param {{ title: string, to?: string, subject?: string, text?: string, files?: any[], thread?: object }} draft */
  function write({ title, to = '', subject = '', text = '', files = [], thread = {} }) {
    mail.draft = { title, files, thread };
    for (const [id, value] of Object.entries({ to, cc: '', subject, text })) field(id).value = value;
    field('fault').textContent = '';
    draw();
    field('text').setSelectionRange(0, 0);
    field('text').scrollTop = 0;
    field(to === '' ? 'to' : 'text').focus();
  }

  async function send() {
    const { name, email } = model.me();
    const [to, cc] = [addressesIn(field('to').value), addressesIn(field('cc').value)];
    const wrong = [...to, ...cc].find((one) => !/^[^\s@]+@[^\s@]+$/.test(whoOf(one).address));
    if (to.length === 0) return fault('to', 'To whom? Give an address.');
    if (wrong !== undefined) return fault('to', `“${wrong}” is no mail address.`);
    const messageId = `<${window.crypto.randomUUID()}@${email.split('@')[1]}>`;
    const { files, thread } = mail.draft;
    const written = {
      from: { name, address: email },
      to,
      cc,
      subject: field('subject').value,
      text: field('text').value,
    };
    const raw = composeMail(
      { ...written, ...thread, date: now(), messageId, attachments: files },
      `=_${window.crypto.randomUUID()}`,
    );
    const recipients = [...to, ...cc].map((one) => whoOf(one).address);
    await api.send('mail', { from: email, to: recipients.join(',') }, raw);
    mail.draft = undefined;
    sent({ to: recipients, messageId });
    say(`Sent to ${recipients.join(', ')}.`);
    await refresh();
    go({ tab: undefined, mail: undefined });
    document.querySelector('#mail [data-do=compose]').focus();
    return undefined;
  }

  function fault(id, sentence) {
    field('fault').textContent = sentence;
    field(id).focus();
  }

  function save({ dataset }) {
    const { name, mime, bytes } = attachmentsOf(opened().raw)[Number(dataset.part)] ?? {};
    if (bytes === undefined) throw new Error('This attachment can’t be read here. Look at it in another mail program.');
    const address = window.URL.createObjectURL(new window.Blob([bytes], { type: mime }));
    const link = document.createElement('a');
    Object.assign(link, { href: address, download: name });
    link.click();
    window.setTimeout(() => window.URL.revokeObjectURL(address), 10_000);
  }

  field('form').addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(async () => {
      try {
        await send();
      } catch (error) {
        fault('to', error.message);
      }
    }, event.target);
  });
  field('attach').addEventListener('change', async ({ target }) => {
    for (const file of target.files) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      mail.draft.files.push({ name: file.name, mime: file.type || 'application/octet-stream', bytes });
    }
    target.value = '';
    draw();
  });

  return {
    'to-pod': ({ dataset }) => {
      const known = addressesIn(field('to').value);
      if (!known.includes(dataset.address)) field('to').value = [...known, dataset.address].join(', ');
      field('text').focus();
    },
    compose: () => write({ title: 'New mail', to: model.place().pod === undefined ? '' : model.place().mail }),
    reply() {
      const one = opened();
      const to = whoOf(one.from).address === model.me().email ? one.to.join(', ') : one.from;
      write({
        title: 'Reply',
        to,
        subject: subjectWith('Re', one.subject),
        text: replyText(one),
        thread: threadOf(one),
      });
    },
    forward() {
      const one = opened();
      const files = attachmentsOf(one.raw);
      write({ title: 'Forward', to: '', subject: subjectWith('Fwd', one.subject), text: forwardText(one), files });
    },
    'forward-attached'() {
      const one = opened();
      const name = `${
        one.subject
          .replace(/[^\p{L}\p{N} ._-]/gu, ' ')
          .trim()
          .slice(0, 60) || 'mail'
      }.eml`;
      const files = [{ name, mime: 'message/rfc822', bytes: bytesOf(one.raw) }];
      write({ title: 'Forward as attachment', subject: subjectWith('Fwd', one.subject), text: '', files });
    },
    'drop-mail'() {
      mail.draft = undefined;
      draw();
      document.querySelector('#mail [data-do=compose]').focus();
    },
    'open-mail'({ dataset }) {
      mail.draft = undefined;
      const one = mail.find(dataset.mail);
      if (one !== undefined) mail.open(one, model);
      go({ mail: dataset.mail });
      draw();
      field('title')?.focus();
    },
    'close-mail'() {
      const last = model.where.mail;
      go({ mail: undefined });
      document.querySelector(`#mail-list [data-mail="${CSS.escape(last)}"]`)?.focus();
    },
    'mail-box': ({ dataset }) => go({ tab: dataset.box === 'went' ? 'went' : undefined, mail: undefined }),
    'save-part': save,
    detach({ dataset }) {
      mail.draft.files.splice(Number(dataset.part), 1);
      draw();
    },
  };
}
