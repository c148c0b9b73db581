// The marks of quotes and signatures in the HTML of Gmail, Outlook, Apple Mail, Thunderbird and others.
import type { LinePart } from './line.ts';

type Attributes = Record<string, string>;

/** Class names of quotes, and of the lines above quotes. */
const quoteNames = new Set([
  'gmail_attr',
  'moz-cite-prefix',
  'moz-forward-container',
  'moz-email-headers-table',
  'yahoo_quoted',
  'iosymail',
  'tutanota_quote',
  'skiff_quote',
  'blockquote_zmail',
  'cm_quote',
  'sh-quoted-content',
  'front-blockquote',
  'hm_reply_quote',
  'ik_mail_quote',
  'forwardContentMessage',
  'messageReplySection',
  'ms-outlook-mobile-reference-message',
  'OutlookMessageHeader',
  'OLK_SRC_BODY_SECTION',
  'isReplyContent',
  'isForwardContent',
  'reply139content',
  'origbody',
  'oriMsgHtmlSeperator',
  'qmquote',
  'edo-original',
  'aqm-original',
  'reply-intro',
  'quote',
  'quoted',
  'quoted-content',
]);

/** Class names of containers that hold quotes and the answers between them. */
const boxNames = new Set([
  'protonmail_quote',
  'zmail_extra',
  'gmail_quote',
  'gmail_quote_container',
  'gmail_extra',
  'replybody',
  'history-quote-wrapper',
]);

/**
 * Matches prefixes of class names in quoted mails: `x_` from Outlook, `m_` and a number from Gmail, `ydp` and hex
 * digits from Yahoo.
 */
const prefixes = /^(?:x_|m_-?\d{1,30}|ydp[0-9a-f]{1,30}?(?=yahoo))+/;
const MOST_NAMES = 20;

function namesIn({ class: classes = '', id = '', name = '' }: Attributes): string[] {
  const all = `${classes.slice(0, 500)} ${id.slice(0, 100)} ${name.slice(0, 100)}`.split(/\s+/).slice(0, MOST_NAMES);
  return all.map((one) => one.replace(prefixes, '').replace(/_?\d+$/, ''));
}

/** True for an element that may contain quotes and answers side by side. */
export function isBox(name: string, attributes: Attributes): boolean {
  if (name === 'blockquote') return true;
  if (attributes.class === undefined && attributes.id === undefined && attributes.name === undefined) return false;
  return namesIn(attributes).some((one) => boxNames.has(one) || quoteNames.has(one));
}

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

/**
 * Returns the kind of an element's text. A `div.gmail_quote` or `div.protonmail_quote` is not quoted as a whole,
 * because people write their own text between its blockquotes.
 */
export function partOf(name: string, attributes: Attributes): LinePart {
  const { class: classes = '', id = '' } = attributes;
  const marker = attributes['data-marker'];
  const names = classes.slice(0, 500).split(/\s+/);
  if (marker === '__QUOTED_TEXT__' || marker === '__HEADERS__') return 'quoted';
  if (marker === '__SIG_PRE__' || marker === '__SIG_POST__') return 'signature';
  if (names.some((one) => signatureClasses.has(one)) || signatureIds.has(id)) return 'signature';
  if (attributes['data-smartmail'] === 'gmail_signature') return 'signature';
  if (name === 'blockquote') return isCitation(attributes, names) ? 'quoted' : 'written';
  return namesIn(attributes).some((one) => quoteNames.has(one)) ? 'quoted' : 'written';
}

function isCitation(attributes: Attributes, names: string[]): boolean {
  const { type, cite, style = '' } = attributes;
  if (type === 'cite' || cite !== undefined || names.some((one) => /(?:gmail|protonmail)_quote$/.test(one)))
    return true;
  if (namesIn(attributes).some((one) => quoteNames.has(one))) return true;
  const drawn = style.slice(0, 500);
  // Programs mark a quote by a line at its left, and indent other text with a margin. A blockquote with neither counts
  // as a quote.
  return /border-left(?:-width)?\s*:(?!\s*(?:none|0))/i.test(drawn) || !/margin/i.test(drawn);
}

/**
 * True if a quoted mail begins here and goes to the end of the surrounding element. Outlook marks only its header block
 * and does not enclose the mail.
 */
export function restIsQuoted({ id = '', name = '', style = '' }: Attributes): boolean {
  const plain = id.slice(0, 100).replace(prefixes, '');
  if (/^(?:divRplyFwdMsg|mail-editor-reference-message-container|replySplit)$/.test(plain)) return true;
  if (name === '_MailOriginal' || name === 'divRplyFwdMsg') return true;
  return /border:\s*none;\s*border-top:\s*solid #(?:E1E1E1|B5C4DF) 1\.0pt/i.test(style.slice(0, 500));
}

/** True if the element's style draws a line above the element. */
export function isRuled(name: string, { style = '' }: Attributes): boolean {
  if (name === 'hr') return true;
  const drawn = style.slice(0, 500);
  return /border-top\s*:(?!\s*(?:none|0))/i.test(drawn) || /border-style\s*:\s*solid none none/i.test(drawn);
}
