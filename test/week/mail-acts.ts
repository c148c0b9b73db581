// What people do by mail.
import type { InBox } from '../journeys/mailroom.ts';
import { aMail } from '../journeys/mails.ts';
import type { Person } from './cast.ts';
import { type Choice, colleague, podOf, podsOf, type Scene, sentence } from './scene.ts';
import { NOTICE_FOOT } from './surfaces.ts';

export const BY_MAIL: readonly Choice[] = [
  { weight: 4, act: mailToPod },
  { weight: 4, act: replyWords },
  { weight: 3, act: replyDone },
  { weight: 2, act: mailToAgent },
  { weight: 2, act: waitingByMail },
  { weight: 3, act: assignByMail },
];

async function send(scene: Scene, who: Person, to: string, subject: string, text: string, headers: string[] = []) {
  const raw = aMail({ from: `${who.name} <${who.email}>`, to, subject, id: `week-${scene.n}`, text, headers });
  const query = new URLSearchParams({ from: who.email, to, auth: 'pass' });
  const response = await fetch(`${scene.team.url}/practice/mail?${query}`, { method: 'POST', body: raw });
  if (!response.ok) throw new Error(`A mail was refused: ${await response.text()}`);
  scene.messages += 1;
}

async function mailToPod(scene: Scene, who: Person) {
  const words = sentence(scene);
  await send(scene, who, podOf(scene, who).mail, `Please ${words}`, `Can somebody ${words}?\n\n${who.name}`);
}

/** Gives the task of an own mail to a colleague, by replying to what acknowledged it. */
async function assignByMail(scene: Scene, who: Person) {
  const mail = (await mailsTo(scene, who)).findLast(({ text }) => text.includes('I have taken this on: Please'));
  const words = /I have taken this on: Please (.+? no\. \d+)/.exec(mail?.text ?? '')?.[1];
  const pod = podsOf(scene, who).find(({ mail: address }) => mail?.from.includes(address.split('@')[0] ?? ''));
  if (!mail || !words || !pod) return mailToPod(scene, who);
  const other = colleague(scene, pod, who);
  await replyTo(scene, who, mail, `assign to ${other.name}`);
  scene.expected.push({ person: other, words });
}

async function mailToAgent(scene: Scene, who: Person) {
  const pod = podOf(scene, who);
  await send(scene, who, pod.mail.replace('@', '+scribe@'), `Question ${scene.n}`, 'What is open?');
}

async function waitingByMail(scene: Scene, who: Person) {
  await send(scene, who, podOf(scene, who).mail, 'waiting', 'waiting');
}

async function replyWords(scene: Scene, who: Person) {
  await answerNewest(scene, who, 'Rye', `I think we should ${sentence(scene)}.`);
}

async function replyDone(scene: Scene, who: Person) {
  await answerNewest(scene, who, 'Rye', 'done');
}

/** Replies to the newest mail that asks for something: a question by its choice, a task by the words. */
async function answerNewest(scene: Scene, who: Person, choice: string, words: string) {
  const mail = (await mailsTo(scene, who)).findLast(({ text }) => NOTICE_FOOT.test(text));
  if (!mail) return mailToPod(scene, who);
  await replyTo(scene, who, mail, mail.text.includes('One of:') ? choice : words);
}

const mailsTo = (scene: Scene, { email }: Person) =>
  scene.team.get<InBox[]>(`/practice/mail?to=${encodeURIComponent(email)}`);

async function replyTo(scene: Scene, who: Person, mail: InBox, text: string) {
  const to = /^Reply-To: .*<(.+)>/m.exec(mail.raw)?.[1] ?? /<(.+)>/.exec(mail.from)?.[1] ?? mail.from;
  const references = [...mail.references, mail.messageId].join(' ');
  const headers = [`In-Reply-To: ${mail.messageId}`, `References: ${references}`];
  await send(scene, who, to, `Re: ${mail.subject}`, text, headers);
}
