// The addresses by which pods and their agents are written to. Pure.

/** Where mail arrives: a whole domain, or one mailbox that knows plus addresses (RFC 5233). */
export type MailHome = { kind: 'domain'; domain: string } | { kind: 'mailbox'; local: string; domain: string };

/** What an address of ours means. */
export type PodAddress =
  | { kind: 'pod'; slug: string; handle?: string }
  /** Our mailbox itself, without saying which pod. */
  | { kind: 'bare' };

const SLUG = '[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?';
const slug = new RegExp(`^${SLUG}$`);
const handle = /^[a-z0-9][a-z0-9._-]{0,38}$/;

/** Undefined when it can't be an address of ours. */
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
  const dot = tag.indexOf('.');
  return dot === -1 ? meaning(tag, undefined) : meaning(tag.slice(0, dot), tag.slice(dot + 1));
}

function meaning(name: string, tag: string | undefined): PodAddress | undefined {
  if (!slug.test(name)) return undefined;
  if (tag === undefined) return { kind: 'pod', slug: name };
  return handle.test(tag) ? { kind: 'pod', slug: name, handle: tag } : undefined;
}

/** `parseAddress` of it is what was given. */
export function formatAddress(home: MailHome, to: PodAddress): string {
  const local = to.kind === 'bare' ? '' : to.slug;
  const tag = to.kind === 'pod' ? to.handle : undefined;
  if (home.kind === 'domain') return `${local || 'skein'}${tag === undefined ? '' : `+${tag}`}@${home.domain}`;
  const plus = local === '' ? '' : `+${local}${tag === undefined ? '' : `.${tag}`}`;
  return `${home.local}${plus}@${home.domain}`;
}

/** All that a mail is addressed to here, each once: Gmail keeps one copy of a mail to two pods, so every field counts. */
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

/** `MAIL_DOMAIN` or `MAIL_ADDRESS` -> where mail arrives. */
export function mailHome(settings: { domain: string } | { address: string }): MailHome {
  if ('domain' in settings) return { kind: 'domain', domain: settings.domain.toLowerCase() };
  const at = settings.address.lastIndexOf('@');
  const [local = '', domain = ''] = [settings.address.slice(0, at), settings.address.slice(at + 1)];
  return { kind: 'mailbox', local: local.toLowerCase(), domain: domain.toLowerCase() };
}
