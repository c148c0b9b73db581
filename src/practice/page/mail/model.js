// The state of mailboxes: the received and sent mails of the open one, and the person's own new mails.

import { hasMail } from '../chat/places.js';

/** @typedef {{ n: number, from: string, to: string[], cc?: string[], subject: string, text: string, html?: string, messageId?: string, inReplyTo?: string, references?: string[], date: string, raw: string, attachments: { name: string, mime: string, size: number }[] }} Mail */

/** @param {ReturnType<typeof import('../api.js').driver>} api @param {Storage | undefined} storage keeps which were opened */
export function createMailModel(api, storage) {
  const mail = {
    /** Newest first; undefined until they are read. @type {Mail[] | undefined} */
    came: undefined,
    /** @type {Mail[] | undefined} */
    went: undefined,
    /** The mails in the person's own mailbox. @type {Mail[]} */
    mine: [],
    /** The address of the open mailbox. */
    address: undefined,
    /** The keys of opened mails. */
    opened: new Set(JSON.parse(storage?.getItem(OPENED) ?? '[]')),
    /** The mail that is being written, if there is one. */
    draft: undefined,
    fault: undefined,

    /** @param {any} model reads the mailbox that is open, and what is new in mine */
    async read(model) {
      const me = model.me()?.email;
      if (!hasMail(model.info) || me === undefined) return;
      const address = model.place()?.kind === 'mail' ? model.place().mail : me;
      try {
        const asked = [{ to: me }, { to: address }, { from: address }];
        const [mine, came, went] = await Promise.all(asked.map((query) => api.get('mail', query)));
        Object.assign(mail, { address, fault: undefined });
        [mail.mine, mail.came, mail.went] = [mine, came, went].map((mails) => [...mails].reverse());
        markUnread(model, me);
      } catch (error) {
        mail.fault = error.message;
      }
    },
    /** The mail that is open, from either side. @param {string | undefined} n */
    find: (n) => [...(mail.came ?? []), ...(mail.went ?? [])].find((one) => String(one.n) === n),
    isNew: (one) => !mail.opened.has(keyOf(one)),
    /** @param {Mail} one @param {any} model */
    open(one, model) {
      if (!mail.isNew(one)) return;
      mail.opened.add(keyOf(one));
      storage?.setItem(OPENED, JSON.stringify([...mail.opened]));
      markUnread(model, model.me()?.email);
    },
  };

  function markUnread(model, me) {
    const id = `mail:${me}`;
    if (mail.mine.some(mail.isNew)) model.unread.add(id);
    else model.unread.delete(id);
  }
  return mail;
}

const OPENED = 'skein.mails.opened';
const keyOf = ({ n, date }) => `${n} ${date}`;
