// Updates what a person was sent in Slack, after an item was settled, started or put off, or words were erased.
import { PEOPLE } from '../../pods/people/person.ts';
import { HEARINGS, hearingId } from '../../pods/telling/hearing.ts';
import { NOTICES } from '../../pods/telling/notices/notice.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import { showDigest } from '../slack/digest/send.ts';
import { showNotice } from '../slack/notices/send.ts';
import { slackDigestDeps } from './digest.ts';

export const amend: DeliveryKind<'amend'> = {
  // The same lane as for notices, so that a notice is recorded before it is updated.
  lane: ({ person }) => `notice:${person}`,
  resource: SLACK_APP,
  promises: ['idempotent'],
  about: ({ person, need, notice }) => `amend:${person}:${need ?? notice}`,
  async carry(parts, { person: id, need, notice }) {
    const { read } = parts;
    const person = await read.get(PEOPLE, id);
    // Those of somebody who is out of the organisation too: their buttons do nothing any more.
    if (!person) return;
    const hearing = need === undefined ? undefined : await read.get(HEARINGS, hearingId(id, need));
    for (const shown of notice === undefined ? (hearing?.notices ?? []) : [notice]) {
      const sent = await read.get(NOTICES, shown);
      if (sent?.digest) await showDigest(slackDigestDeps(parts), sent, person);
      else if (sent) await showNotice(parts, sent, person, need);
    }
  },
};
