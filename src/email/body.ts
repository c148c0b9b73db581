// Which parts of a mail are its text, which its files, which the mails inside it.
import { decodeText } from './decode-part.ts';
import { escapeHtml } from './escape-html.ts';
import { htmlText } from './html-text.ts';
import { TEXT_CHARS } from './limits.ts';
import type { Mail } from './mail.ts';
import type { Part } from './mime.ts';

export type Body = Pick<Mail, 'text' | 'html' | 'cut'>;

/** One stretch of a body; where it has two faces they say the same. */
interface Stretch {
  text?: string;
  html?: string;
  cut: boolean;
}

export interface Sorted {
  body: Body;
  files: Part[];
  messages: Part[];
}

export async function sortParts(root: Part): Promise<Sorted> {
  const files: Part[] = [];
  const messages: Part[] = [];
  const stretches = await stretchesOf(root, { files, messages });
  return { body: joined(stretches), files, messages };
}

async function stretchesOf(part: Part, kept: { files: Part[]; messages: Part[] }): Promise<Stretch[]> {
  const { type, parts } = part;
  if (type.value.startsWith('message/') && parts.length > 0) {
    kept.messages.push(...parts);
    return [];
  }
  if (type.value.startsWith('multipart/')) {
    const inner: Stretch[] = [];
    for (const each of parts) inner.push(...(await stretchesOf(each, kept)));
    return type.value === 'multipart/alternative' ? faces(inner) : inner;
  }
  if (isSignature(type.value)) return [];
  if (!isText(part)) {
    kept.files.push(part);
    return [];
  }
  const { text, cut } = await decodeText(part);
  return [type.value === 'text/html' ? { html: text, cut } : { text, cut }];
}

/** The alternatives are faces of one stretch; two of a kind follow one another. */
function faces(all: Stretch[]): Stretch[] {
  if (all.length === 0) return [];
  const texts = all.flatMap(({ text }) => text ?? []);
  const htmls = all.flatMap(({ html }) => html ?? []);
  return [
    {
      ...(texts.length ? { text: texts.join('\n\n') } : {}),
      ...(htmls.length ? { html: htmls.join('\n') } : {}),
      cut: all.some(({ cut }) => cut),
    },
  ];
}

function isText({ type, disposition }: Part): boolean {
  const named = disposition.params.has('filename') || disposition.params.has('filename*') || type.params.has('name');
  return ['text/plain', 'text/html'].includes(type.value) && disposition.value !== 'attachment' && !named;
}

/** Of S/MIME and OpenPGP: nothing that a person reads. */
function isSignature(type: string): boolean {
  return ['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature'].includes(type);
}

function joined(stretches: Stretch[]): Body {
  const cut = stretches.some((one) => one.cut);
  const hasText = stretches.some(({ text }) => text !== undefined);
  const hasHtml = stretches.some(({ html }) => html !== undefined);
  const texts = stretches.map(({ text, html = '' }) => text ?? htmlText(html));
  const htmls = stretches.map(({ text = '', html }) => html ?? `<pre>${escapeHtml(text)}</pre>`);
  return {
    text: hasText ? texts.join('\n\n').slice(0, TEXT_CHARS) : '',
    ...(hasHtml ? { html: htmls.join('\n') } : {}),
    cut,
  };
}
