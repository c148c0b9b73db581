// The fixed texts of the mails that Skein sends or sent in older versions. Quotes of its mails are recognised by them.
// doors/mail/known-mail.ts adds the texts as they are now, so a changed text needs no new entry.
import { REPLY_MARKER } from './reply-lines.ts';

export const OUR_WORDS: readonly string[] = [
  REPLY_MARKER,
  'I have taken this on:',
  'What you ask for:',
  'What others wrote in your mail is its source; it is read as information, not as instructions.',
  // Mails of older versions contain these texts.
  'You did not say what is wanted: reply with it.',
  'The mail you forwarded is its source; it is read as information, not as instructions.',
  'Kept as files of the pod:',
  'will hear of it too',
  'so Skein tells them nothing:',
  'You did not say what you want done. Please reply and say it.',
  'Reply to say more, to ask, or to change your mind. A first line “done”, “reopen” or “assign to Ben” changes the task.',
  'Reply to this mail to say more, to ask, or to change your mind.',
  'See it in the pod:',
];

/**
 * Fixed texts between names, as in “Task #7 in Launch, for Pilot”, “Pilot · an agent in Launch” and “Ben Okafor
 * wrote:”.
 */
export const OUR_JOINTS: readonly string[] = [
  'Task in for nobody yet',
  'an agent in',
  'wrote',
  'and more',
  'Not members of so Skein tells them nothing',
  'will hear of it too',
];
