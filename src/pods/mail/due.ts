// Due acts of the quarantine: owners are told of mails for which they had no notice, and mails expire after 30 days.
import { type Due, dueKey } from '../due.ts';
import { QUARANTINED_MAILS } from './quarantined-mail.ts';
import { MAIL_RETENTION_MS } from './settle-mail.ts';

const PAGE = 100;

export const quarantineExpires: Due = {
  name: 'held mails that go',
  async look(read, now) {
    const oldest = await read.find(QUARANTINED_MAILS, { where: { state: 'held' }, sort: [['at', 'asc']], limit: PAGE });
    const old = oldest.filter(({ at }) => at + MAIL_RETENTION_MS <= now);
    const later = oldest[old.length];
    // If no further mail is in quarantine, the next one expires 30 days from now at the earliest.
    const none = oldest.length < PAGE ? now + MAIL_RETENTION_MS : now;
    return {
      due: old.map(({ pod, id, seq, at }) => ({
        pod,
        action: 'expire_mail',
        input: { mail: id },
        key: dueKey({ id, seq }, at + MAIL_RETENTION_MS),
        via: 'email',
      })),
      next: later ? later.at + MAIL_RETENTION_MS : none,
    };
  },
};

/** How often Skein looks for mails of which the owners have had no notice, in milliseconds. */
const TOLD_EVERY_MS = 300_000;
const MOST = 1000;

export const quarantineTold: Due = {
  name: 'held mails that owners hear of',
  async look(read, now) {
    const where = { state: 'held', told: false } as const;
    const silent = await read.find(QUARANTINED_MAILS, { where, sort: [['at', 'desc']], limit: MOST });
    const newest = new Map(silent.toReversed().map((mail) => [mail.pod, mail.id]));
    return {
      // The key contains the newest mail, so that each new mail allows one more notice.
      due: [...newest].map(([pod, id]) => ({
        pod,
        action: 'tell_held_mails',
        input: {},
        key: `tell-held:${id}`,
        via: 'email',
      })),
      next: now + TOLD_EVERY_MS,
    };
  },
};
