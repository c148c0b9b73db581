// Sends mails over SMTP. After a crash a mail may be sent again with the same bytes, and mail programs show it once.
import { createTransport, type SMTPSentMessageInfo } from 'nodemailer';
import type { Logger } from '../../logger.ts';
import { composeMail, type Outgoing, SIGNED_HEADERS } from '../render/compose-mail.ts';
import { smtpTransport } from '../tls-required.ts';
import { translated } from './smtp-errors.ts';

export interface SmtpSettings {
  /**
   * The URL of the mail server, as `smtp://name:password@host:587` or `smtps://…:465`. TLS is required for other
   * machines, unless it has `?tls=optional`.
   */
  url: string;
  /** The signing key. Absent if the mail server signs. */
  dkim?: { domain: string; selector: string; privateKey: string };
  /** The most connections that are open at once. */
  connections?: number;
}

export interface Sent {
  /** The recipients that the server refused for good while it accepted others. */
  rejected: string[];
  /** The recipients that the server asked to retry while it accepted others. */
  later: string[];
}

export interface MailSender {
  /** Sends the mail. Throws Retryable or a UserFacingError. After a Retryable, the mail may still have been sent. */
  send(mail: Outgoing, delivery: string): Promise<Sent>;
  /** Logs in and out, to check the settings. Throws the same errors as `send`. */
  check(): Promise<void>;
  stop(): void;
}

/** Ours: how long a server may be silent, in milliseconds, before it counts as down. */
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

/** Sorts the refused recipients by the server's response; 4xx means retry (RFC 5321 section 4.2.1). */
function sentOf(info: Pick<SMTPSentMessageInfo, 'rejectedErrors'>): Sent {
  const refused = (info.rejectedErrors ?? []).map(({ recipient = '', responseCode = 550 }) => ({
    recipient,
    isFinal: responseCode >= 500,
  }));
  const of = (final: boolean) => refused.filter(({ isFinal }) => isFinal === final).map(({ recipient }) => recipient);
  return { rejected: of(true), later: of(false) };
}
