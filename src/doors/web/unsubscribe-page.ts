// The unsubscribe page. A GET changes nothing, because scanners follow links. A click on its button ends the digests,
// and so does a one-click POST (RFC 8058).

import express, { type Router } from 'express';
import { personOfToken } from '../../digest/token.ts';
import { escapeHtml } from '../../email/render/escape-html.ts';
import { markdownHtml } from '../../email/render/markdown-html.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { ORG } from '../../pods/members/rights.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { SUBSCRIPTIONS } from '../../pods/subscriptions/subscription.ts';
import type { Texts } from '../../texts/texts.ts';

export interface UnsubscribeDeps {
  act: Act;
  read: Reader;
  texts: Texts;
  /** Returns the key that signs the tokens. */
  secret(): Promise<string>;
}

/** Returns the router. Mount it at /digest/unsubscribe. */
export function unsubscribePage(deps: UnsubscribeDeps): Router {
  const router = express.Router();
  router.get('/:token', async (request, response) => {
    const person = personOfToken(await deps.secret(), request.params.token);
    if (!person) return void response.status(404).type('html').send(pageOf(deps.texts, 'unknown'));
    response.type('html').send(pageOf(deps.texts, (await isOver(deps, person)) ? 'done' : 'asks'));
  });
  router.post('/:token', async (request, response) => {
    const person = personOfToken(await deps.secret(), request.params.token);
    if (!person) return void response.status(404).type('html').send(pageOf(deps.texts, 'unknown'));
    await end(deps, person);
    response.type('html').send(pageOf(deps.texts, 'done'));
  });
  return router;
}

async function end(deps: UnsubscribeDeps, person: PersonId): Promise<void> {
  if (await isOver(deps, person)) return;
  const subscription = await deps.read.get(SUBSCRIPTIONS, person);
  await deps.act({
    pod: ORG,
    actor: person,
    via: 'email',
    action: 'set_digest',
    input: { state: 'off' },
    // `seq` makes the key new after each change of the subscription.
    key: `unsubscribe:${person}:${subscription?.seq ?? 0}`,
  });
}

/** True if the person gets no digests, because they ended them or left. */
async function isOver({ read }: UnsubscribeDeps, person: PersonId): Promise<boolean> {
  const [doc, subscription] = await Promise.all([read.get(PEOPLE, person), read.get(SUBSCRIPTIONS, person)]);
  return doc?.state !== 'in' || subscription?.state === 'off';
}

function pageOf({ fill }: Texts, what: 'asks' | 'done' | 'unknown'): string {
  const text = 'unsubscribe-page';
  const button = `<form method="post"><button>${escapeHtml(fill(text, 'button'))}</button></form>`;
  const body = `<h1>${escapeHtml(fill(text, `${what}-title`))}</h1>${markdownHtml(fill(text, what))}${what === 'asks' ? button : ''}`;
  return page(fill(text, 'page'), body);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style>
</head><body><main>${body}</main></body></html>
`;
}
