// The words of Microsoft's mail programs in each language: block labels, date pattern, separator of plain text, prefixes.

export interface OutlookLabels {
  from: string;
  sent: string;
  to: string;
  subject: string;
  date: string;
  original: string;
  forward: string;
  reply: string;
}

const ROWS: Record<string, [string, string, string, string, string, string, string, string]> = {
  en: ['From:', 'Sent:', 'To:', 'Subject:', '{wd}, {month} {d}, {y} {h}:{mm} {AP}', 'Original Message', 'FW:', 'RE:'],
  de: [
    'Von:',
    'Gesendet:',
    'An:',
    'Betreff:',
    '{wd}, {d}. {month} {y} {HH}:{mm}',
    'Ursprüngliche Nachricht',
    'WG:',
    'AW:',
  ],
  fr: ['De :', 'Envoyé :', 'À :', 'Objet :', '{wd} {d} {month} {y} {HH}:{mm}', 'Message d’origine', 'TR:', 'RE:'],
  es: [
    'De:',
    'Enviado el:',
    'Para:',
    'Asunto:',
    '{wd}, {d} de {month} de {y} {H}:{mm}',
    'Mensaje original',
    'RV:',
    'RE:',
  ],
  it: ['Da:', 'Inviato:', 'A:', 'Oggetto:', '{wd} {d} {month} {y} {HH}:{mm}', 'Messaggio originale', 'I:', 'R:'],
  pt: [
    'De:',
    'Enviada em:',
    'Para:',
    'Assunto:',
    '{wd}, {d} de {month} de {y} {HH}:{mm}',
    'Mensagem original',
    'ENC:',
    'RES:',
  ],
  nl: [
    'Van:',
    'Verzonden:',
    'Aan:',
    'Onderwerp:',
    '{wd} {d} {month} {y} {HH}:{mm}',
    'Oorspronkelijk bericht',
    'FW:',
    'RE:',
  ],
  sv: ['Från:', 'Skickat:', 'Till:', 'Ämne:', 'den {d} {month} {y} {HH}:{mm}', 'Ursprungligt meddelande', 'VB:', 'SV:'],
  da: ['Fra:', 'Sendt:', 'Til:', 'Emne:', '{d}. {month} {y} {HH}:{mm}', 'Oprindelig meddelelse', 'VS:', 'SV:'],
  nb: ['Fra:', 'Sendt:', 'Til:', 'Emne:', '{wd} {d}. {month} {y} {HH}:{mm}', 'Opprinnelig melding', 'VS:', 'SV:'],
  fi: [
    'Lähettäjä:',
    'Lähetetty:',
    'Vastaanottaja:',
    'Aihe:',
    '{wd} {d}. {month} {y} {H}.{mm}',
    'Alkuperäinen viesti',
    'VL:',
    'VS:',
  ],
  pl: ['Od:', 'Wysłano:', 'Do:', 'Temat:', '{wd}, {d} {month} {y} {HH}:{mm}', 'Wiadomość oryginalna', 'PD:', 'ODP:'],
  cs: ['Od:', 'Odesláno:', 'Komu:', 'Předmět:', '{wd} {d}. {month} {y} {H}:{mm}', 'Původní zpráva', 'FW:', 'RE:'],
  hu: [
    'Feladó:',
    'Elküldve:',
    'Címzett:',
    'Tárgy:',
    '{y}. {month} {d}., {wd} {H}:{mm}',
    'Eredeti üzenet',
    'FW:',
    'RE:',
  ],
  ro: ['De la:', 'Trimis:', 'Către:', 'Subiect:', '{wd}, {d} {month} {y} {HH}:{mm}', 'Mesaj original', 'FW:', 'RE:'],
  tr: ['Kimden:', 'Gönderildi:', 'Kime:', 'Konu:', '{d} {month} {y} {wd} {HH}:{mm}', 'Özgün İleti', 'İLT:', 'YNT:'],
  el: ['Από:', 'Στάλθηκε:', 'Προς:', 'Θέμα:', '{wd}, {d} {month} {y} {h}:{mm} πμ', 'Αρχικό μήνυμα', 'ΠΡΘ:', 'ΑΠ:'],
  ru: ['От:', 'Отправлено:', 'Кому:', 'Тема:', '{d} {month} {y} г. {H}:{mm}', 'Исходное сообщение', 'FW:', 'RE:'],
  uk: ['Від:', 'Надіслано:', 'Кому:', 'Тема:', '{d} {month} {y} р. {H}:{mm}', 'Вихідне повідомлення', 'FW:', 'RE:'],
  ja: ['差出人:', '送信日時:', '宛先:', '件名:', '{y}年{M}月{d}日 {H}:{mm}', '元のメッセージ', 'FW:', 'RE:'],
  zh: ['发件人:', '发送时间:', '收件人:', '主题:', '{y}年{M}月{d}日 {H}:{mm}', '邮件原件', '转发:', '答复:'],
  ko: [
    '보낸 사람:',
    '보낸 날짜:',
    '받는 사람:',
    '제목:',
    '{y}년 {M}월 {d}일 {wd} 오전 {h}:{mm}',
    '원본 메시지',
    '전달:',
    '회신:',
  ],
  he: ['מאת:', 'נשלח:', 'אל:', 'נושא:', '{wd} {d} {month} {y} {HH}:{mm}', 'הודעה מקורית', 'FW:', 'RE:'],
  ar: ['من:', 'تم الإرسال:', 'إلى:', 'الموضوع:', '{wd}، {d} {month}، {y} {h}:{mm} ص', 'الرسالة الأصلية', 'FW:', 'RE:'],
};

export function outlookLabels(language: string): OutlookLabels {
  const row = ROWS[language];
  if (!row) throw new Error(`no Outlook labels for ${language}`);
  const [from, sent, to, subject, date, original, forward, reply] = row;
  return { from, sent, to, subject, date, original, forward, reply };
}
