// Builds the daily digest: its model, its delivery and the page to unsubscribe.
import type { Router } from 'express';
import { lateModel } from '../agents/model/late-model.ts';
import type { Config, ModelSettings } from '../config/config.ts';
import { modelWording } from '../digest/model-wording.ts';
import { unsubscribeToken } from '../digest/token.ts';
import { unsubscribeThread } from '../doors/mail/digest.ts';
import { unsubscribePage } from '../doors/web/unsubscribe-page.ts';
import type { Logger } from '../logger.ts';
import type { DigestParts } from '../outbox/parts.ts';
import { secretNamed } from '../store/secret.ts';
import type { Texts } from '../texts/texts.ts';
import type { Core } from './core.ts';

export interface DigestSettings {
  /** Absent: the digest has plain lists without a summary, as with the stand-in model. */
  model?: Extract<ModelSettings, { kind: 'anthropic' }>;
  modelName: Config['modelName'];
  texts: Texts;
  /** The public URL of the web server. Absent if there is none. */
  base?: string;
}

export interface DigestPart {
  /** The parts that the outbox needs to send the digest. */
  parts: DigestParts;
  /** The page at /digest/unsubscribe. */
  unsubscribe: Router;
}

export function makeDigest(core: Core, { model, modelName, texts, base }: DigestSettings, logger: Logger): DigestPart {
  const { read, store, act } = core;
  const secret = () => secretNamed(store, 'unsubscribe');
  const unsubscribeUrl = async (person: string) =>
    `${(base ?? '').replace(/\/*$/, '')}/digest/unsubscribe/${unsubscribeToken(await secret(), person)}`;
  const late = model && lateModel(async () => (await import('../agents/model/anthropic.ts')).anthropicModel(model));
  const wording = late && modelWording({ texts, model: late, modelName, clock: core.waiting, logger });
  return {
    parts: { unsubscribeThread, ...(base ? { unsubscribeUrl } : {}), ...(wording ? { wording } : {}) },
    unsubscribe: unsubscribePage({ act, read, texts, secret }),
  };
}
