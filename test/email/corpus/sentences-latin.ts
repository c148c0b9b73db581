// Sentences of the corpus in languages with Latin letters; `#` becomes the number of the case.

import type { Sentences } from './case.ts';

export const LATIN: Record<string, Sentences> = {
  en: {
    own: [
      'Please order what this offer says, job #.',
      'We need it before the shop opens, shelf #.',
      'And tell Ben the price, note #.',
    ],
    stranger: [
      'We offer 40 sacks of rye, lot #.',
      'The price holds until 4 December, and freight to the yard is included as in the last two years, list #.',
      'Please confirm by Friday, ref #.',
    ],
    earlier: ['Good morning, can you name a price for rye, asks house #?', 'We would need it every week, plan #.'],
    agent: ['I found three mills that sell rye, run #.', 'Shall I order 40 sacks, offer #?'],
  },
  de: {
    own: [
      'Bitte bestelle, was im Angebot steht, Auftrag #.',
      'Wir brauchen es vor der Eröffnung, Regal #.',
      'Und sag Ben den Preis, Zettel #.',
    ],
    stranger: [
      'Wir bieten 40 Säcke Roggen an, Posten #.',
      'Der Preis gilt bis zum 4. Dezember, die Fracht bis zum Hof ist wie in den letzten zwei Jahren enthalten, Liste #.',
      'Bitte bestätigen Sie bis Freitag, Zeichen #.',
    ],
    earlier: ['Guten Morgen, was kostet der Roggen zur Zeit, fragt Haus #?', 'Wir bräuchten ihn jede Woche, Plan #.'],
    agent: ['Ich habe drei Mühlen gefunden, die Roggen verkaufen, Lauf #.', 'Soll ich 40 Säcke bestellen, Angebot #?'],
  },
  fr: {
    own: [
      'Merci de commander ce que dit l’offre, tâche #.',
      'Il nous le faut avant l’ouverture, étagère #.',
      'Et donne le prix à Ben, note #.',
    ],
    stranger: [
      'Nous proposons 40 sacs de seigle, lot #.',
      'Le prix est valable jusqu’au 4 décembre et le transport jusqu’à la cour est compris comme les deux dernières années, liste #.',
      'Merci de confirmer avant vendredi, réf #.',
    ],
    earlier: [
      'Bonjour, combien coûte le seigle en ce moment, demande la maison # ?',
      'Il nous en faudrait chaque semaine, plan #.',
    ],
    agent: ['J’ai trouvé trois moulins qui vendent du seigle, essai #.', 'Dois-je commander 40 sacs, offre # ?'],
  },
  es: {
    own: [
      'Por favor, pide lo que dice la oferta, tarea #.',
      'Lo necesitamos antes de abrir la tienda, estante #.',
      'Y dile el precio a Ben, nota #.',
    ],
    stranger: [
      'Ofrecemos 40 sacos de centeno, lote #.',
      'El precio vale hasta el 4 de diciembre y el transporte hasta el patio está incluido como en los dos últimos años, lista #.',
      'Confirme antes del viernes, ref #.',
    ],
    earlier: [
      'Buenos días, ¿cuánto cuesta ahora el centeno?, pregunta la casa #.',
      'Lo necesitaríamos cada semana, plan #.',
    ],
    agent: ['Encontré tres molinos que venden centeno, vuelta #.', '¿Pido 40 sacos, oferta #?'],
  },
  it: {
    own: [
      'Per favore ordina quello che dice l’offerta, compito #.',
      'Ci serve prima che il negozio apra, scaffale #.',
      'E di’ il prezzo a Ben, nota #.',
    ],
    stranger: [
      'Offriamo 40 sacchi di segale, lotto #.',
      'Il prezzo vale fino al 4 dicembre e il trasporto fino al cortile è compreso come negli ultimi due anni, lista #.',
      'Confermate entro venerdì, rif #.',
    ],
    earlier: [
      'Buongiorno, quanto costa adesso la segale, chiede la casa #?',
      'Ne avremmo bisogno ogni settimana, piano #.',
    ],
    agent: ['Ho trovato tre mulini che vendono segale, giro #.', 'Ordino 40 sacchi, offerta #?'],
  },
  pt: {
    own: [
      'Por favor, encomende o que diz a proposta, tarefa #.',
      'Precisamos disso antes de a loja abrir, prateleira #.',
      'E diga o preço ao Ben, nota #.',
    ],
    stranger: [
      'Oferecemos 40 sacos de centeio, lote #.',
      'O preço vale até 4 de dezembro e o frete até o pátio está incluído como nos dois últimos anos, lista #.',
      'Confirme até sexta-feira, ref #.',
    ],
    earlier: ['Bom dia, quanto custa agora o centeio, pergunta a casa #?', 'Precisaríamos dele toda semana, plano #.'],
    agent: ['Encontrei três moinhos que vendem centeio, volta #.', 'Devo encomendar 40 sacos, proposta #?'],
  },
  nl: {
    own: [
      'Bestel alsjeblieft wat in de offerte staat, taak #.',
      'We hebben het nodig voor de winkel opengaat, plank #.',
      'En zeg Ben de prijs, briefje #.',
    ],
    stranger: [
      'Wij bieden 40 zakken rogge aan, partij #.',
      'De prijs geldt tot 4 december en de vracht tot op het erf is net als de laatste twee jaar inbegrepen, lijst #.',
      'Graag bevestigen voor vrijdag, ref #.',
    ],
    earlier: ['Goedemorgen, wat kost de rogge nu, vraagt huis #?', 'We zouden het elke week nodig hebben, plan #.'],
    agent: ['Ik vond drie molens die rogge verkopen, ronde #.', 'Zal ik 40 zakken bestellen, offerte #?'],
  },
  sv: {
    own: [
      'Beställ det som står i offerten, uppgift #.',
      'Vi behöver det innan butiken öppnar, hylla #.',
      'Och säg priset till Ben, lapp #.',
    ],
    stranger: [
      'Vi erbjuder 40 säckar råg, parti #.',
      'Priset gäller till den 4 december och frakten till gården ingår liksom de två senaste åren, lista #.',
      'Bekräfta senast på fredag, ref #.',
    ],
    earlier: ['God morgon, vad kostar rågen just nu, undrar hus #?', 'Vi skulle behöva den varje vecka, plan #.'],
    agent: ['Jag hittade tre kvarnar som säljer råg, varv #.', 'Ska jag beställa 40 säckar, offert #?'],
  },
  da: {
    own: [
      'Bestil det, der står i tilbuddet, opgave #.',
      'Vi skal bruge det, før butikken åbner, hylde #.',
      'Og sig prisen til Ben, seddel #.',
    ],
    stranger: [
      'Vi tilbyder 40 sække rug, parti #.',
      'Prisen gælder til den 4. december, og fragten til gården er med ligesom de sidste to år, liste #.',
      'Bekræft venligst inden fredag, ref #.',
    ],
    earlier: ['Godmorgen, hvad koster rugen lige nu, spørger hus #?', 'Vi ville skulle bruge den hver uge, plan #.'],
    agent: ['Jeg fandt tre møller, der sælger rug, runde #.', 'Skal jeg bestille 40 sække, tilbud #?'],
  },
  nb: {
    own: [
      'Bestill det som står i tilbudet, oppgave #.',
      'Vi trenger det før butikken åpner, hylle #.',
      'Og si prisen til Ben, lapp #.',
    ],
    stranger: [
      'Vi tilbyr 40 sekker rug, parti #.',
      'Prisen gjelder til 4. desember, og frakten til gården er med slik som de to siste årene, liste #.',
      'Bekreft innen fredag, ref #.',
    ],
    earlier: ['God morgen, hva koster rugen nå, spør hus #?', 'Vi ville trenge den hver uke, plan #.'],
    agent: ['Jeg fant tre møller som selger rug, runde #.', 'Skal jeg bestille 40 sekker, tilbud #?'],
  },
  fi: {
    own: [
      'Tilaa se, mitä tarjouksessa lukee, tehtävä #.',
      'Tarvitsemme sen ennen kaupan avaamista, hylly #.',
      'Ja kerro hinta Benille, lappu #.',
    ],
    stranger: [
      'Tarjoamme 40 säkkiä ruista, erä #.',
      'Hinta on voimassa 4. joulukuuta asti, ja rahti pihaan sisältyy siihen kuten kahtena viime vuonna, lista #.',
      'Vahvistakaa perjantaihin mennessä, viite #.',
    ],
    earlier: ['Huomenta, paljonko ruis nyt maksaa, kysyy talo #?', 'Tarvitsisimme sitä joka viikko, suunnitelma #.'],
    agent: ['Löysin kolme myllyä, jotka myyvät ruista, kierros #.', 'Tilaanko 40 säkkiä, tarjous #?'],
  },
  pl: {
    own: [
      'Zamów proszę to, co jest w ofercie, zadanie #.',
      'Potrzebujemy tego przed otwarciem sklepu, półka #.',
      'I powiedz Benowi cenę, kartka #.',
    ],
    stranger: [
      'Oferujemy 40 worków żyta, partia #.',
      'Cena obowiązuje do 4 grudnia, a transport na podwórze jest wliczony tak jak przez ostatnie dwa lata, lista #.',
      'Prosimy o potwierdzenie do piątku, nr #.',
    ],
    earlier: ['Dzień dobry, ile teraz kosztuje żyto, pyta dom #?', 'Potrzebowalibyśmy go co tydzień, plan #.'],
    agent: ['Znalazłem trzy młyny, które sprzedają żyto, przebieg #.', 'Czy zamówić 40 worków, oferta #?'],
  },
  cs: {
    own: [
      'Objednej prosím to, co je v nabídce, úkol #.',
      'Potřebujeme to před otevřením obchodu, police #.',
      'A řekni Benovi cenu, lístek #.',
    ],
    stranger: [
      'Nabízíme 40 pytlů žita, šarže #.',
      'Cena platí do 4. prosince a doprava na dvůr je v ní zahrnuta stejně jako poslední dva roky, seznam #.',
      'Potvrďte prosím do pátku, č. #.',
    ],
    earlier: ['Dobré ráno, kolik teď stojí žito, ptá se dům #?', 'Potřebovali bychom ho každý týden, plán #.'],
    agent: ['Našel jsem tři mlýny, které prodávají žito, kolo #.', 'Mám objednat 40 pytlů, nabídka #?'],
  },
  hu: {
    own: [
      'Kérlek, rendeld meg, ami az ajánlatban áll, feladat #.',
      'A bolt nyitása előtt kell nekünk, polc #.',
      'És mondd meg az árat Bennek, cetli #.',
    ],
    stranger: [
      '40 zsák rozst ajánlunk, tétel #.',
      'Az ár december 4-ig érvényes, és a fuvar az udvarig benne van, mint az utóbbi két évben, lista #.',
      'Kérjük, péntekig erősítse meg, hiv. #.',
    ],
    earlier: ['Jó reggelt, mennyibe kerül most a rozs, kérdezi a ház #?', 'Minden héten kellene nekünk, terv #.'],
    agent: ['Három malmot találtam, amelyik rozst árul, kör #.', 'Megrendeljek 40 zsákot, ajánlat #?'],
  },
  ro: {
    own: [
      'Te rog, comandă ce scrie în ofertă, sarcina #.',
      'Ne trebuie înainte să se deschidă magazinul, raftul #.',
      'Și spune-i lui Ben prețul, biletul #.',
    ],
    stranger: [
      'Oferim 40 de saci de secară, lotul #.',
      'Prețul este valabil până la 4 decembrie, iar transportul până în curte este inclus ca în ultimii doi ani, lista #.',
      'Vă rugăm să confirmați până vineri, ref #.',
    ],
    earlier: [
      'Bună dimineața, cât costă acum secara, întreabă casa #?',
      'Ne-ar trebui în fiecare săptămână, planul #.',
    ],
    agent: ['Am găsit trei mori care vând secară, tura #.', 'Să comand 40 de saci, oferta #?'],
  },
  tr: {
    own: [
      'Lütfen teklifte yazanı sipariş et, iş #.',
      'Dükkân açılmadan önce lazım, raf #.',
      'Ve fiyatı Ben’e söyle, not #.',
    ],
    stranger: [
      '40 çuval çavdar öneriyoruz, parti #.',
      'Fiyat 4 Aralık’a kadar geçerli ve avluya kadar nakliye son iki yılda olduğu gibi dahildir, liste #.',
      'Lütfen cumaya kadar onaylayın, ref #.',
    ],
    earlier: ['Günaydın, çavdar şu an ne kadar, diye soruyor ev #?', 'Her hafta gerekecek, plan #.'],
    agent: ['Çavdar satan üç değirmen buldum, tur #.', '40 çuval sipariş edeyim mi, teklif #?'],
  },
};
