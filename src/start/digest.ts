// The daily digest, joined: what it is worded by, how it is sent, and the page that ends it.
import type { Router } from 'express';
import { anthropicModel } from '../agents/model/anthropic.ts';
import type { Config, ModelSettings } from '../config/config.ts';
import { unsubscribeToken } from '../digest/token.ts';
import { modelWording } from '../digest/word.ts';
import { unsubscribeThread } from '../doors/mail/digest.ts';
import { unsubscribePage } from '../doors/web/unsubscribe-page.ts';
import type { Log } from '../logger.ts';
import type { Carriers } from '../outbox/carry.ts';
import { carryDigest, type DigestDeps, type WordingDoc } from '../outbox/kinds/digest.ts';
import { slackLinks } from '../outbox/link.ts';
import { type DigestMailOut, digestToMail } from '../outbox/mail/digest-mail.ts';
import { digestToSlack } from '../outbox/slack/digest-post.ts';
import type { SendingDoc } from '../outbox/slack/send-once.ts';
import type { Identity } from '../slack/send/identify.ts';
import type { Sender } from '../slack/send/send.ts';
import { secretNamed } from '../store/secret.ts';
import type { Texts } from '../texts/texts.ts';
import type { Core } from './core.ts';

export interface DigestSettings {
  /** Absent: plain words, as with the stand-in, which can't sum up. */
  model?: Extract<ModelSettings, { kind: 'anthropic' }>;
  modelName: Config['modelName'];
  mail?: DigestMailOut;
  /** Where people reach the web server; absent where they do not. */
  base?: string;
}

export interface DigestPart {
  carry: Carriers['digest'];
  /** At /digest/unsubscribe. */
  unsubscribe: Router;
}

export function makeDigest(
  core: Core,
  slack: { sender: Sender; identity: Identity; texts: Texts },
  settings: DigestSettings,
  log: Log,
): DigestPart {
  const { read, store, clock, act } = core;
  const { sender, identity, texts } = slack;
  const secret = () => secretNamed(store, 'unsubscribe');
  const sending = store.collection<SendingDoc>('sending');
  const { base } = settings;
  const unsubscribeUrl = async (person: string) =>
    `${(base ?? '').replace(/\/*$/, '')}/digest/unsubscribe/${unsubscribeToken(await secret(), person)}`;
  const { model, modelName, mail } = settings;
  const deps: DigestDeps = {
    texts,
    read,
    clock,
    wordings: store.collection<WordingDoc>('wordings'),
    links: slackLinks(identity),
    slack: (worded) => digestToSlack({ texts, sender, team: identity.teamId, sending, clock }, worded),
    ...(mail
      ? {
          mail: (worded) =>
            digestToMail({ texts, mail, unsubscribeThread, ...(base ? { unsubscribeUrl } : {}) }, worded),
        }
      : {}),
    ...(model
      ? { word: modelWording({ texts, model: anthropicModel(model), modelName, clock: core.waiting, log }) }
      : {}),
  };
  return {
    carry: (delivery, signal) => carryDigest(deps, delivery, signal),
    unsubscribe: unsubscribePage({ act, read, secret }),
  };
}
