# Italian: the words by which messages and answers are scored.
#
# How to edit. A line is
#     category  weight  phrase, phrase, phrase
# and belongs to the [section] above it. Everything after a # is a remark. Weights go from -9 to 9; 0 silences a phrase.
# Write small letters; accents do not matter, nor do capitals and repeated letters in the text ("makasihhh" is found by
# "makasih"). A phrase has one to eight words and is found as whole words only: "tax" is not found in "taxi".
# stanc{o,a,hi,he} stands for four words. The endings -nya -kah -lah -ku -mu -pun and an English -s need not be listed.
# The longest phrase wins inside a section: with "tidak sendirian" listed, "sendirian" in it does not count.
#
# Your own file of the same name in the configuration folder adds to this one and overrides it, line by line.

# ==== messages: which category a message belongs to ==================================================================

[message]
# greeting: how a message opens or closes. Counts only at its beginning or end, as a frame around a request.
greeting  3    ciao, ciaoo, ciau, ciao ciao, salve, salute, buongiorno, buon giorno, buondì, buonasera, buona sera
greeting  3    buon pomeriggio, buonanotte, buona notte, buona giornata, buona serata, buon lunedì, buon venerdì
greeting  3    buon weekend, buon fine settimana, buona domenica, ehi, ehilà, ehi là, ehy, hey, hei, ehm ciao, ohi
greeting  3    eccomi, eccomi qua, rieccomi, sono io, sono tornato, sono tornata, di nuovo io, ben trovat{o,a,i,e}
greeting  3    bentrovat{o,a,i,e}, benvenut{o,a,i,e}, pronto, c'è qualcuno, ci sei, ci siete, sei lì, sei online
greeting  3    piacere, piacere di conoscerti, piacere di conoscervi, piacere di conoscerla, molto piacere
greeting  3    lieto di conoscerti, volevo solo salutare, volevo salutarti, un saluto, saluti, un salutone
greeting  3    tanti saluti, cari saluti, cordiali saluti, giorno, sera, notte
greeting  3    come stai, come sta, come state, come va, come va la vita, come vanno le cose, come andiamo, come butta
greeting  3    tutto bene, tutto ok, tutto a posto, tutto apposto, che si dice, che mi racconti, che fai
greeting  3    cosa fai di bello, che combini, novità, come è andata, com'è andata, com'è andata la giornata
greeting  3    come procede, da quanto tempo, quanto tempo, è un po' che non ci sentiamo, spero tutto bene
greeting  3    spero che tu stia bene, spero stiate bene, spero stia bene, hai dormito bene, passato un buon weekend
greeting  2.5  grazie, grazie mille, grazie tante, mille grazie, ti ringrazio, la ringrazio, vi ringrazio
greeting  2.5  grazie infinite, grz, grazie di tutto, grazie di cuore, arrivederci, arrivederla, a presto, a dopo
greeting  2.5  a domani, a più tardi, ci sentiamo, ci sentiamo presto, ci sentiamo domani, ci vediamo, ci vediamo dopo
greeting  2.5  alla prossima, addio, buon riposo, sogni d'oro, stammi bene, statemi bene, buon lavoro, buone vacanze
greeting  2.5  buon viaggio, vado a letto, vado a dormire, ora devo andare, devo scappare, scappo
address   1    ragazz{o,a,i,e}, amic{o,a,he,i}, amici miei, tutt{i,e}, signor, signora, signore, signori, dottore
address   1    dottoressa, team, staff, zantara, claude, car{o,a,i,e}, carissim{o,a,i,e}, bella gente, gente
address   1    bell{o,a}, caro mio, voi, assistente, mondo, capo, zio, fratello, fra, raga, admin
filler    1    ok, okay, sì, si, eh, beh, allora, dai, mah, boh, bene, benissimo, perfetto, ottimo, certo, va, capito
filler    1    per favore, perfavore, pf, gentilmente, cortesemente, scusa, scusate, scusi, un, una, il, la, lo, i, le
filler    1    gli, di, da, a, e, ed, in, per, con, su, del, della, tutto, tutta, oggi, stasera, qui, qua, molto
filler    1    tanto, davvero, ancora, anche, sono, io, tu, te, ti, vi, mi, ci, è, dall'italia, bali, l, aiuto
filler    1    l'aiuto, informazioni, info, la risposta, disponibilità, nuovo, nuova, spero, buon, buona, giornata
filler    1    settimana, haha, ahah, ahahah, hahaha, mio, mia, nome, chiamo, che, non, stato, stata
filler    1    gentilissim{o,a,i}, prezios{o,a}, tempo, caffè, voi, domani, solo
# emotional: what the writer feels.
emotional 3    triste, tristi, tristezza, tristissim{o,a}, piango, piangere, pianto, ho pianto, sto piangendo
emotional 3    in lacrime, lacrime, depress{o,a,i,e}, depressione, ansia, ansie, ansios{o,a,i,e}, attacco di panico
emotional 3    attacchi di panico, panico, in panico, paura, ho paura, ho tanta paura, una paura, impaurit{o,a}
emotional 3    spaventat{o,a,i,e}, mi spaventa, terrorizzat{o,a}, terrore, preoccupat{o,a,i,e}, preoccupatissim{o,a}
emotional 3    preoccupazione, preoccupazioni, preoccupa, mi preoccupo, nervos{o,a,i,e}, agitat{o,a,i,e}, agitazione
emotional 3    stressat{o,a,i,e}, stressatissim{o,a}, stress, stressante, sotto pressione, sopraffatt{o,a,i,e}
emotional 3    esaurit{o,a,i,e}, esaurimento, sfinit{o,a}, distrutt{o,a,i,e}, stanchissim{o,a}, stanc{o,a,hi,he}
emotional 3    stanc{o,a} morto, stufo, stufa, stuf{i,e}, non ce la faccio, non ce la faccio più, non ne posso più
emotional 3    non reggo più, non riesco più, non riesco a dormire, non dormo, non dormo più, insonnia, notti insonni
emotional 3    solitudine, mi sento sol{o,a}, sol{o,a} come, tutt{o,a} sol{o,a}, da sol{o,a} qui, sento la mancanza
emotional 3    nostalgia, mi manca, mi mancano, mi manchi, mancanza, cuore spezzato, cuore a pezzi, a pezzi, col cuore
emotional 3    spezza il cuore, mi ha lasciat{o,a}, lasciat{o,a} dal, ci siamo lasciati, delusione, delus{o,a,i,e}
emotional 3    lutto, è mancat{o,a}, è mort{o,a}, ho perso mio, ho perso mia, ho perso il mio, vergogna, mi vergogno
emotional 3    vergognos{o,a}, imbarazzo, imbarazzat{o,a,i}, imbarazzante, che figuraccia, umiliat{o,a}, in colpa
emotional 3    mi sento in colpa, colpa mia, rimors{o,i}, rimpiant{o,i}, mi pento, fallit{o,a}, un fallimento
emotional 3    fallimento, inutile, non valgo niente, non valgo nulla, incapace, non sono all'altezza, all'altezza
emotional 3    insicur{o,a,i,e}, gelos{o,a}, gelosia, arrabbiat{o,a,i,e}, arrabbiatissim{o,a}, rabbia, furios{o,a}
emotional 3    incazzat{o,a,i,e}, incavolat{o,a}, nera di rabbia, che nervi, frustrat{o,a,i,e}, frustrazione
emotional 3    frustrante, ferit{o,a}, fa male, mi fa male, soffro, soffrire, sofferenza, dolore, tradit{o,a}
emotional 3    devastat{o,a}, disperat{o,a,i,e}, disperazione, mi sento pers{o,a}, mi sento, mi sono sentit{o,a}
emotional 3    sentirmi, smarrit{o,a}, pers{o,a} e, mollare tutto, voglio mollare, vorrei mollare, arrendermi
emotional 3    mi arrendo, voglio sparire, vorrei sparire, farla finita, uccidermi, suicid{io,arsi}, voglio morire
emotional 3    non voglio più vivere, mi odio, farmi del male, giù di morale, giù di corda, sono giù, molto giù
emotional 3    così giù, un po' giù, giù, sto male, sto malissimo, sto troppo male, sto di merda, sto da schifo
emotional 3    morale a terra, a terra, crollo, sto crollando, crollare, crisi, in crisi, impazzire, sto impazzendo
emotional 3    mi viene da piangere, voglia di piangere, vuoto dentro, vuota dentro, senza speranza, speranza
emotional 3    infelice, felice, felicissim{o,a}, felicità, content{o,a,i,e}, contentissim{o,a}, gioia, entusiasta
emotional 3    entusiast{i,e}, emozionat{o,a,i,e}, emozione, emozioni, emozionatissim{o,a}, sollievo, sollevat{o,a}
emotional 3    che sollievo, orgoglios{o,a,i}, fier{o,a}, grat{o,a}, innamorat{o,a,i}, commoss{o,a}, angoscia
emotional 3    angosciat{o,a}, angosciante, tremo, tremando, batticuore, demoralizzat{o,a}, demotivat{o,a}
emotional 3    avvilit{o,a}, scoraggiat{o,a}, amareggiat{o,a}, amarezza, rifiutat{o,a}, incompres{o,a}
emotional 3    esclus{o,a} da tutti, malinconia, malinconic{o,a}, magone, sconfort{o,ata,ato}, fuori posto
emotional 3    spaesat{o,a}, sconvolt{o,a}, shock, scioccat{o,a}, confus{o,a} e
emotional 2    sento, sentimenti, umore, sfogarmi, sfogo, ho bisogno di sfogarmi, ho bisogno di parlare
emotional 2    bisogno di parlare, parlare con qualcuno, qualcuno che mi ascolti, ascoltami, un abbraccio, abbraccio
emotional 2    abbracciami, il mio cuore, cuore, momento difficile, periodo difficile, periodo no, periodaccio
emotional 2    periodo nero, periodo duro, brutto periodo, brutta giornata, giornata storta, giornataccia
emotional 2    giornata terribile, giornata pessima, dura, troppo per me, troppo pesante, pesante
emotional 2    non smetto di pensare, continuo a pensarci, dubbi su me, amore, ti amo, ti voglio bene, odio, uffa
emotional 2    sigh, lontan{o,a} dalla famiglia, lontan{o,a} da casa, lontan{o,a} dai miei, senza amici
emotional 2    nessuno mi capisce, nessuno mi ascolta, a nessuno importa, litigato, litigo, litigi, litighiamo
emotional 2    tirarmi su, tirami su, consolami, incoraggia{mi,mento}, motivazione, pressione, confus{o,a}, 😭, 😢, 😞, 😔
emotional 2    😥, 😩, 😫, 💔, 🥺, 😰, 😣, 😖, 😓, 😟, 🥹, :(
emotional 1    mamma, papà, fidanzat{o,a}, marito mi, moglie mi, vita, figli mi, orribile, terribile, difficile
emotional 1    che schifo, 😅, 😡, 😤, mannaggia, che palle
# cultural: customs, manners, beliefs, how to behave among people.
cultural  3    cultura, culture, culturale, culturali, culturalmente, usanz{a,e}, usi e costumi, costumi
cultural  3    costume locale, consuetudin{e,i}, tradizion{e,i}, tradizional{e,i}, galateo, etichetta, buone maniere
cultural  3    maniere, educazione, educat{o,a,i}, maleducat{o,a,i,e}, maleducazione, scortes{e,i}, scortesia
cultural  3    cortes{e,i}, cortesia locale, rispett{o,oso,osa,are}, mancanza di rispetto, irrispettos{o,a}
cultural  3    mancare di rispetto, offend{o,e,ere,ersi,ono}, offes{a,e}, offensiv{o,a}, si offende, si offendono
cultural  3    offenderl{o,i,a}, tabù, appropriat{o,a}, inopportun{o,a}, sconveniente, fuori luogo, gaffe
cultural  3    brutta figura, bella figura, figuraccia con, perdere la faccia, perde la faccia, salvare la faccia
cultural  3    dire di no, dicono di no, dire no, dicono mai no, rifiutare un invito, rifiutare con
cultural  3    rifiutare gentilmente, declinare, cerimoni{a,e}, rit{o,i}, rituale, rituali, tempi{o,i}, templi
cultural  3    offert{a,e} votive, offerte, preghier{a,e}, pregare, pregano, religion{e,i}, religios{o,a,i,e}
cultural  3    musulman{o,a,i,e}, islam, induist{a,i}, induismo, balines{e,i}, giavanes{e,i}, sundanes{e,i}
cultural  3    indonesian{i,e}, gli indonesiani, i balinesi, gente del posto, persone del posto, la gente locale
cultural  3    i locali, nyepi, galungan, kuningan, odalan, melukat, canang, canang sari, ogoh ogoh, penjor, banjar
cultural  3    adat, ramadan, digiun{o,are,ano}, lebaran, eid, mudik, giorno del silenzio, giorno sacro
cultural  3    festa religiosa, sacr{o,a,i}, buon auspicio, di buon auspicio, propizi{o,a}, cremazione, matrimoni{o,i}
cultural  3    nozze, funeral{e,i}, condoglianze, regal{o,i,are}, un pensierino, omaggio, basa basi, sungkan, malu
cultural  3    segan, rukun, gotong royong, musyawarah, mufakat, jam karet, tempo di gomma, silaturahmi
cultural  3    tri hita karana, gerarchi{a,e}, anzian{o,i}, più anziano, capo villaggio, capovillaggio, mano sinistra
cultural  3    mano destra, con due mani, entrambe le mani, indicare con, toccare la testa, la testa ai, i piedi
cultural  3    stringere la mano, stretta di mano, inchin{o,arsi}, baci sulla guancia, baci e abbracci, dare la mano
cultural  3    sarong, batik, kebaya, come vestir{si,mi}, vestir{si,mi}, abbigliamento, dress code, cosa indossare
cultural  3    togliere le scarpe, togliersi le scarpe, dare del tu, dare del lei, darsi del tu, del lei o
cultural  3    rivolger{mi,si}, mi rivolgo, chiamare qualcuno, chiamarlo, chiamarla, pak, bapak, ibu, mas, mbak, bli
cultural  3    salutare, salut{o,are} una persona, si saluta, scusarsi, chiedere scusa, chiedo scusa, porgere le scuse
cultural  3    superstizion{e,i}, scaramanzia, porta male, porta sfortuna, credenz{a,e}, spiriti, karma, cast{a,e}
cultural  3    suocer{o,a,i}, vicin{o,i} di casa, i vicini, biglietto da visita, biglietti da visita, contrattare
cultural  3    mercanteggiare, trattare sul prezzo, sorrid{e,ono,ere}, sorriso, significato di, significato
cultural  3    simboleggia, simbolo, che cosa significa quando, vuol dire quando, proverbi{o,o}, dialetto
cultural  3    lingua formale, occidental{e,i}, stranieri si, differenze culturali, malinteso, malintesi, mentalità
cultural  1.5  invitat{o,a,i}, mi hanno invitato, invito, ospit{e,i}, in ritardo, arrivano tardi, puntual{e,i,ità}
cultural  1.5  ritardo cronico, dirett{o,a,i}, critica, criticare, colleghi, collaboratori, silenzio, accettabile
cultural  1.5  è normale che, è normale, è vero che, si usa, si può, si fa, posso rifiutare, lasciare la mancia
cultural  1.5  mancia, villaggio, comunità, fiducia, bule, primo incontro, perché la gente, perché tutti, perché qui
cultural  1.5  qui a bali, comportar{mi,si}, comportament{o,i}, ci si aspetta, si aspettano, dovrei portare
cultural  1.5  cosa porto, devo evitare, evitare di, bisogna evitare, è considerat{o,a}, viene vist{o,a}
cultural  1.5  vist{o,a} male, visto di buon occhio, imbarazzo tra
# business: what the company advises on.
business  3    visto, visti, e visa, evisa, visa, voa, visa on arrival, visto all'arrivo, kitas, kitap, itas, b211
business  3    b211a, c1, c2, c312, d12, e28a, e33, e33g, golden visa, second home, second home visa, visto turistico
business  3    visto di lavoro, visto lavorativo, visto pensionati, visto investitore, visto per nomadi
business  3    nomadi digitali, nomade digitale, rinnovo del visto, proroga, proroga del visto, immigrazione
business  3    ufficio immigrazione, overstay, espulsione, espuls{o,a}, deportat{o,a}, permesso di soggiorno
business  3    permesso di lavoro, permesso, permessi, residenza, residenza permanente, passaporto, soggiorno
business  3    sponsorizzazione
business  3    pt pma, pma, pt, pt lokal, pt locale, pt locali, società, società estera, società straniera
business  3    società locale, srl, aprire una società, apro una società, apertura società, costituire, costituzione
business  3    costituire una società, atto costitutivo, atto notarile, notai{o,a,i}, nib, oss, kbli, licenz{a,e}
business  3    licenza commerciale, autorizzazion{e,i}, codice attività, codici attività, codice ateco, sede legale
business  3    ufficio virtuale, virtual office, bkpm, lkpm, capitale sociale, capitale minimo, capitale versato
business  3    capitale richiesto, investiment{o,i}, investimento minimo, investitor{e,i}, soci{o,a,i}, azionist{a,i}
business  3    azioni, quot{a,e}, quote societarie, amministrator{e,i}, direttore, commissario, statuto
business  3    ufficio di rappresentanza, filiale, liquidare, liquidazione, chiudere la società
business  3    chiusura della società, marchio, registrare un marchio, registrazione marchio, brevetto
business  3    proprietà intellettuale, certificazione halal, importazione, esportazione, importare, esportare
business  3    franchising, joint venture, partita iva, contratto di lavoro, impresa, azienda, aziende
business  3    tass{a,e}, tassazione, tassat{o,a,i,e}, impost{a,e}, imposta sul reddito, iva, partita iva
business  3    codice fiscale, fiscale, fiscali, fisco, residenza fiscale, residente fiscale
business  3    dichiarazione dei redditi, dichiarazione fiscale, dichiarazione, redditi, aliquot{a,e}, ritenut{a,e}
business  3    ritenuta d'acconto, doppia imposizione, convenzione fiscale, agenzia delle entrate, npwp, pkp, pph
business  3    pph 21, pph 23, pph 26, ppn, spt, coretax, aire, plusvalenz{a,e}, contabilità, commercialista, bilancio
business  3    fattur{a,e}, fatturazione, fatturare, busta paga, buste paga, stipendi{o,i}, contributi, bpjs, thr
business  3    salario minimo, liquidazione dipendente, dazi, dazi doganali, dogana, imu
business  3    immobil{e,i}, immobiliare, proprietà, terreno, terreni, leasehold, freehold, hak pakai, hak milik, hgb
business  3    affitto a lungo termine, contratto di affitto, contratto d'affitto, contratto di locazione, locazione
business  3    locazione turistica, affitti brevi, catasto, catastale, rogito, permesso di costruire
business  3    permesso edilizio, licenza edilizia, pbg, imb, zonizzazione, nominee, prestanome, comprare casa
business  3    comprare una casa, comprare una villa, comprare un terreno, acquistare una villa, acquistare un terreno
business  3    acquistare casa, costruire una villa, costruire una casa, vill{a,e}, affittare la villa
business  3    affittare la mia, airbnb, diritto d'uso, intestare, intestat{o,a}, intestazione
business  2    sponsor, documenti, documento, documentazione, pratica, pratiche, burocrazia, requisit{o,i}, legal{e,i}
business  2    legalmente, avvocat{o,i}, legge, leggi, normativ{a,e}, regolament{o,i}, contratt{o,i}, accord{o,i}
business  2    conto bancario, conto corrente, conto aziendale, aprire un conto, banca, attività commerciale, attività
business  2    aprire un'attività, aprire un ristorante, aprire un bar, aprire un locale, aprire un negozio
business  2    aprire una scuola, business, dipendent{e,i}, assumere, assunzione, assumo, tariff{a,e}, preventivo
business  2    listino, tempi di, tempistiche, procedura, domanda, domanda di, richiesta, richiedere, fare domanda
business  2    prorogare, rinnovare, rinnovo, rinnova, scadut{o,a}, scade, scadenza, scadono, multa, multe
business  2    sanzion{e,i}, penale, registrare, registrazione, iscrizione, consulen{te,za,ze}, agenzi{a,e}, agente
business  2    capitale, deposito, procura, bollo, marca da bollo, legalizzare, legalizzazione, apostille, certificato
business  2    certificato di matrimonio, certificato di nascita, ristorante mio, e commerce, straniero, stranieri
business  2    expat, appuntamento, regime, consolato, ambasciata, sede, licenza guida
business  1    euro, milioni, rupie, affitto, affittare, vendere, comprare, acquistare, reddito, freelance
business  1    lavoro da remoto, lavorare da remoto, smart working, lavorare a bali, lavorare in indonesia
business  1    trasferirmi, trasferirsi, trasferirci, trasferimento, vivere a bali, moglie indonesiana
business  1    marito indonesiano, coniuge, ufficio, client{e,i}, fatturato, profitt{o,i}, utili, dividendi
business  1    patrimonio, pension{e,ato,ati}
# simple: one fact. complex: several things at once, a plan, a comparison, a risk.
simple    1.5  quanto, quanto costa, quanto viene, quant'è, quanto ci vuole, quanto tempo, quanto dura, quanti giorni
simple    1.5  quanti, quante, costo, costi, prezzo, prezzi, quando, dove, dov'è, orari, orario, a che ora, aperti
simple    1.5  siete aperti, indirizzo, numero di telefono, numero whatsapp, che documenti, quali documenti
simple    1.5  documenti servono, cosa serve, che serve, servono, serve, elenco, requisiti, che cos'è, cos'è
simple    1.5  cosa significa, cosa vuol dire, che vuol dire, significa la sigla, sigla, come si fa, come faccio
simple    1.5  come posso, come si, è possibile, posso, si può, online, scadenza, validità, valido, valida, durata
simple    1.5  stato, a che punto, pronto, mandarmi, mi mandi, minimo, tariffa
complex   3    strategi{a,e,co,ca}, struttur{a,e,are,ato,arlo}, ristruttur{are,azione}, riorganizzazione
complex   3    pianificazione fiscale, ottimizzazione fiscale, ottimizzare, ottimizzazione, efficiente fiscalmente
complex   3    fiscalmente efficiente, doppia imposizione, doppia tassazione, convenzione, convenzione contro
complex   3    trattato fiscale, transfer pricing, prezzi di trasferimento, due diligence, holding, capogruppo
complex   3    controllat{a,e}, gruppo societario, gruppo di società, fusione, acquisizione, acquisire, rilevare
complex   3    cessione, cessione di quote, cedere le quote, cessione quote, vendita delle quote, exit, exit strategy
complex   3    nominee, prestanome, contenzioso, controversi{a,e}, causa legale, fare causa, tribunale, arbitrato
complex   3    inadempimento, inadempiente, conversione, convertire, trasformare, trasformazione
complex   3    passaggio di proprietà, trasferire le quote, trasferire la proprietà, diluizione, patti parasociali
complex   3    patto parasociale, tutelare, tutela, tutelarmi, tutelarci, proteggere, protezione del patrimonio
complex   3    eredità, successione, successoria, passaggio generazionale, trust, confront{o,are,a,i}, confrontare
complex   3    paragon{e,are}, rispetto a, oppure meglio, meglio una, meglio un, conviene di più, conviene, convenga
complex   3    cosa conviene, più conveniente, vantaggi e svantaggi, pro e contro, pregi e difetti, differenze tra
complex   3    rischi, rischio, rischios{o,a}, responsabilità, implicazion{e,i}, conseguenz{a,e}, analisi, analizzare
complex   3    valutare, valutazione, scenari{o,o}, roadmap, piano completo, più società, due società, tre società
complex   3    più entità, tre soci, quattro soci, due soci, più soci, diversi soci, soci stranieri, soci italiani
complex   3    investitori stranieri, socio locale, transfrontalier{o,a}, stabile organizzazione, dividendi
complex   3    rimpatriare, rimpatrio, royalt{y,ies}, finanziamento soci, finanziamento infragruppo, accertamento
complex   3    accertamento fiscale, verifica fiscale, controllo fiscale, ricorso, rimborso iva, joint venture
complex   3    negoziare, negoziazione, negoziato, term sheet, quotazione, esterovestizione, singapore, hong kong
complex   3    dubai, fasi, complessiv{o,a}, contemporaneamente, parallelamente, nel lungo periodo
complex   1.2  se, qualora, mentre, invece, invece di, però, ma, anche, oppure, sia, piuttosto che, tenendo conto
complex   1.2  considerando, considerato che, nel caso, dato che, visto che, siccome, allo stesso tempo, da un lato
complex   1.2  dall'altro, senza perdere, senza violare, soci, quote, percento, per cento, 51, 49, lungo termine, tra
complex   1.2  e poi, inoltre, espandere, espanderci, espansione, crescere, ottimale, dovremmo, vogliamo, vorremmo
complex   1.2  stiamo pensando, stiamo valutando, moglie indonesiana, marito indonesiano, partner locale, entrambi
complex   1.2  intestando, proprietà
# general: neither the company's business nor people's customs.
general   3    tempo fa a, che tempo fa, che tempo, meteo, previsioni, piove, pioggia, piovere, ricett{a,e}, cucinare
general   3    cucino, carbonara, pasta, pizza, film, serie tv, canzon{e,i}, musica, concerto, calcio, partita
general   3    serie a, risultato, wifi, connessione, traffico, taxi, tassista, grab, gojek, aeroporto, volo, voli
general   3    aereo, bigliett{o,i}, traghetto, barca, spiagg{ia,e}, surf, surfare, immersioni, snorkeling
general   3    cosa vedere, cosa visitare, cosa fare, posti da vedere, posto da visitare, gita, itinerario, albergo
general   3    hotel, ostello, ristorante vicino, ristorante buono, buon ristorante, mangiare bene, dove mangiare
general   3    si mangia, colazione, pranzo, cena, caffetteria, nasi goreng, vegano, palestra, yoga, massaggi{o,o}
general   3    spa, parrucchiere, barbiere, lavanderia, medico, dentista, ospedale, farmacia, medicina, cane, gatto
general   3    veterinario, barzellett{a,e}, battuta, indovinello, poesia, filastrocca, storia di, favola, traduci
general   3    tradurre, traduzione, traduci in, si dice in, come si dice, in inglese, in indonesiano, capitale dell
general   3    capitale della, capitale del, qual è la capitale, presidente, notizi{a,e}, ultime notizie, matematica
general   3    calcola, quanto fa, radice quadrata, python, java, javascript, codice python, programmare
general   3    programmazione, portatile, computer, telefono, cellulare, iphone, app, gioco, giochi, videogiochi
general   3    chatgpt, intelligenza artificiale, robot, bot, chi sei, cosa sei, come ti chiami, sei umano, sei un bot
general   3    sei una persona, cosa sai fare, cosa puoi fare, chi ti ha creato, hobby, preferit{o,a}
general   3    consigli{o,a,ami}, consigliarmi, raccomand{i,azione}, suggeriscimi, suggerimento, tasso di cambio
general   3    cambio euro, pianet{a,i}, luna, sole, tramonto, alba, vulcano, montagna, isola, isole, distanza
general   3    quanto dista, quanto è lontan{o,a}, sim, scheda sim, elettricità, adattatore, presa, scooter, motorino
general   3    noleggio, noleggiare, macchina, auto, bici, bicicletta, shopping, mercato, centro commerciale
general   3    supermercato, sconto, instagram, tiktok, youtube, foto, fotocamera, università, compiti, tema, esame
general   3    riscrivi, riassumi, riassunto, correggi, didascalia, che ore sono, che ora è, fuso orario, che giorno è
general   3    zanzare, cascat{a,e}, temperatura, libr{o,i}, podcast, allenamento, dieta, acqua, trenette, inter, juve
general   3    milan, gelato, birra, aperitivo
general   1    spiegami, raccontami, dimmi, scrivi, scrivimi, dammi, idee, idea, esempio, miglior, migliore
general   1    qui vicino, vicino, nelle vicinanze, viaggio, vacanza, vacanze, compleanno, divertente, economico
general   1    stasera, weekend, curiosità, indovina, imparare, inglese
# follow: a short message that hangs on the one before.
follow    2    e poi, e dopo, poi, e quindi, quindi, e allora, allora, dopo, continua, vai avanti, prosegui, avanti
follow    2    ancora, di più, dimmi di più, più dettagli, nel dettaglio, dettagli, e se, e per, e la, e il, e le, e i
follow    2    e con, e in, e a, e quanto, e come, e quando, e dove, e chi, e invece, e senza, e lui, e lei
follow    2    e nel caso, altro, altro ancora, cos'altro, che altro, nient'altro, e basta, perché, come mai
follow    2    perché no, in che senso, cioè, ossia, tipo, ad esempio, per esempio, tipo cosa, un esempio
follow    2    cosa intendi, cosa vuoi dire, spiegati meglio, spiega meglio, spiegami meglio, in breve, in sintesi
follow    2    riassumendo, il secondo, la seconda, il primo, la prima, l'altro, l'altra, l'ultimo, l'ultima, quello
follow    2    quella, quelli, quelle, questo, questa, lo stesso, la stessa cosa, anche, oppure, o, ma, ma perché
follow    2    sicuro, sei sicuro, sei sicura, davvero, sul serio, è tutto, quanto costa, quanto ci vuole
follow    2    quanto tempo, posso, si può, puoi approfondire, approfondisci, ripeti, ripetimelo, quale, quali, quando
follow    2    dove, chi, ne, ci, che ne dici di, che mi dici di, riguardo a, ok e, va bene e, capito e, sì grazie
follow    2    ok quindi, procedi

# ==== end of messages ================================================================================================


# ==== answers: warmth and cultural fit ===============================================================================


# ==== end of answers =================================================================================================
