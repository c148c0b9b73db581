// Renders our mails (an agent's answer, an acknowledgement, a digest) as text and HTML with the same content. Pure.

import { REPLY_MARKER } from '../quotes/reply-lines.ts';
import { escapeHtml } from './escape-html.ts';
import { markdownHtml } from './markdown-html.ts';
import { markdownText } from './markdown-text.ts';

export interface Rendered {
  text: string;
  html: string;
}

export interface Link {
  label: string;
  url: string;
}

export interface ToAnswer {
  markdown: string;
  /** The last line of the mail: the author and the pod. */
  foot: string;
  links?: Link[];
  /** Set if the mail also acknowledges the mail that it answers. */
  acknowledges?: Acknowledged;
  /** The message that the mail answers. It is quoted below, so that the mail is understandable alone. */
  quoted?: { introduction: string /** Markdown. */; text: string };
}

/** The most lines of the message that are quoted. */
const QUOTED_LINES = 40;

export function renderAnswer(one: ToAnswer): Rendered {
  const { markdown, foot, links = [], acknowledges, quoted } = one;
  const quote = quoted && { ...quoted, text: firstLines(quoted.text, QUOTED_LINES) };
  const above = quote ? [`-- ${REPLY_MARKER} --`, ''] : [];
  const text = [
    ...above,
    markdownText(markdown),
    '',
    ...(acknowledges ? ['* * *', '', ...acknowledgedLines(acknowledges), ''] : []),
    ...linkLines(links),
    ...(acknowledges ? [markdownText(acknowledges.hint)] : []),
    '-- ',
    foot,
    ...(quote
      ? [
          '',
          quote.introduction,
          ...markdownText(quote.text)
            .split('\n')
            .map((line) => `> ${line}`),
        ]
      : []),
  ];
  const html = [
    ...(quote ? [`<p style="${FAINT}">-- ${REPLY_MARKER} --</p>`] : []),
    markdownHtml(markdown),
    ...(acknowledges ? ['<hr>', ...acknowledgedHtml(acknowledges)] : []),
    linksHtml(links),
    ...(acknowledges ? [markdownHtml(acknowledges.hint)] : []),
    `<p style="${FAINT}">${escapeHtml(foot)}</p>`,
    ...(quote
      ? [
          `<div class="gmail_quote"><p class="gmail_attr" style="${FAINT}">${escapeHtml(quote.introduction)}</p>`,
          `<blockquote type="cite" class="gmail_quote" style="${QUOTE}">${markdownHtml(quote.text)}</blockquote></div>`,
        ]
      : []),
  ];
  return rendered(text, html);
}

/** All fields are Markdown. */
export interface Acknowledged {
  /** A sentence that confirms the task, with the task's title. */
  lead: string;
  /** The summary of the request as Skein understood it. */
  understood: string;
  /** The sentence that says how to reply. */
  hint: string;
}

export interface ToAcknowledge extends Acknowledged {
  /** The last line of the mail: the assignee and the pod. */
  foot: string;
  links: Link[];
}

export function renderAcknowledgement({ foot, links, ...one }: ToAcknowledge): Rendered {
  const text = [...acknowledgedLines(one), '', ...linkLines(links), markdownText(one.hint), '-- ', foot];
  const html = [
    ...acknowledgedHtml(one),
    linksHtml(links),
    markdownHtml(one.hint),
    `<p style="${FAINT}">${escapeHtml(foot)}</p>`,
  ];
  return rendered(text, html);
}

function acknowledgedLines({ lead, understood }: Acknowledged): string[] {
  return [markdownText(lead), '', markdownText(understood)];
}

function acknowledgedHtml({ lead, understood }: Acknowledged): string[] {
  return [markdownHtml(lead), markdownHtml(understood)];
}

export interface ToDigest {
  greeting: string;
  /** The sections in Markdown. The items that wait come first. */
  sections: { title: string; markdown: string }[];
  /** The last line of the mail, in Markdown. */
  foot: string;
  /**
   * The unsubscribe link: a page with a button, because scanners follow links and a GET must change nothing, or a
   * mailto link.
   */
  end: Link;
}

export function renderDigest({ greeting, sections, foot, end }: ToDigest): Rendered {
  const text = [
    greeting,
    '',
    ...sections.flatMap(({ title, markdown }) => [
      title,
      '='.repeat(Math.min(60, title.length)),
      markdownText(markdown),
      '',
    ]),
    markdownText(foot),
    `${end.label}: ${end.url}`,
  ];
  const html = [
    `<p>${escapeHtml(greeting)}</p>`,
    ...sections.map(
      ({ title, markdown }) => `<h2 style="${TITLE}">${escapeHtml(title)}</h2>\n${markdownHtml(markdown)}`,
    ),
    `<div style="${FAINT}">${markdownHtml(foot)}\n<p><a href="${escapeHtml(end.url)}">${escapeHtml(end.label)}</a></p></div>`,
  ];
  return rendered(text, html);
}

const FAINT = 'color:#6b7280;font-size:13px';
const QUOTE = 'margin:0;padding-left:12px;border-left:3px solid #d1d5db;color:#4b5563';
const TITLE = 'font-size:17px;margin:24px 0 8px';
const PAGE =
  'font-family:system-ui,-apple-system,Segoe UI,sans-serif;font-size:15px;line-height:1.5;color:#111827;max-width:640px';

function rendered(text: string[], html: string[]): Rendered {
  const plain = text.join('\n').replace(/\n{3,}/g, '\n\n');
  const body = html.filter((piece) => piece !== '').join('\n');
  return {
    text: `${plain}\n`,
    html: `<!doctype html>\n<html><head><meta charset="utf-8"></head><body><div style="${PAGE}">\n${body}\n</div></body></html>\n`,
  };
}

function linkLines(links: Link[]): string[] {
  return links.length === 0 ? [] : [...links.map(({ label, url }) => `${label}: ${url}`), ''];
}

function linksHtml(links: Link[]): string {
  if (links.length === 0) return '';
  return `<p>${links.map(({ label, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`).join(' · ')}</p>`;
}

function firstLines(text: string, most: number): string {
  const lines = text.trim().split('\n');
  return lines.length <= most ? lines.join('\n') : [...lines.slice(0, most), '[…]'].join('\n');
}
