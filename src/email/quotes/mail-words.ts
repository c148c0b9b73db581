// The phrases with which mail programs introduce replies and forwards, in many languages. Data only.

const alternatives = (words: string) =>
  words
    .trim()
    .split(/\s*\|\s*/)
    .map(escaped)
    .join('|');
const escaped = (word: string) => word.replace(/[.*+?^${}()[\]\\]/g, '\\$&').replace(/ /g, '\\s');

/** Matches the line above a quote, `… wrote:`. In some languages the author's name follows the verb. */
export const wroteLine = new RegExp(
  `(?:^|[\\s>,)]|\\p{Script=Han}|\\p{Script=Hangul}|[のが\\d])(?:${alternatives(`
    wrote | writes | schrieb | schreibt | a écrit | écrit | escribió | escribio | ha scritto | scrive | escreveu | schreef | skrev |
    kirjoitti | napisał | napisała | napisał(a) | pisze | napsal | napsala | napsal(a) | написал | написала | написал(а) | пишет | пише |
    şunu yazdı | yazdı | ezt írta | írta | a scris | đã viết | 写道 | 寫道 | 書きました | さんは書きました | 작성 | έγραψε | כתב`)})(?![\\p{L}])[^\\n]{0,300}[:\\uff1a]\\s*$`,
  'iu',
);

/** Matches the line above a quote in languages that use no verb in it: a time, a name, an address and a colon. */
export const authorLine = /\d{1,2}[:.]\d{2}[^\n]{0,200}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[:\uff1a]\s?$/u;

