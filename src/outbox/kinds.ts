// The list of all kinds of delivery. Code with a wish whose kind is missing here does not compile.
import type { DeliveryOf, WishKind } from '../pods/deliveries.ts';
import type { DeliveryKind } from './kind.ts';
import { act } from './kinds/act.ts';
import { amend } from './kinds/amend.ts';
import { digest } from './kinds/digest.ts';
import { earlier } from './kinds/edits/earlier.ts';
import { erase } from './kinds/erase.ts';
import { file } from './kinds/files/file.ts';
import { unfile } from './kinds/files/unfile.ts';
import { halt } from './kinds/halt.ts';
import { mail } from './kinds/mail.ts';
import { mark } from './kinds/mark.ts';
import { notice } from './kinds/notice.ts';
import { invite } from './kinds/people/invite.ts';
import { presence } from './kinds/people/presence.ts';
import { post } from './kinds/post.ts';
import { admit } from './kinds/quarantine/admit.ts';
import { quarantined } from './kinds/quarantine/quarantined-mail.ts';
import { question } from './kinds/question.ts';
import { unpost } from './kinds/unpost.ts';
import { update } from './kinds/update.ts';
import { wake } from './kinds/wake.ts';

export const DELIVERY_KINDS: { readonly [K in WishKind]: DeliveryKind<K> } = {
  post,
  update,
  unpost,
  mail,
  held: quarantined,
  admit,
  digest,
  notice,
  amend,
  invite,
  presence,
  wake,
  halt,
  mark,
  act,
  erase,
  earlier,
  question,
  file,
  unfile,
};

/** Returns the definition of the delivery's kind. Undefined for a kind that only a newer version of Skein has. */
export function kindOf<K extends WishKind>(delivery: DeliveryOf<K>): DeliveryKind<K> | undefined {
  return Object.hasOwn(DELIVERY_KINDS, delivery.kind) ? DELIVERY_KINDS[delivery.kind as K] : undefined;
}
