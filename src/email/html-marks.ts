// How mail programs mark quotes and signatures in their HTML. Facts about Gmail, Outlook, Apple Mail, Thunderbird and others; nothing else. Pure.
import type { LinePart } from './lines.ts';

type Attributes = Record<string, string>;

/** Containers of quoted text, and the line that introduces it. */
const quoteClasses = new Set([
  'gmail_attr',
  'moz-cite-prefix',
  'protonmail_quote',
  'yahoo_quoted',
  'tutanota_quote',
  'zmail_extra',
  'cm_quote',
  'front-blockquote',
  'hm_reply_quote',
  'ms-outlook-mobile-reference-message',
  'OutlookMessageHeader',
]);

const signatureClasses = new Set([
  'gmail_signature',
  'gmail_signature_prefix',
  'moz-signature',
  'protonmail_signature_block',
  'protonmail_signature_block-user',
  'cm_signature',
  'front-signature',
  'tutanota_signature',
]);

const signatureIds = new Set([
  'Signature',
  'signature',
  'AppleMailSignature',
  'ms-outlook-mobile-signature',
  'x_Signature',
]);

/** Gmail's `div.gmail_quote` is not in the list: people answer between its blockquotes, and that is their own text. */
export function partOf(name: string, attributes: Attributes): LinePart {
  const { class: classes = '', id = '' } = attributes;
  const marker = attributes['data-marker'];
  const names = classes.slice(0, 500).split(/\s+/);
  if (marker === '__QUOTED_TEXT__' || marker === '__HEADERS__') return 'quoted';
  if (marker === '__SIG_PRE__' || marker === '__SIG_POST__') return 'signature';
  if (names.some((one) => signatureClasses.has(one)) || signatureIds.has(id)) return 'signature';
  if (attributes['data-smartmail'] === 'gmail_signature') return 'signature';
  if (name === 'blockquote' && isCitation(attributes, names)) return 'quoted';
  if (attributes.name === 'messageReplySection') return 'quoted';
  if (names.some((one) => quoteClasses.has(one)) || /^yahoo_quoted/.test(id)) return 'quoted';
  return 'written';
}

function isCitation({ type, cite }: Attributes, names: string[]): boolean {
  return type === 'cite' || cite !== undefined || names.includes('gmail_quote') || names.includes('protonmail_quote');
}

/** Outlook puts no element around the quoted mail: it follows its header to the end. */
export function restIsQuoted({ id = '', style = '' }: Attributes): boolean {
  if (/^(?:x_)?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)$/.test(id)) return true;
  return /border:\s*none;\s*border-top:\s*solid #(?:E1E1E1|B5C4DF) 1\.0pt/i.test(style.slice(0, 500));
}