/** Matches the words of a request. A line with such words was written by a person, not by a program. */
export const requestWords = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${alternatives(`
    please | pls | could you | can you | what | which | who | below | translate | see | here is | here's | bitte | was | welche | unten | siehe | anbei | übersetze | por favor | puedes | qué |
    s'il te plaît | s'il vous plaît | merci | veuillez | peux-tu | pouvez-vous | per favore | puoi | graag | kun je | snälla | kan du | proszę | prosím | пожалуйста | прошу | lütfen | kérlek`)})(?![\\p{L}\\p{N}])|请|請|ください|주세요`,
  'iu',
);

/** Matches the first part of a line above a quote that is broken into two lines. */
export const openingLine = /^\s*(?:On|Am|Le|El|Il|Em|A|Op|W dniu|Dnia|Den|På|Dne|Vào)\s[^\n]{0,60}\d/u;

/** Matches `-----Original Message-----`, and `Reply above this line` as programs quote it. */
export const originalLine = new RegExp(
  `^[\\s*]*[-_]{2,}\\s*(?:${alternatives(`
    Original Message | Original-Nachricht | Ursprüngliche Nachricht | Originalnachricht | Message d'origine | Message original | Mensaje original |
    Messaggio originale | Mensagem original | Oorspronkelijk bericht | Originalmeddelande | Opprinnelig melding | Oprindelig meddelelse |
    Alkuperäinen viesti | Oryginalna wiadomość | Wiadomość oryginalna | Původní zpráva | Исходное сообщение | Orijinal ileti | 原始邮件 | 邮件原件 | 元のメッセージ | 원본 메시지`)})\\s*[-_]*[\\s*]*$`,
  'iu',
);

/** Matches the dashes and words above a forwarded mail in Gmail, Thunderbird, Yahoo and others. */
export const forwardedLine = new RegExp(
  `^[\\s*]*[-_]{2,}\\s*(?:${alternatives(`
    Forwarded message | Forwarded Message | Weitergeleitete Nachricht | Message transféré | Mensaje reenviado | Messaggio inoltrato |
    Mensagem encaminhada | Mensagem reencaminhada | Doorgestuurd bericht | Vidarebefordrat meddelande | Videresendt melding | Videresendt besked |
    Videresendt meddelelse | Välitetty viesti | Edelleenlähetetty viesti | Przekazana wiadomość | Treść przekazanej wiadomości | Wiadomość przekazana |
    Přeposlaná zpráva | Пересылаемое сообщение | Перенаправленное сообщение | Yönlendirilen ileti | Forwarded İleti | Továbbított üzenet |
    Mesaj redirecționat | 转发的邮件 | 转发邮件信息 | 轉寄的郵件 | 転送メッセージ | 전달된 메일`)})\\s*[-_:]*[\\s*]*$`,
  'iu',
);

/** Matches the line above a forwarded mail in Apple Mail: only the words, and a colon. */
export const beginForwardLine = new RegExp(
  `^\\s*(?:${alternatives(`
    Begin forwarded message | Anfang der weitergeleiteten Nachricht | Anfang der weitergeleiteten E-Mail | Début du message réexpédié |
    Début du message transféré | Inicio del mensaje reenviado | Inizio messaggio inoltrato | Início da mensagem encaminhada |
    Início da mensagem reencaminhada | Begin doorgestuurd bericht | Vidarebefordrat brev | Videresendt besked | Videresendt melding |
    Välitetty viesti alkaa | Początek przekazywanej wiadomości | Začátek přeposílané zprávy | Начало переадресованного сообщения |
    Начало пересылаемого сообщения | İleti iletisinin başlangıcı | İleti başlangıcı | İletilen ileti başlangıcı |
    Start på videresendt besked | Vidarebefordrat mejl | Början av vidarebefordrat mejl | Započni proslijeđenu poruku | Početak proslijeđene poruke | Továbbított levél kezdete |
    Továbbított üzenet kezdete | Începe mesajul redirecționat | Początek przekazanej wiadomości | Začiatok preposlanej správy | Початок листа, що пересилається | Початок переадресованого повідомлення |
    Начало на препратено съобщение | Αρχή προωθημένου μηνύματος | Inici del missatge reenviat | Forwarded message | תחילת ההודעה שהועברה | بداية الرسالة المعاد توجيهها | بدء رسالة معاد توجيهها |
    เริ่มข้อความที่ส่งต่อ | เริ่มต้นข้อความที่ส่งต่อ | Bắt đầu thư được chuyển tiếp | Bắt đầu nội dung chuyển tiếp | Mulai pesan yang diteruskan | Mulakan mesej dimajukan | अग्रेषित संदेश प्रारंभ | 以下是转发的邮件 |
    以下是轉寄的郵件 | 开始转发的邮件 | 被转发的邮件 | 轉寄的郵件 | 転送されたメールの始まり | 전달된 메일의 시작 | 다음은 전달된 메시지입니다 | 下面是被转发的邮件 | 開始轉寄郵件 | 転送されたメッセージ | 전달된 메시지 시작`)})\\s*[:\\uff1a]\\s*$`,
  'iu',
);

/** The labels of the header block above a quoted mail. */
const labels = {
  from: `From | Von | De | Da | Van | Od | Från | Fra | Frá | Lähettäjä | От | От кого | Від | Від кого | Ад | Kimden | Gönderen | Feladó | De la |
    Expéditeur | Remitente | Remetente | Mittente | Afzender | Nadawca | Odesílatel | Odosielateľ | Pošiljatelj | Šalje | Nuo | Saatja | No | Sūtītājs |
    Από | Αποστολέας | מאת | من | از | จาก | Từ | Dari | Daripada | प्रेषक | Mula kay | 发件人 | 發件人 | 寄件者 | 寄件人 | 差出人 | 送信者 | 보낸 사람 | 보낸사람`,
  date: `Date | Sent | Datum | Gesendet | Gesendet am | Envoyé | Envoyé le | Date d'envoi | Fecha | Enviado | Enviado el | Enviado em | Enviada em | Enviada |
    Enviat | Data | Inviato | Verzonden | Wysłano | Data wysłania | Skickat | Dato | Sendt | Sent | Päivämäärä | Päiväys | Lähetetty | Дата | Отправлено | Надіслано |
    Изпратено | Послато | Tarih | Gönderildi | Gönderilme Tarihi | Odesláno | Odoslané | Poslano | Elküldve | Dátum | Küldés ideje | Trimis | Trimis la | Išsiųsta |
    Nosūtīts | Saadetud | Kuupäev | Dagsetning | Ημερομηνία | Στάλθηκε | נשלח | תאריך | التاريخ | تاريخ | تاريخ الإرسال | تم الإرسال | ارسال | تاریخ | วันที่ | ส่ง | Ngày | Đã gửi |
    Gửi | Tanggal | Dikirim | तारीख | 日期 | 发送时间 | 发送日期 | 傳送時間 | 寄件日期 | 發送時間 | 时间 | 時間 | 日付 | 日時 | 送信日時 | 送信日 | 날짜 | 보낸 날짜 | 보낸날짜`,
  to: `To | An | À | Para | A | Aan | Do | Till | Til | Vastaanottaja | Кому | До | Каму | Kime | Alıcı | Komu | Címzett | Către | Pour | Destinataire | Destinatario |
    Destinatário | Prima | Za | Kam | Kellele | Adresatas | Προς | אל | إلى | الى | به | ถึง | Đến | Tới | Kepada | Untuk | प्रति | 收件人 | 收件者 | 宛先 | 받는 사람 | 받는사람`,
  cc: `Cc | Bcc | Kopie | Kopi | Kopia | Kopio | Копия | Копія | Bilgi | Másolatot kap | Copie à | Κοιν | עותק | نسخة | สำเนา | 抄送 | 副本 | 참조`,
  reply: 'Reply-To | Reply to | Antwort an | Répondre à | Responder a | Rispondi a | Svar till | 返信先 | 回复',
  subject: `Subject | Betreff | Objet | Sujet | Asunto | Oggetto | Onderwerp | Assunto | Assumpte | Temat | Ämne | Emne | Efni | Aihe | Тема | Относно | Предмет | Konu |
    Předmět | Predmet | Tárgy | Subiect | Subiectul | Naslov | Zadeva | Tema | Teema | Θέμα | נושא | الموضوع | موضوع | विषय | เรื่อง | หัวเรื่อง | Chủ đề | Tiêu đề | Perihal |
    Subjek | Subyek | 主题 | 主旨 | 主題 | 標題 | 件名 | 제목`,
  other: `Attachments | Attachment | Importance | Priority | Sensitivity | Organization | Resent-From | Anlagen | Wichtigkeit | Priorität | Pièces jointes | Importancia |
    Datos adjuntos | Bijlagen | Urgentie | Bifogade filer | Allegati | Priorità | Anexos | Prioridade | Załączniki | Вложения | 附件 | 添付ファイル | 첨부`,
} as const;

export type Label = keyof typeof labels;

const kinds = new Map<string, Label>(
  Object.entries(labels).flatMap(([kind, words]) =>
    words.split('|').map((word): [string, Label] => [folded(word), kind as Label]),
  ),
);

function folded(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Returns the header that a label stands for. Undefined for other words. */
export function labelKind(label: string): Label | undefined {
  return kinds.get(folded(label));
}

/**
 * Matches all labels, the longest first, for a header block on one line: `<m@mill.example>To: …`, `9:12 AMSubject: …`.
 */
export const labelInLine = new RegExp(
  `(?<!\\p{Ll}|-)(${Object.values(labels)
    .flatMap((words) => words.split('|').map((word) => word.trim()))
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')})\\s?[:\\uff1a]`,
  'gu',
);

/** Matches labels that people write above their own text, as for an appointment, an address or an order. */
export const ownLabel = new RegExp(
  `^(?:${alternatives(`
    e-?mail | mail | email address | e-mail address | phone | tel | telephone | telefon | téléphone | teléfono | telefono | mobile | handy | name | nom | nombre | nome | contact | kontakt | contacto |
    contatto | address | adresse | dirección | indirizzo | where | when | who | what | why | wo | wann | wer | was | où | quand | place | location | ort | lieu | lugar | luogo | venue |
    time | zeit | heure | hora | ora | website | web | url | link | price | preis | prix | precio | prezzo | total | amount | invoice | order | due | deadline | class | seat | room | notes? | note`)})$`
    .replaceAll('\\-\\?', '-?')
    .replaceAll('s\\?', 's?'),
  'iu',
);

/** A prefix with two meanings: Danish and Norwegian Outlook use `VS:` for forwards, Finnish Outlook for replies. */
export const eitherPrefixes = 'vs';
export const replyPrefixes =
  're|aw|antw|antwort|sv|rif|r|res|odp|ynt|απ|отв|vá|válasz|回复|答复|回覆|返信|答覆|회신|답장|תגובה|رد';
/** Prefixes of forwards. `İ` needs its own entry, because it does not match `i` case-insensitively. */
export const forwardPrefixes =
  'fwd?|wg|weitergeleitet|tr|trs|trans|rv|enc|doorst|doorgestuurd|vb|vidarebefordrat|videresendt|vl|pd|ilt|İlt|i|fs|tov|továbbítás|továbbítva|πρθ|пересл|переслано|перенаправлено|пер|转发|轉寄|轉發|転送|전달|הועבר|إعادة توجيه';

/** Devices and programs that add a signature, in any language. */
const devices =
  'iPhone|iPad|iOS|Android|Samsung|Galaxy|Huawei|Xiaomi|Redmi|Pixel|BlackBerry|Windows Phone|Smartphone|Outlook|Yahoo|Gmail|Proton ?Mail|Tuta(?:nota)?|Fastmail|Thunderbird|K-9 Mail|GMX|WEB\\.DE|Spark|Mailbird|eM Client|BlueMail|Aqua ?Mail|Mail\\.ru|AOL|Apple Mail|Mail for Windows|Mail (?:für|pour|per|voor|para|för) Windows(?: 10)?|Superhuman|Airmail|Canary|Edison|Nokia|Lumia|myMail|Яндекс(?:\\.Почта)?|Yandex';

/** The first words of a device's signature, and in some languages its last words. */
const sentFrom =
  `Sent (?:from|with|via) | Get | Download | Von (?:meinem|meiner) | Gesendet (?:von|mit) | Diese Nachricht wurde von | Envoyé (?:de|depuis|avec|à partir) | Télécharger | Obtenez |
  Enviado (?:desde|do|de|a partir|com|con) | Enviat (?:des|amb) | Obtener | Obter | Inviato (?:da|con) | Ottieni | Verzonden (?:vanaf|met|via) | Verstuurd (?:vanaf|met|via) | Skickat från |
  Skickades från | Hämta | Sendt (?:fra|med) | Hent | Lähetetty | Hanki | Wysłane z | Wysłano z | Pobierz | Odesláno z | Odoslané z | Poslano (?:s|iz|z) | Отправлено (?:с|из) | Надіслано з |
  Изпратено от | Trimis de pe | Saadetud | Išsiųsta iš | Nosūtīts no | Στάλθηκε από | נשלח מ | تم الإرسال من | أُرسلت من | مرسل من | ارسال از | ส่งจาก | Đã gửi từ | Được gửi từ | Dikirim dari | Dihantar dari |
  发自 | 發自 | 來自 | 从我的 | 從我的 | 我的 | 傳送自`
    .split(/\s*\|\s*(?![^(]*\))/)
    .map((one) => one.trim().replace(/\s+/g, '\\s'))
    .join('|');
const sentEnd =
  'dan gönderildi|den gönderildi|umdan gönderildi|から送信|에서 보냄|에서 전송|으로 보냄|készülékről küldve|ról küldve|ről küldve|gesendet|küldve';

/** Matches a signature such as `Sent from my iPhone`: a few words and the name of a device or program on one line. */
export const deviceLine = new RegExp(
  `^\\s*(?:(?:${sentFrom})[^\\n]{0,40}?(?:${devices})\\p{L}{0,8}(?![\\p{L}\\p{N}])[^\\n]{0,25}|[^\\n]{0,20}(?:${devices})['’]?\\s?(?:${sentEnd})[.]?)\\s*$`,
  'iu',
);
