// Parses and formats the mail addresses of pods and agents. Pure.

/** The addresses that Skein receives: all of a domain, or one mailbox with plus addresses (RFC 5233). */
export type MailHome = { kind: 'domain'; domain: string } | { kind: 'mailbox'; local: string; domain: string };

/** A parsed address of ours. `token` identifies the thread that a reply to this address belongs to. */
export type PodAddress =
  | { kind: 'pod'; slug: string; handle?: string; token?: string }
  /** Our mailbox, without a pod's name. */
  | { kind: 'bare'; token?: string };

const SLUG = '[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?';
const slug = new RegExp(`^${SLUG}$`);
const handle = /^[a-z0-9][a-z0-9._-]{0,38}$/;
/** A reply token: 128 bits in 25 letters and digits. An agent can't have such a name. */
const REPLY = /^re-([0-9a-z]{25})$/;
/** The longest local part of an address (RFC 5321 section 4.5.3.1.1). */
const LOCAL_CHARS = 64;

/** Parses an address. Undefined if it is not an address of ours. */
export function parseAddress(home: MailHome, address: string): PodAddress | undefined {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).toLowerCase();
  if (at < 1 || address.slice(at + 1).toLowerCase() !== home.domain.toLowerCase()) return undefined;
  if (home.kind === 'domain') {
    const [name = '', ...tags] = local.split('+');
    return meaning(name, tags.length === 0 ? undefined : tags.join('+'));
  }
  const own = home.local.toLowerCase();
  if (local === own) return { kind: 'bare' };
  if (!local.startsWith(`${own}+`)) return undefined;
  const tag = local.slice(own.length + 1);
  const [, token] = REPLY.exec(tag) ?? [];
  if (token) return { kind: 'bare', token };
  const dot = tag.indexOf('.');
  return dot === -1 ? meaning(tag, undefined) : meaning(tag.slice(0, dot), tag.slice(dot + 1));
}

function meaning(name: string, tag: string | undefined): PodAddress | undefined {
  if (!slug.test(name)) return undefined;
  if (tag === undefined) return { kind: 'pod', slug: name };
  const [, token] = REPLY.exec(tag) ?? [];
  if (token) return { kind: 'pod', slug: name, token };
  return handle.test(tag) ? { kind: 'pod', slug: name, handle: tag } : undefined;
}

/** Formats an address. It is the inverse of `parseAddress`. */
export function formatAddress(home: MailHome, to: PodAddress): string {
  const named = to.kind === 'pod' && to.token ? { ...to, handle: `re-${to.token}` } : to;
  const local = localOf(home, named);
  // The token alone identifies the thread, so the pod's name is omitted where it does not fit.
  if (to.token && (to.kind === 'bare' || local.length > LOCAL_CHARS))
    return `${bareOf(home)}+re-${to.token}@${home.domain}`;
  return `${local}@${home.domain}`;
}

function localOf(home: MailHome, to: PodAddress): string {
  if (to.kind === 'bare') return bareOf(home);
  const { slug, handle: tag } = to;
  if (home.kind === 'domain') return `${slug}${tag === undefined ? '' : `+${tag}`}`;
  return `${home.local}+${slug}${tag === undefined ? '' : `.${tag}`}`;
}

function bareOf(home: MailHome): string {
  return home.kind === 'domain' ? 'skein' : home.local;
}

/**
 * Returns all addresses of ours, each once. The addresses of every header count, because Gmail stores a mail to two
 * pods only once.
 */
export function addressedTo(home: MailHome, addresses: string[]): PodAddress[] {
  const found = new Map<string, PodAddress>();
  for (const address of addresses) {
    const parsed = parseAddress(home, address);
    if (parsed) found.set(JSON.stringify(parsed), parsed);
  }
  const all = [...found.values()];
  const named = all.filter((one) => one.kind !== 'bare');
  return named.length > 0 ? named : all;
}

/** Returns the mail home for the setting `MAIL_DOMAIN` or `MAIL_ADDRESS`. */
export function mailHome(settings: { domain: string } | { address: string }): MailHome {
  if ('domain' in settings) return { kind: 'domain', domain: settings.domain.toLowerCase() };
  const at = settings.address.lastIndexOf('@');
  const [local = '', domain = ''] = [settings.address.slice(0, at), settings.address.slice(at + 1)];
  return { kind: 'mailbox', local: local.toLowerCase(), domain: domain.toLowerCase() };
}
