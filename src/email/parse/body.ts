// Sorts the parts of a mail into text, files and the mails inside it.

import { decodeText } from '../decode/decode-part.ts';
import { fileNameOf, isNamed } from '../decode/file-name.ts';
import { withoutInvisible } from '../decode/invisible-signs.ts';
import { htmlText } from '../html/html-text.ts';
import { visibleHtml } from '../html/html-visible.ts';
import { TEXT_CHARS } from '../limits.ts';
import type { Mail } from '../mail.ts';
import { escapeHtml } from '../render/escape-html.ts';
import { chosenFace, type Stretch } from './faces.ts';
import type { Part } from './mime.ts';
import type { Notes } from './notes.ts';

export type Body = Pick<Mail, 'text' | 'html' | 'cut'>;

export interface Sorted {
  body: Body;
  files: Part[];
  messages: Part[];
}

/** The work that may still be done for one mail and the mails inside it. */
export interface Work {
  /** The remaining characters of bodies. */
  chars: number;
  /** The remaining characters of address lists. */
  addresses: number;
}

interface Walk {
  files: Part[];
  messages: Part[];
  notes: Notes;
  work: Work;
  /** The number of visible parts that were read so far. */
  seen: number;
}

export async function sortParts(root: Part, notes: Notes, work: Work): Promise<Sorted> {
  const walk: Walk = { files: [], messages: [], notes, work, seen: 0 };
  const stretches = await stretchesOf(root, false, walk);
  const { files, messages } = walk;
  const body = joined(stretches);
  if (body.cut) notes.add('Its text is longer than Skein reads; the rest stands in the mail itself.');
  return { body, files, messages };
}

async function stretchesOf(part: Part, alternative: boolean, walk: Walk): Promise<Stretch[]> {
  const { type, parts } = part;
  if (type.value.startsWith('message/') && parts.length > 0) {
    walk.messages.push(...parts);
    walk.seen += 1;
    return [];
  }
  if (type.value.startsWith('multipart/')) {
    if (type.value === 'multipart/encrypted') walk.notes.add(`It ${ENCRYPTED}`);
    const inner: Stretch[] = [];
    const among = type.value === 'multipart/alternative';
    for (const each of parts) inner.push(...(await stretchesOf(each, among || alternative, walk)));
    return among ? faces(inner, walk) : inner;
  }
  if (isSignature(type.value)) return [];
  const first = walk.seen === 0;
  walk.seen += 1;
  if (!isText(part, first || alternative)) {
    if (isSealed(part)) walk.notes.add(`${first ? 'It' : (fileNameOf(part) ?? 'A part of it')} ${ENCRYPTED}`);
    if (isOutlook(part))
      walk.notes.add(`${fileNameOf(part) ?? 'winmail.dat'} is a container of Outlook that ${CONTAINER}`);
    walk.files.push(part);
    return [];
  }
  const stretch = await readText(part, walk);
  return alternative ? [stretch] : faces([stretch], walk);
}

const ENCRYPTED = 'is encrypted, or sealed by S/MIME, and Skein can’t read what is inside.';

const CONTAINER =
  'Skein can’t read: what is in it, files and perhaps words, may be missing here. Whoever sent it can send it as HTML or plain text.';

async function readText(part: Part, { notes, work }: Walk): Promise<Stretch> {
  if (work.chars <= 0) return { text: '', cut: true };
  const { text, cut } = await decodeText(part, work.chars);
  work.chars -= text.length;
  if (part.type.value !== 'text/html') {
    const cleaned = withoutInvisible(text);
    notes.hid({ counts: { signs: cleaned.taken }, unsure: false });
    return { text: cleaned.text, cut };
  }
  const visible = visibleHtml(text);
  notes.hid(visible);
  return { html: visible.html, words: visible.words, whole: text, cut: cut || visible.cut };
}

/**
 * Merges the alternatives of a text into one stretch. Two parts of one type stay separate stretches, one after the
 * other.
 */
function faces(all: Stretch[], { notes }: Walk): Stretch[] {
  if (all.length === 0) return [];
  const texts = all.flatMap(({ text }) => text ?? []);
  const htmls = all.flatMap(({ html }) => html ?? []);
  const words = all.flatMap((one) => one.words ?? []).join('\n');
  const cut = all.some((one) => one.cut);
  const { stretch, note, hidden } = chosenFace(
    {
      ...(texts.length ? { text: texts.join('\n\n') } : {}),
      ...(htmls.length ? { html: htmls.join('\n') } : {}),
      words,
      whole: all.flatMap((one) => one.whole ?? []).join('\n'),
      cut,
    },
    notes.hides(),
  );
  if (note) notes.add(note);
  if (hidden) notes.isAll();
  return [stretch];
}

/**
 * True if the part is text of the body. The first text part and its alternative are body even if a mailer gave them a
 * file name.
 */
function isText(part: Part, body: boolean): boolean {
  const { type, disposition } = part;
  if (disposition.value === 'attachment') return false;
  if (['text/plain', 'text/html'].includes(type.value)) return body || !isNamed(part);
  return ['text/markdown', 'text/x-markdown'].includes(type.value) && !isNamed(part) && disposition.value === '';
}

/** True for S/MIME and OpenPGP signatures, which people do not read. */
function isSignature(type: string): boolean {
  return ['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature'].includes(type);
}

function isOutlook({ type }: Part): boolean {
  return ['application/ms-tnef', 'application/vnd.ms-tnef'].includes(type.value);
}

function isSealed({ type }: Part): boolean {
  return ['application/pkcs7-mime', 'application/x-pkcs7-mime'].includes(type.value);
}

function joined(stretches: Stretch[]): Body {
  const hasText = stretches.some(({ text }) => text !== undefined);
  const hasHtml = stretches.some(({ html }) => html !== undefined);
  const texts = stretches.map(({ text, html = '' }) => text ?? htmlText(html));
  const htmls = stretches.map(({ text = '', html }) => html ?? `<pre>${escapeHtml(text)}</pre>`);
  const text = hasText ? texts.join('\n\n') : '';
  return {
    text: text.slice(0, TEXT_CHARS),
    ...(hasHtml ? { html: htmls.join('\n') } : {}),
    cut: stretches.some((one) => one.cut) || text.length > TEXT_CHARS,
  };
}
