// The words by which mail programs, in the languages people use, introduce replies and forwards. Facts, no logic.

const alternatives = (words: string) =>
  words
    .trim()
    .split(/\s*\|\s*/)
    .map(escaped)
    .join('|');
const escaped = (word: string) => word.replace(/[.*+?^${}()[\]\\]/g, '\\$&').replace(/ /g, '\\s');

/** `… wrote:`: the verb of the line above a quote. In some languages the writer's name follows it. */
export const wroteLine = new RegExp(
  `(?:^|[\\s>,)]|\\p{Script=Han}|\\p{Script=Hangul}|[のが\\d])(?:${alternatives(`
    wrote | writes | schrieb | schreibt | a écrit | écrit | escribió | escribio | ha scritto | scrive | escreveu | schreef | skrev |
    kirjoitti | napisał | napisała | napisał(a) | pisze | napsal | napsala | napsal(a) | написал | написала | написал(а) | пишет | пише |
    şunu yazdı | yazdı | ezt írta | írta | a scris | đã viết | 写道 | 寫道 | 書きました | さんは書きました | 작성 | έγραψε | כתב`)})(?![\\p{L}])[^\\n]{0,300}[::]\\s*$`,
  'iu',
);

/** Some languages say it without a verb: a time, a name, an address and a colon. */
export const authorLine = /\d{1,2}[:.]\d{2}[^\n]{0,200}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[::]\s?$/u;

/** How the line above a quote begins, where it is broken in two. */
export const openingLine = /^\s*(?:On|Am|Le|El|Il|Em|A|Op|W dniu|Dnia|Den|På|Dne|Vào)\s[^\n]{0,60}\d/u;

/** `-----Original Message-----`, and what `Reply above this line` becomes. */
export const originalLine = new RegExp(
  `^[\\s*]*[-_]{2,}\\s*(?:${alternatives(`
    Original Message | Original-Nachricht | Ursprüngliche Nachricht | Originalnachricht | Message d'origine | Message original | Mensaje original |
    Messaggio originale | Mensagem original | Oorspronkelijk bericht | Originalmeddelande | Opprinnelig melding | Oprindelig meddelelse |
    Alkuperäinen viesti | Oryginalna wiadomość | Wiadomość oryginalna | Původní zpráva | Исходное сообщение | Orijinal ileti | 原始邮件 | 邮件原件 | 元のメッセージ | 원본 메시지`)})\\s*[-_]*[\\s*]*$`,
  'iu',
);

/** Gmail, Thunderbird, Yahoo and others: dashes around the words. */
export const forwardedLine = new RegExp(
  `^[\\s*]*[-_]{2,}\\s*(?:${alternatives(`
    Forwarded message | Forwarded Message | Weitergeleitete Nachricht | Message transféré | Mensaje reenviado | Messaggio inoltrato |
    Mensagem encaminhada | Mensagem reencaminhada | Doorgestuurd bericht | Vidarebefordrat meddelande | Videresendt melding | Videresendt besked |
    Videresendt meddelelse | Välitetty viesti | Edelleenlähetetty viesti | Przekazana wiadomość | Treść przekazanej wiadomości | Wiadomość przekazana |
    Přeposlaná zpráva | Пересылаемое сообщение | Перенаправленное сообщение | Yönlendirilen ileti | Forwarded İleti | Továbbított üzenet |
    Mesaj redirecționat | 转发的邮件 | 转发邮件信息 | 轉寄的郵件 | 転送メッセージ | 전달된 메일`)})\\s*[-_:]*[\\s*]*$`,
  'iu',
);

