// Checks that the author in the From line sent the mail. Either trusts the verdict of our own mail server (MX), or
// verifies DKIM, SPF and DMARC itself.
import { promises as dns } from 'node:dns';
import type { authenticate as verify } from 'mailauth';
import { reasonOf } from '../../errors.ts';
import { AUTHENTICATE_MS, DNS_MS } from '../limits.ts';
import type { Envelope, Mail } from '../mail.ts';
import { readAuthResults } from './auth-results.ts';
import { type Authenticated, domainOf, type Evidence, isAligned, judge } from './authenticity.ts';
import { signedAsReported } from './reported-signatures.ts';
import type { Signed } from './signed.ts';
import { signedByAny } from './signed-headers.ts';
import { validIn } from './valid-signatures.ts';

/** Has the signature of `dns.resolve`. */
export type Resolve = (name: string, type: string) => Promise<string[] | string[][]>;

export type Authentication =
  /**
   * Trusts the header of a server that removes forged headers with its id before it adds its own (RFC 8601 section 5).
   */
  | { kind: 'authserv-id'; id: string }
  /**
   * Verifies the mail in Skein. This fails behind servers that rewrite bodies (Exchange, Outlook.com). Without the
   * client's IP only signatures can be verified.
   */
  | { kind: 'verify-here'; resolve?: Resolve; timeLimitMs?: number };

export interface ToAuthenticate {
  raw: Uint8Array;
  mail: Pick<Mail, 'from' | 'trace'>;
  envelope: Pick<Envelope, 'remoteIp' | 'helo' | 'mailFrom'>;
}

/**
 * Authenticates the author. Never rejects. The verdict `later` means that a DNS lookup failed and may succeed later.
 */
export async function authenticate(
  how: Authentication,
  { raw, mail, envelope }: ToAuthenticate,
): Promise<Authenticated> {
  if (mail.from.kind === 'fault') return { verdict: 'fail', reason: mail.from.reason };
  const from = mail.from.address;
  if (how.kind === 'authserv-id') return trusted(how.id, from, mail, raw);
  return verifyHere(how, from, raw, envelope);
}

function trusted(id: string, from: string, { trace }: Pick<Mail, 'trace'>, raw: Uint8Array): Authenticated {
  const ours = trace
    .filter(({ key }) => key === 'authentication-results')
    .flatMap(({ value }) => readAuthResults(value) ?? [])
    .filter(({ authservId }) => authservId === id.toLowerCase());
  if (ours.length === 0) {
    return { verdict: 'fail', from, reason: `The mail server ${id} has not said whether the sender is genuine.` };
  }
  const results = ours.flatMap((one) => one.results);
  const author = domainOf(from);
  const dmarc = results.filter(({ method }) => method === 'dmarc');
  const other = dmarc.some(({ properties }) => !isAligned(author, properties.get('header.from') ?? author));
  if (other) return { verdict: 'fail', from, reason: 'The mail server checked another author than the one shown.' };
  const dkim = results
    .filter(({ method }) => method === 'dkim')
    .map(({ result, properties }) => {
      const domain = properties.get('header.d') ?? domainOf(properties.get('header.i') ?? '');
      return { domain, result, aligned: isAligned(author, domain) };
    });
  const judged = judge({ from, dmarc: dmarc.map(({ result }) => result), dkim });
  const signed = judged.verdict === 'pass' && signedAsReported(author, results, raw);
  return signed ? { ...judged, signed } : judged;
}

type Here = Extract<Authentication, { kind: 'verify-here' }>;

async function verifyHere(
  here: Here,
  from: string,
  raw: Uint8Array,
  envelope: ToAuthenticate['envelope'],
): Promise<Authenticated> {
  const { resolve = resolveDns, timeLimitMs = AUTHENTICATE_MS } = here;
  const { remoteIp, helo, mailFrom } = envelope;
  // Imported only here, because most mail servers check the sender themselves.
  const mailauth = await import('mailauth');
  const checking = mailauth.authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    resolver: (name, type) => within(resolve(name, type), DNS_MS),
    ...(remoteIp === undefined ? {} : { ip: remoteIp }),
    ...(helo === undefined ? {} : { helo }),
    ...(mailFrom === undefined ? {} : { sender: mailFrom }),
    disableArc: true,
    disableBimi: true,
  });
  try {
    const checked = await within(checking, timeLimitMs);
    const valid = validIn(raw, checked.dkim.results);
    const evidence = evidenceOf(from, checked, valid);
    if (evidence === undefined) return { verdict: 'fail', from, reason: 'Its From line can be read in two ways.' };
    const judged = judge(evidence);
    if (judged.verdict !== 'pass' || isOwnServer(from, checked)) return judged;
    return { ...judged, signed: signedByAny([...valid.values()]) };
  } catch (error) {
    if (error instanceof TooLate) return { verdict: 'later', from, reason: 'Checking the sender took too long.' };
    return { verdict: 'fail', from, reason: `The sender can't be checked. ${reasonOf(error)}` };
  }
}

type Checked = Awaited<ReturnType<typeof verify>>;
type Result = Checked['dkim']['results'][number];

/**
 * Returns the evidence. Undefined if mailauth reads another author than our parser, because its results are then about
 * somebody else.
 */
function evidenceOf(
  from: string,
  { dkim, spf, dmarc }: Checked,
  valid: ReadonlyMap<Result, Signed>,
): Evidence | undefined {
  const authors: string[] = [dkim.headerFrom].flat();
  if (authors.length !== 1 || authors[0]?.toLowerCase() !== from) return undefined;
  const signatures = dkim.results.map((one) => ({
    // For an unsigned mail, mailauth returns one result without a domain.
    domain: (one.signingDomain ?? '').toLowerCase(),
    result: one.status.result === 'pass' && !valid.has(one) ? 'policy' : one.status.result,
    aligned: Boolean(one.status.aligned),
  }));
  const result = dmarc ? dmarc.status.result : 'none';
  const signed = signatures.some((one) => one.aligned && one.result === 'pass');
  const proven = signed || (dmarc !== false && Boolean(dmarc.alignment?.spf.result));
  return {
    from,
    dmarc: result === 'pass' && !proven ? ['fail'] : result === 'neutral' ? ['none'] : [result],
    dkim: signatures,
    unsure: spf ? spf.status.result === 'temperror' : false,
  };
}

function isOwnServer(from: string, { spf, dmarc }: Checked): boolean {
  if (spf === false || spf.status.result !== 'pass') return false;
  if (dmarc !== false && dmarc.alignment) return Boolean(dmarc.alignment.spf.result);
  return isAligned(domainOf(from), (spf.domain ?? '').toLowerCase());
}

const resolveDns: Resolve = (name, type) => dns.resolve(name, type) as Promise<string[] | string[][]>;

class TooLate extends Error {
  /** The code of a resolver's timeout. mailauth then reports a temporary error. */
  readonly code = 'ETIMEOUT';
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate('It took too long.')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
