// The one door out to SMTP. A mail may be sent again after a crash: it is the same to the byte, and mail programs show it once.
import { createTransport, type SMTPSentMessageInfo } from 'nodemailer';
import type { Logger } from '../../logger.ts';
import { composeMail, type Outgoing, SIGNED_HEADERS } from '../render/compose-mail.ts';
import { smtpTransport } from '../tls-required.ts';
import { translated } from './smtp-errors.ts';

export interface SmtpSettings {
  /** `smtp://name:password@host:587`, `smtps://…:465`. Off this machine TLS is required, short of `?tls=optional`. */
  url: string;
  /** Signed here; absent where the mail server signs. */
  dkim?: { domain: string; selector: string; privateKey: string };
  /** Connections kept open at once. */
  connections?: number;
}

export interface Sent {
  /** Refused for good while others were accepted. */
  rejected: string[];
  /** The server asks to come later for these, and took the mail for the others. */
  later: string[];
}

export interface MailSender {
  /** Throws Retryable, or an error whose sentence can be told; after a Retryable it may be that the mail was sent. */
  send(mail: Outgoing, delivery: string): Promise<Sent>;
  /** Logs in and out. Throws as `send` does. */
  check(): Promise<void>;
  stop(): void;
}

/** Ours: a server that says nothing for so long is gone. */
const CONNECT_MS = 15_000;
const SOCKET_MS = 60_000;

export function makeMailSender({ settings, logger }: { settings: SmtpSettings; logger: Logger }): MailSender {
  const { url, dkim, connections = 3 } = settings;
  const transport = createTransport({
    ...smtpTransport(url),
    pool: true,
    maxConnections: connections,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    ...(dkim === undefined
      ? {}
      : {
          dkim: {
            domainName: dkim.domain,
            keySelector: dkim.selector,
            privateKey: dkim.privateKey,
            headerFieldNames: SIGNED_HEADERS,
          },
        }),
  });
  return {
    async send(mail, delivery) {
      try {
        const info = await transport.sendMail(composeMail(mail));
        const sent = sentOf(info);
        const { rejected, later } = sent;
        const counts = { recipients: info.accepted.length, rejected: rejected.length, later: later.length };
        logger.info('mail sent', { delivery, ...counts });
        return sent;
      } catch (error) {
        throw translated(error);
      }
    },
    async check() {
      try {
        await transport.verify();
      } catch (error) {
        throw translated(error);
      }
    },
    stop() {
      transport.close();
    },
  };
}

/** With each refusal comes whose it is, and the server's answer: 4xx is no last word (RFC 5321 section 4.2.1). */
function sentOf(info: Pick<SMTPSentMessageInfo, 'rejectedErrors'>): Sent {
  const refused = (info.rejectedErrors ?? []).map(({ recipient = '', responseCode = 550 }) => ({
    recipient,
    isFinal: responseCode >= 500,
  }));
  const of = (final: boolean) => refused.filter(({ isFinal }) => isFinal === final).map(({ recipient }) => recipient);
  return { rejected: of(true), later: of(false) };
}