/** Apple Mail: words alone on a line, and a colon. */
export const beginForwardLine = new RegExp(
  `^\\s*(?:${alternatives(`
    Begin forwarded message | Anfang der weitergeleiteten Nachricht | Anfang der weitergeleiteten E-Mail | Début du message réexpédié |
    Début du message transféré | Inicio del mensaje reenviado | Inizio messaggio inoltrato | Início da mensagem encaminhada |
    Início da mensagem reencaminhada | Begin doorgestuurd bericht | Vidarebefordrat brev | Videresendt besked | Videresendt melding |
    Välitetty viesti alkaa | Początek przekazywanej wiadomości | Začátek přeposílané zprávy | Начало переадресованного сообщения |
    Начало пересылаемого сообщения | İleti iletisinin başlangıcı | 下面是被转发的邮件 | 開始轉寄郵件 | 転送されたメッセージ | 전달된 메시지 시작`)})\\s*[::]\\s*$`,
  'iu',
);

/** The labels of the header block that Outlook and all forwards write above the old mail. */
const labels = {
  from: 'From | Von | De | Da | Van | Od | Från | Fra | Lähettäjä | От | От кого | Від | Kimden | Feladó | De la | Expéditeur | Remitente | Mittente | 发件人 | 寄件者 | 差出人 | 보낸 사람',
  date: 'Date | Sent | Datum | Gesendet | Envoyé | Envoyé le | Fecha | Enviado | Enviado el | Enviada em | Data | Inviato | Verzonden | Wysłano | Skickat | Dato | Sendt | Päivämäärä | Lähetetty | Дата | Отправлено | Tarih | Gönderilme Tarihi | Odesláno | Elküldve | 日期 | 发送时间 | 日付 | 送信日時 | 날짜 | 보낸 날짜',
  to: 'To | An | À | Para | A | Aan | Do | Till | Til | Vastaanottaja | Кому | Kime | Komu | Címzett | Pour | Destinataire | 收件人 | 宛先 | 받는 사람',
  cc: 'Cc | Kopie | Kopi | Kopia | Kopio | Копия | Bilgi | Másolatot kap | 抄送 | 참조',
  subject:
    'Subject | Betreff | Objet | Asunto | Oggetto | Onderwerp | Assunto | Temat | Ämne | Emne | Aihe | Тема | Konu | Předmět | Tárgy | Subiect | 主题 | 主旨 | 件名 | 제목',
} as const;

export type Label = keyof typeof labels;

const labelled = Object.entries(labels).map(
  ([name, words]) =>
    [
      name as Label,
      new RegExp(`^\\s*\\*{0,2}(?:${alternatives(words)})\\s?\\*{0,2}\\s?[::]\\s?\\*{0,2}\\s*(.*)$`, 'iu'),
    ] as const,
);

/** `Von: Ada <ada@x>` -> from, `Ada <ada@x>`. */
export function labelOf(line: string): { label: Label; value: string } | undefined {
  for (const [label, pattern] of labelled) {
    const value = pattern.exec(line)?.[1];
    if (value !== undefined) return { label, value: value.trim() };
  }
  return undefined;
}

export const replyPrefixes = 're|aw|antw|antwort|sv|vs|rif|res|odp|ynt|回复|答复|回覆|返信|答覆|회신';
export const forwardPrefixes = 'fwd?|fw|wg|tr|rv|enc|doorst|vb|vl|pd|ilt|i|fs|转发|轉寄|転送|전달';

/** `Sent from my iPhone` and its like stand alone at the end. */
export const deviceLine = new RegExp(
  `^\\s*(?:${alternatives(`
    Sent from my | Sent from Outlook | Sent from Yahoo | Sent from Mail for | Sent via | Get Outlook for | Sent with | Von meinem | Gesendet von |
    Gesendet mit | Envoyé de mon | Envoyé depuis | Enviado desde mi | Enviado do meu | Inviato da | Verzonden vanaf mijn | Verstuurd vanaf mijn |
    Skickat från min | Sendt fra min | Lähetetty | Wysłane z | Отправлено с | iPhone'umdan gönderildi | 从我的 | 发自我的 | iPhoneから送信`)})[^\\n]{0,100}$`,
  'iu',
);
