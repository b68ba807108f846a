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

# ==== language: small words that give it away =======================================================================

[language]
common   1    il, lo, gli, le, un, uno, una, di, del, dello, della, dei, degli, delle, al, allo, alla, ai, agli
common   1    alle, dal, dallo, dalla, dai, dalle, nel, nello, nella, nei, negli, nelle, sul, sullo, sulla, sui
common   1    sulle, con, per, tra, fra, e, ed, è, sono, sei, siamo, siete, era, erano, sarà, ho, hai, ha
common   1    abbiamo, avete, hanno, che, chi, cosa, quando, dove, come, perché, quale, quali, quanto, quanta
common   1    quanti, quante, non, più, anche, ma, però, se, oppure, questo, questa, questi, queste, quello
common   1    quella, quelli, mio, mia, miei, mie, tuo, tua, suo, sua, nostro, nostra, vostro, loro, mi, ti, ci
common   1    vi, si, io, tu, lui, lei, noi, voi, sto, stai, sta, fa, fare, può, posso, puoi, possiamo, vorrei
common   1    voglio, vuoi, devo, deve, bisogna, molto, tanto, poco, troppo, sempre, mai, già, ancora, oggi
common   1    domani, ieri, stasera, adesso, ora, subito, mattina, sera, notte, settimana, mese, anno, lunedì
common   1    martedì, mercoledì, giovedì, venerdì, sabato, domenica, ciao, buongiorno, buonasera, grazie, prego
common   1    salve, scusa, scusi, per favore, riproduci, metti, aggiungi, aggiungere, imposta, mostra, mostrami
common   1    mostrarmi, trova, trovami, cerca, cercami, dammi, dare, dà, dò, vota, valuta, cancella, elimina
common   1    annulla, rimuovi, ricordami, sveglia, sveglie, promemoria, meteo, brano, canzone, canzoni, musica
common   1    stelle, punti, libro, fammi, dimmi, suona, ascoltare, guardare, vedere, spettacolo, fotografia
common   1    immagine, colonna, serie, prenota, posticipa, crea, cambia, apri, chiudi, accendi, spegni, alle ore
common   1    su, da, in riproduzione, tutte, tutti, tutto, altro, altra, prima, dopo, senza, fino, qui, qua, lì
common   1    là, c'è, ci sono, dell, all, nell, dall, sull, quell, quest, buona, buon, bene, male, così, cioè
common   1    allora, quindi, perche, piu, gia, sì
common   1    benvenuto, benvenuta, benvenuti, piacere, ehilà, arrivederci, presto, a presto, addio, saluti, auguri, ragazzi, signora
common   1    scusate, posso chiedere, quindi, magari, proprio, davvero, visto, tasse, società, soldi, casa, lavoro, paura, felice

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
greeting  3    come procede, da quanto tempo, è un po' che non ci sentiamo, spero tutto bene
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
simple    1.5  quanto, quanto costa, quanto viene, quant'è, quanto ci vuole, quanto dura, quanti giorni
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
general   3    supermercato, instagram, tiktok, youtube, foto, fotocamera, università, compiti, tema, esame
general   3    riscrivi, riassumi, riassunto, correggi, didascalia, che ore sono, che ora è, fuso orario, che giorno è
general   3    zanzare, cascat{a,e}, temperatura, libr{o,i}, podcast, allenamento, dieta, acqua, trenette, inter, juve
general   3    milan, gelato, birra, aperitivo
general   1    spiegami, raccontami, dimmi, scrivi, scrivimi, dammi, idee, idea, esempio, miglior, migliore
general   1    qui vicino, vicino, nelle vicinanze, viaggio, vacanza, vacanze, compleanno, divertente, economico
general   1    stasera, weekend, curiosità, indovina, imparare, inglese
# self: the writer speaks of himself. ask: a question or a wish. Together with the other evidence they tell a
# confession from a request.
self      1    io, mi, me, mio, mia, miei, mie, ho, sono, sto, sono stat{o,a}, ero, avevo, noi, ci, abbiamo, siamo
self      1    nostro, nostra, nostri, vorrei, volevo, non riesco, faccio, penso, mi sa
ask       1    che cosa, cosa, cos'è, quale, quali, chi, quando, dove, dov'è, perché, come, come mai, quanto, quanta
ask       1    quanti, quante, si può, si possono, posso, potrei, puoi, potresti, potete, può, c'è, ci sono, mi dici
ask       1    mi dite, dimmi come, dimmi cosa, dimmi quale, dimmi dove, dimmi una, dammi, spiega, spiegami, scrivi
ask       1    scrivimi, traduci, consigliami, mi consigli, suggeriscimi, trova, trovami, elenca, calcola, aiutami a
ask       1    mi aiuti a, fammi, fai, raccontami, riassumi, correggi, mi correggi, giochiamo, che, qual è
ask       1    qualche idea, vorrei sapere, volevo sapere, cerco, mi serve
# events that move people, told without a word of feeling
emotional 3    è morto, è morta, è morto il mio, è morta la mia, è venut{o,a} a mancare, non c'è più, mancato mio
emotional 3    non mi ha nemmeno, senza salutare, neanche salutat{o,a}, ha più senso, non ha più senso
emotional 3    niente ha senso, che senso ha, che senso, era meglio restare, non ne vale la pena, tutti tranne me
emotional 3    tranne me, tutti contro, ci sposiamo, mi sposo, mi ha chiesto di sposarlo, mi ha detto sì
emotional 3    aspetto un bambino, sono incinta, incinta, abbiamo perso il bambino, perso il bambino, aborto
emotional 3    non pensarci più, chiudere gli occhi, non sto bene, non sto per niente bene, mi tremano
emotional 3    tremano le mani, andrà tutto bene, dimmi che andrà, hanno riso di me, riso di me, ridono di me
emotional 3    preso in giro, presa in giro, presi in giro, deriso, derisa, mi ha urlato, urlato contro
emotional 3    risparmi di una vita, buttato via tutti, ho perso tutto, perso tutto, perso il lavoro, licenziat{o,a}
emotional 3    mi hanno licenziat{o,a}, giorno più bello, giorno più brutto, più bello della mia vita, bella vita ma
emotional 3    ripensare a, continuo a ripensare, ripensarci, ci penso sempre, non faccio che pensare
emotional 3    mi ha tradit{o,a}, tradit{o,a}, mi ha mentito, mi ha ingannat{o,a}, mi ignora, mi ignorano
emotional 3    ignorat{o,a}, invisibile, nessuno mi vuole, nessuno mi ama, non mi ama, non so più chi sono
emotional 3    non so cosa fare, non so più cosa fare, non so che fare, al limite, toccato il fondo, il fondo, buio
emotional 3    soffoco, mi manca l'aria, non respiro, non riesco a respirare, scoppio a piangere, scoppiare
emotional 3    singhiozz{o,i}, sull'orlo, incubi, incubo, sveglio di notte, mi sveglio di notte, alzarmi dal letto
emotional 3    senza forze, senza energia, debole, spezzat{o,a}, rott{o,a} dentro, mi sento vuot{o,a}, fa tutto schifo
emotional 3    va tutto male, tutto storto, tutto male, odio tutto, odio la mia vita, non mi riconosco
emotional 3    non mi trovo bene, non mi ambiento, mi pesa, pesantezza, al settimo cielo, non sto nella pelle
emotional 3    che bello, che gioia, evviva, ce l'ho fatta, ce l'abbiamo fatta, errore enorme, enorme errore
emotional 3    ho sbagliato a, ho sbagliato tutto, mi sono pentit{o,a}, lontananza, distanza mi, mi sta uccidendo
emotional 3    nessuno si cura, nessuno mi, fingo, fingere, agitatissim{o,a}, non mangio da
emotional 1    mai più, ogni notte, ogni volta che, da giorni, ultimamente, la mia vita, cara mamma
cultural  3    negli occhi, guardare negli occhi, guarda negli occhi, contatto visivo, baciarsi sulla guancia
cultural  3    ci si bacia, bacia sulla guancia, baci, primogenit{o,i}, si chiamano wayan, wayan, nyoman, ketut
cultural  3    fotografare le persone, fotografare chi prega, brutta notizia, brutte notizie, dare una brutta notizia
cultural  3    alzato la voce, alzare la voce, perdere la calma, perdere la pazienza, gambe incrociate
cultural  3    mangiare con le mani, pranzo di famiglia, cena di famiglia, chi paga il conto, paga il conto
cultural  3    stoffe a quadri, stoffa, incenso, statue, fiori sul, mettono i fiori, mette i fiori, cestini di fiori
cultural  3    cestini, spirit{i,o}, magia nera, malocchio, barong, forse più tardi, dice sempre, dicono sempre di sì
cultural  3    dicono sì ma, dove sto andando, dove vado, domande personali, cerimonia del villaggio, luna piena
cultural  3    acqua santa, reincarnazione, nomi dei figli, nome ai figli, effusioni in pubblico, tenersi per mano
cultural  3    gesto, gesti, brutto gesto, gesto brutto, indicare col dito, indicare, col dito, togliermi le scarpe
cultural  3    togliere scarpe, le scarpe, due chiacchiere, chiacchiere, no gentile, un no, cultura del lavoro
cultural  3    cultura aziendale, armonia, consenso di gruppo, gerarchie, ammutoliti, padrone di casa, si siede
cultural  3    ci si siede, sedersi, forma di rispetto, modi di fare, modo di fare, abitudini, abitudine
cultural  1    autista, domestica, giardiniere, padrone, vicini, dipendente, collega, capo, i miei dipendenti
cultural  1    team indonesiano, partner indonesiano, in indonesia, a giava, giavanese, famiglia balinese
cultural  1    famiglia indonesiana, da queste parti, la gente qui, qui tutti, perché mettono, perché tutti mi
cultural  1    obbligato a, per forza, nanti, sta rifiutando, politica, è bene, è giusto
business  2    che carte, carte servono, quali carte, traduzione giurata, traduttore giurato, patente
business  2    patente internazionale, perso il passaporto, vitas, vaccini, quarantena, società madre, entità
business  2    lott{o,i}, guesthouse, guest house, intestat{e,i}, utili, divisione degli utili, dipendenti
business  2    liquidazione, cittadinanza, naturalizzazione, divorzio e beni, divorziamo, separazione dei beni
business  2    comunione dei beni, alimenti, mutuo, prestito, finanziamento, debito, debiti, spedire, spedizione
business  2    importare la, portare il gatto, portare il cane, iscrivere, assicurazione, assicurazione sanitaria
business  2    fondi, bonifico, bonifici, commissione, commissioni, cripto, cassa, locali, cantiere, costruzione
business  2    costruttore, impresa edile, caparra, acconto, saldo, ricevuta, consegnare, consegna, approvat{o,a}
business  2    approvazione, rilasciat{o,a}, rilascio, foto per il visto, timbro, frontiera, ingresso, rientro
business  2    ingressi multipli, prenotare un appuntamento, domiciliazione, delega, firma digitale
business  2    camera di commercio, report, in regola, a norma
complex   2    salvare i beni, per quale via, quale via, che tipo di società, quale società, per ciascuno
complex   2    pago meno tasse, pagare meno tasse, meno tasse, due volte, pagare due volte, pagare le tasse due volte
complex   2    tasse due volte, chiuderla, venderla o, chiudere o vendere, passare a, nuova società
complex   2    spostare i dipendenti, in che ordine, in quale ordine, ordine di, nel frattempo, intanto
complex   2    divisione degli utili, perdere la terra, non perda, nazionalità diverse, diritti, consenso
complex   2    tenere al sicuro, al sicuro, opzioni, piano, pianificare, accorpare, scorporare, rilevare una, gestire
complex   2    come va fatto l'accordo, accordo
greeting  3    eilà, ehilà, auguri, tanti auguri, buon natale, buone feste, buon anno, buona pasqua, buon compleanno
greeting  3    ci rivediamo, ci rivediamo finalmente, come te la passi, te la passi, disturbo
greeting  3    posso parlare con qualcuno, mi presento, vi presento, piacere mio, ben trovati, bene e tu, e tu, e voi
greeting  3    e lei come, come stiamo, ciao di nuovo, ri ciao, riciao, buon inizio, buon proseguimento, buona fortuna
greeting  3    in bocca al lupo, buon appetito, finalmente online, bentornat{o,a}, che piacere, che piacere rivedervi
greeting  3    sveglio, siete svegli, ancora svegli
# follow: how a short message hangs on the one before: 2 a word that ties it on, 1 a question left half open.
follow    2    e, ed, e poi, e dopo, poi, e quindi, quindi, e allora, allora, dopo, continua, vai avanti, prosegui
follow    2    avanti, ancora, di più, dimmi di più, più dettagli, nel dettaglio, dettagli, e se, altro
follow    2    altro ancora, cos'altro, che altro, nient'altro, e basta, come mai, perché no, in che senso, cioè
follow    2    ossia, tipo, ad esempio, per esempio, tipo cosa, un esempio, cosa intendi, cosa vuoi dire
follow    2    spiegati meglio, spiega meglio, spiegami meglio, in breve, in sintesi, riassumendo, il secondo
follow    2    la seconda, il primo, la prima, l'altro, l'altra, l'ultimo, l'ultima, un altro, un'altra
follow    2    anche, oppure, o, ma, ma perché, sei sicuro
follow    2    sei sicura, sul serio, è tutto, puoi approfondire, approfondisci, ripeti, ripetimelo
follow    2    riguardo a, riguardo, quanto a, ok e, va bene e, capito e, ok quindi, procedi, invece
follow    2    e invece, altrimenti, solo, ne, per, con, senza, alternative
follow    1    perché, sicuro, davvero, quanto costa, quanto ci vuole, quanto tempo, quanto, quanti, posso, si può
follow    1    puoi, quale, quali, quando, dove, chi, ci, come, che cosa, cosa, questo, questa, devo, serve, è, vale
follow    1    sì grazie, costo, prezzo, sono, c'è, bisogna, funziona, succede
simple    1    sconto, sconti, rate, a rate, rateizzare, fotocopie, prossimo passo
follow    2    prossimo passo, il passo successivo, passo successivo, prossimi passi, c'è uno sconto, sconti
follow    2    ancora una, uno più, una più, riprova, la versione corta
business  2    orari di apertura, orari d'apertura, orari fate, che orari fate, siete aperti, aperti il sabato
business  2    il vostro ufficio, vostro ufficio, il vostro indirizzo, i vostri servizi, i vostri prezzi
business  2    le vostre tariffe, consulenza gratuita, parlare con un consulente
# refer: points back to what was said.
refer     1    quello, quella, quelli, quelle, questo, questa, questi, queste, ciò, lo stesso, la stessa, entrambi
refer     1    entrambe, altro, altri, altre, prima, sopra, ne, farlo, farla, averlo, averla, pagarlo, rifiutano, così
refer     1    già, dopo, meno, sempre
emotional 3    cattiva persona, cattivo con me, cattiva con me, crudele con me, una persona cattiva, sono stupid{o,a}
emotional 3    io sia stupid{o,a}, sono un idiota, sono brutt{o,a}, dimenticare il mio ex, dimenticare la mia ex
emotional 3    dimenticarl{o,a}, mai felice, essere felice, di nuovo felice, inadeguat{o,a}, mi sento inadeguat{o,a}
emotional 3    non abbastanza, mai abbastanza, furibond{o,a}, ingiusto, non è giusto, perché a me, perché proprio a me
emotional 3    sempre io, mi odia, mi odiano, patetic{o,a}, perdente, una fallita, sentire la mancanza
emotional 3    la mancanza dei, nessuno con cui parlare
complex   3    quale scelgo, quale scegliere, quale sceglieresti, cosa scegliere, cosa scelgo, cosa è più sicuro
complex   3    più sicuro, più sicura, assetto, assetto proprietario, vuole uscire, socio vuole uscire
complex   3    esce dalla società, uscire dalla società, proteggere i beni, proteggere, bancarotta, fallisce
complex   3    fallimento della, insolvenza, due paesi, entrambi i paesi, in due paesi, tassato in due
complex   3    nuova società o, o filiale, filiale o, o ufficio di rappresentanza, passi legali, azione legale
complex   3    azioni legali, vie legali, mi sta controllando, il fisco mi, controllo del fisco, accertamenti
complex   3    pagare meno, risparmiare tasse, risparmio fiscale, ridurre le tasse, ridurre le imposte, minimizzare
complex   3    diritti di voto, clausol{a,e}, valore della società, revoca, revocat{o,a}, revocano
complex   3    prestito convertibile, convertibile, garanzia, garanzie, pegno, ipoteca, consorzio, sovvenzioni
complex   3    fondi europei, mediazione, affidamento, penale o civile, creditori, sequestr{o,are}, pignorare
complex   3    doppia nazionalità, doppia cittadinanza, effetti, impatto, fondere, ristrutturo, struttura migliore
complex   3    miglior struttura, soluzioni, contenziosi, implicazioni
general   3    chitarra, pianoforte, file, excel, foglio di calcolo, stampante, portatile si, caricabatterie, batteria
general   3    obiettivo, muffa, razzo, astronauta, dinosauro, animali, piante, frutta, verdura, calorie, acne
general   3    scarpe nuove, taglio di capelli, testo della canzone, accordi per chitarra, treno, autobus, benzina
general   3    parcheggio, mal di mare, piscina, farti una domanda, una domanda veloce, chiederti una cosa
general   3    aiutare con una cosa, samsung, gatti o cani

# ==== end of messages ================================================================================================
# what a message names besides its business: feelings, customs, the law, the rest of the world
general   2    proverbio
emotional 3    tremare, tremante, esausto, esausta, non reggo, reggere, soffocare, che nervoso, che rabbia
emotional 3    piango di gioia, lacrime di gioia, che tristezza, vi voglio bene
emotional 2    mi dicono di no, mi dicessero di no, mi rifiutano, mi rifiutassero, mi respingono, mi cacciano
cultural  2    la gente del posto, tutti qui, dicono di sì ma, dice di sì ma, dice sì ma, è usanza, è malvisto
cultural  2    per nome
business  2    indirizzo dell'ufficio, indirizzo ufficio, fototessera, fototessere, sfondo rosso, sfondo bianco
business  2    sfondo blu
complex   2    eredi, erede, ereditario, ereditaria, pignoramento, fallimento, creditore, minoranza, maggioranza
complex   2    liquidazione, sanatoria, regolarizzare, regolarizzo, mi difendo, come mi difendo, difendermi
complex   2    patto di famiglia, conferimento, aumento di capitale, statuto
general   3    alieno, alieni, ufo, dinosauri, universo, proverbi, rima, rime, rimano, fa rima, fanno rima
general   3    sinonimo, sinonimi, macchia, macchie, gattino, cagnolino, cucciolo, giardino, giardinaggio
general   3    uncinetto, quanti abitanti, inventato, inventore, chi ha inventato, olimpiadi, mondiali, tennis
general   3    basket, netflix, attore, attrice, cantante, romanzo, oroscopo, segno zodiacale, carta di credito
general   3    mastercard, visa o mastercard, carta visa, ridere, far ridere, mi fai ridere, fammi ridere
general   3    riassumimi, riassumere, trama, batterio, batteri, torta, dolce, zuppa, pollo, che ora è a
general   3    che ore sono a, compleanno di, regalo di compleanno, a un bambino, per un bambino
greeting  3    bentornati, bentornate, ben tornato, ben tornata, ben tornati, ben tornate
filler    1    scusate il disturbo, scusi il disturbo, scusa il disturbo, perdoni il disturbo
filler    1    scusate se disturbo, scusi se disturbo, scusa se disturbo, una domanda, di notte, la notte
filler    1    ogni notte
general  2.5  fotosintesi, molecola, molecole, atomo, atomi, elettrone, enzima, enzimi, batteri, virus, fossile, fossili, galassia, galassie, cometa, comete, asteroide, eclissi, orbita, gravità, gravi, fisica, chimica, biologia, geologia, astronomia, algebra, geometria, teorema, equazione, equazioni, frazioni, numero primo, triangolo, soldato, soldati, esercito, battaglia, impero, imperatore, medioevo, cavaliere, castello, faraone, gladiatore, vichinghi, dinosauro, balena, balene, squalo, squali, delfino, api, ape, formica, formiche, scarabeo, coleottero, farfalla, ragno, ragni, serpente, lucertola, geco, rana, elefante, leone, tigre, lupo, lupi, orso, oca, oche, pinguino, gufo, aquila, piume, albero, alberi, foglia, foglie, seme, semi, polline, nebbia, fulmine, tuono, nuvola, nuvole, neve, ghiacciaio, deserto, terremoto, maree, oceano, arcobaleno, romanzo, romanzi, capitolo, protagonista, drammaturgo, shakespeare, dante, manzoni, kafka, pinocchio, poeta, sonetto, attore, attrice, episodio, puntata, netflix, marvel, disney, harry potter, opera lirica, orchestra, violino, batterista, calciatore, portiere, attaccante, centrocampista, arbitro, rigore, serie a, champions, olimpiadi, mondiali, tennis, pallacanestro, cristiano ronaldo, messi, scacchi, pedone, alfiere, scacco, minecraft, fortnite, pokemon, videogioco, bibbia, vangelo, noè, zeus, mitologia, mito, leggenda di, impasto, lievito, forno, friggere, rene, reni, fegato, polmoni, sangue, ossa, cranio, muscoli, vitamina, mal di testa, starnuto, singhiozzo, sbadiglio, miss italia, sanremo, giuria, meme, cruciverba, sudoku, origami, filastrocca
# twofold: words of business that have another life; among strangers they are believed less
twofold   1    notaio, notai, bilancio, banca, banche, azioni, azione, interesse, interessi, ramo, atto, sigillo, causa, tribunale, giudice, fondatore, bilanci, forma, si forma
twofold   1    società, azienda, aziende, impresa, imprese, processo, contratto, contratti, direttore, direttori
twofold   1    strategia, strategie, struttura, strutture, agente, agenti, agenzia, quote, quota, licenza
twofold   1    licenze, permesso, permessi, proprietà, capitale, prezzo, prezzi, costo, costi, legge, leggi
twofold   1    documento, documenti, confronto, confronta, confrontami, rischio, rischi, affitto, terreno, zona
twofold   1    fattura, deposito, importare, esportare, partner, soci, socio, cliente, clienti, stato, domanda
twofold   1    registrare, proroga, villa, ufficio, investitore, investitori, affari, scenario, analisi
twofold   1    valutare, versus, vs, lite, sponsor, accordo, profitto, marchio, brevetto, conto, pagare, paga
twofold   1    visto
# courtesy: what may stand at either end of a message without making it longer
courtesy  1    ok, okay, sì, si, eh, beh, mah, boh, bah, dai, mmh, hmm, oh, ah, uh, ahah, haha, per favore
courtesy  1    perfavore, pf, per cortesia, cortesemente, gentilmente, scusa, scusi, scusate, grazie
# follow: halves of a sentence whose other half is the message before; what asks about "that" does so too
# (3: points back by itself, whatever else the message names)
follow    3    quello, quella, quelli, quelle, che mi dici di, che ne dici di, lo stesso, la stessa cosa
follow    3    in quel caso, e per, e con, e senza, per quanto riguarda
follow    2    a testa, in tutto, in totale, tutti e due, tutte e due, entrambi, entrambe, fino a quando
follow    2    entro quando, da quando, per cosa, a chi, con chi, ogni quanto, sennò, e sennò, se no, pure
follow    2    nel caso, ammesso che, ammettiamo, ammettiamo che, mettiamo, mettiamo che, diciamo, poniamo che
follow    2    tradotto, più corta, più corto, più breve, più economico, quello più, quella più, il più, il meno
follow    2    più semplice, al massimo, al minimo, almeno, soltanto, eccetto, tranne, a parte, a meno che
follow    2    qualora, ma se, e se no, tutto qui, tutto qua, tutto compreso, compreso, incluso, inclusa
follow    2    escluso, esclusa, che vuol dire, che significa, cosa vorrebbe dire, cosa vuol dire che
follow    2    mi fai un esempio, fammi un esempio, passo passo, il primo passo, passo uno, le differenze
follow    2    la differenza, che differenza c'è, i pro, i contro, pro e contro, gli svantaggi, i rischi
follow    2    lo so ma, lo so però, sì ma, sì però, già ma, no ma, ci vuole, ci vuole tanto, ci vuole molto
follow    1    in, a, da, al, alla, fa, fate, facciamo, servono, si paga, si fa, si deve, dovrei, dovremmo
follow    1    possiamo, magari, online, via
# words of two lives: here they are about something else than business, customs or feelings
general   3    capitale d'italia, capitale di, lettera maiuscola, visto bello, ho visto, hai visto, avete visto
general   3    abbiamo visto, ha visto, mai visto, visto il film, visto ieri, hai mai visto, si è visto
general   3    villa borghese, aston villa, villa adriana, test di gravidanza, test di guida
general   3    esame della patente, esame di guida, scuola guida, tassonomia, prezzo dell'oro
general   3    prezzo del petrolio, prezzo della benzina, prezzo del latte, quanto costa un gelato
general   3    quanto costa un caffè, quanto costa una pizza, quanto costa un biglietto, biglietto del treno
general   3    biglietto per, film triste, film tristi, canzone triste, canzoni tristi, canzone d'amore
general   3    canzoni d'amore, storia d'amore, poesia d'amore, film horror, film di paura, film dell'orrore
general   3    telefono rotto, bussola rotta, si è rotto il telefono, si è rotta la lavatrice, perso le chiavi
general   3    perso il telefono, persi gli occhiali, agente segreto, codice morse, codice della strada
general   3    codice da vinci, struttura della cellula, struttura dell'atomo, strategia scacchi
general   3    gioco da tavolo, boss finale, hugo boss, boss mafioso, quote della partita, quote scommesse
general   3    quota neve, società segreta, società segrete, compagnia dell'anello, calciomercato
general   3    legge di newton, legge di ohm, legge di gravità, cultura generale, cultura batterica
general   3    quiz di cultura, buongiorno principessa, notte prima degli esami, ciao ciao, bella ciao
general   3    hello kitty, linguaggio java, codice java, isola di giava, caffè di giava, personaggio
general   3    personaggi, episodio, stagione di, attore di, protagonista, regista
# times of day that greet nobody, plain facts, and feelings and customs told in other words
filler    1    ieri sera, ieri notte, domani sera, domani mattina, questa sera, questa mattina, stamattina
filler    1    stanotte, di sera, di mattina, la sera, la mattina, ogni sera, ogni mattina, tutte le sere
emotional 3    casa vuota, casa è vuota, senza di lui, senza di lei, giornata dura, giornata durissima
emotional 3    giornata pesante, durissimo, durissima, pesantissimo, pesantissima, fiero di noi, fiera di noi
emotional 3    hanno mentito
cultural  3    bruciare l'incenso, bruciano l'incenso
cultural  2    ridono quando, ride quando, sorridono quando, ricambiare, contraccambiare
cultural  2    mi porta sempre da mangiare, si inchinano, è d'uso
business  2    certificato penale, casellario giudiziale, casellario
general   3    quanto è alto, quanto è alta, quanto è lungo, quanto è grande, quanto è profondo, quanti anni ha
general   3    chi ha segnato, chi ha scritto, chi ha dipinto, chi ha scoperto, chi ha vinto, scacchi, monopoli
general   3    lego, compagnia aerea, compagnie aeree, il mio gatto, il mio cane, figurine, adesivi
# e: "and" before a noun or a question ties on; alone it reads like "è"
follow    2    e il, e lo, e la, e le, e gli, e i, e un, e una, e in, e a, e al, e alla, e da, e dal
follow    2    e dalla, e di, e del, e della, e dei, e quanto, e quando, e come, e dove, e chi, e cosa, e che
follow    2    e quello, e quella, e anche
# school, science, nature, games, sport, and what is told in books and films
general   3    algebra, equazion{e,i}, frazion{e,i}, moltiplicazione, addizione, geometria, triangol{o,i}, chimica
general   3    molecol{a,e}, atom{o,i}, fisica, biologia, fotosintesi, enzima, enzimi, batter{io,i}, virus
general   3    muscol{o,i}, insett{o,i}, falena, farfall{a,e}, ragn{o,i}, serpent{e,i}, geco
general   3    squal{o,i}, tartarug{a,he}, elefant{e,i}, riciclare
general   3    riciclo, dinosaur{o,i}, sostantiv{o,i}, aggettiv{o,i}, romanz{o,i}, fumett{o,i}
general   3    cartone animato, cartoni animati, anime, manga, harry potter, james bond, batman, superman, netflix
general   3    spotify, playlist, chitarra, pianoforte, violino, cantante, attore, attrice, videogioco
general   3    gioco di ruolo, gioco di carte, minecraft, fortnite, pokemon, scarabeo, poker, enigma, cruciverba
general   3    maglia della, campionato, champions, attaccante, portiere, pallacanestro, rugby, formula uno
general   3    caricatore, guinzaglio, distributiva, commutativa
# music, dancing, cards, fairy tales, kitchen, garden, house and play
general   3    clarinetto, tromba, sassofono, violoncello, flauto, orchestra, direttore d'orchestra, coro, accordo di chitarra
general   3    tango, salsa, valzer, briscola, scopa, tressette, burraco, dama, domino, nascondino, giochi da tavolo, mazzo di carte
general   3    cenerentola, biancaneve, peter pan, babbo natale, befana, pinocchio, hogwarts, drago, mago, strega, unicorno
general   3    farina, lievito, torta, biscotti, patatine, forno, padella, api, alveare, ape regina, erbacce, compost
general   3    cigola, cardine, bicicletta, tennis, golf, uncinetto, maglia ai ferri, origami, beach volley, cannocchiale, galassia
general   3    indovinello, barzelletta, fratellino, sorellina, la partita, partita di ieri, cruciverba, sudoku, karate, scarabeo

# ==== answers: warmth and cultural fit ===============================================================================

# How warm an Italian answer sounds. The format is explained in id.lex.
[warmth]

validation 1.0 grandi, grande, stupend{o,a,i,e}, emozionante, adoro, adorabile, numero uno, evviva, che spettacolo, spettacolare, spettacolo, favolos{o,a}, incantevole, strepitos{o,a}, bravissimi, i miei complimenti, complimenti davvero, sei un genio, siete geniali, geniale, mi piace, mi piace tanto, mi piace molto, che bravi, bellissime parole, capolavoro, toccante, commovente, commoss{o,a}, mi hai commosso, che dolce, dolcissim{o,a}, tener{o,a}, ne è valsa la pena
validation 1.4 non è colpa tua, non è colpa sua, non è colpa vostra, non è stata colpa tua, non hai sbagliato, non hai sbagliato niente, non ha sbagliato, non ha sbagliato nulla, non hai fatto niente di male, è normale, è normale essere, è del tutto normale, è normalissimo, è umano, è naturale, è comprensibile, comprensibile, comprensibilissimo, è giusto, hai ragione, ha ragione, hai tutte le ragioni, ha tutte le ragioni, hai tutto il diritto, ha tutto il diritto, domande stupide, non esistono domande stupide, nessuna domanda è stupida, non è una domanda stupida, non è stupido, non è sciocco, non è strana, non è strano, non è strana né, non è esagerat{o,a}, non esageri, non sei un peso, non disturbi, non disturba, nessun disturbo, mai dubitato
validation 1.2 bella domanda, che bella domanda, ottima domanda, buona domanda, bell'idea, che bell'idea, ottima idea, buona idea, bella idea, ottima scelta, bella scelta, ottimo lavoro, bel lavoro, bravissim{o,a,i,e}, brav{o,a,i,e}, che brav{o,a}, complimenti, congratulazioni, auguri, tanti auguri, azzeccat{o,a}, è azzeccata, bel traguardo, un bel traguardo, traguardo, bel passo, un bel passo, primo passo, grande passo, coraggio, coraggios{o,a}, che coraggio, sei forte, sei stato bravo, sei stata brava, stai andando, fier{o,a} di te, sono fier{o,a}, orgoglios{o,a}, che bello, che bella, che bel, bellissim{o,a,i,e}, splendid{o,a}, meraviglios{o,a}, fantastic{o,a}, ottim{o,a}, perfett{o,a}, magnific{o,a}, eccellente, bella notizia, che bella notizia, ottima notizia, buone notizie, che gioia, che emozione, che meraviglia, l'hai già fatta, la parte difficile, tanto impegno, ci hai messo, si vede, hai fatto tanto, hai fatto bene, ha fatto bene, ha fatto benissimo, apprezzo
validation 0.9 confonde davvero, confonde chiunque, confonderebbero chiunque, confonderebbe chiunque, succede a tutti, succede a tanti, succede spesso, capita a tutti, capita, può capitare, capita spesso, succederebbe a chiunque, chiunque al posto, chiunque si, ci perdiamo un po' tutti, ci siamo passati, ci sono passat{o,a}, ci siamo passati tutti, anch'io, anche io, anche a me, mi sono pers{o,a}, la prima volta mi sono, l'ho sbagliato, è un pasticcio, che è un pasticcio, non sei il solo, non sei la sola, non è il solo, non è la sola, all'inizio confonde, è complicato, è complicata

empathy 1.2 capisco il sobbalzo, capisco lo spavento, capisco la rabbia, capisco la fretta, capisco la preoccupazione, un brutto colpo, brutta botta, fa paura a chiunque, spaventerebbe chiunque, hai ragione a, ha ragione a, è lungo aspettare, sono lunghe, è lunga, non dev'essere, si fa sentire, ti leggo, la leggo, poverino, poverina, che peccato, anche le lacrime, puoi piangere, può piangere, piangi pure, ti stringo, un pensiero per, vicini a lei, vicini a te, non sei sola in, cominci da, prima di tutto respiri
empathy 1.4 capisco, ti capisco, la capisco, capisco bene, capisco benissimo, lo capisco, capisco che, comprendo, la comprendo, ti comprendo, immagino, immagino che, posso immaginare, mi immagino, so che, so bene, so bene che, so cosa, so cosa vuol dire, so quanto, so com'è, sento che, ti sento, ti sono vicin{o,a}, le sono vicin{o,a}, vi sono vicin{o,a}, vicin{o,a} a te, mi dispiace tanto, mi dispiace molto, mi dispiace davvero, mi dispiace per, mi dispiace che, quanto mi dispiace, mi spiace tanto, mi rattrista, condoglianze, sentite condoglianze
empathy 1.3 dev'essere dur{o,a}, dev'essere difficile, dev'essere, deve essere dur{o,a}, deve essere difficile, deve essere stato, deve essere pesante, dev'essere pesante, è dura, è pesante, è difficile, è faticoso, non è facile, non dev'essere facile, non deve essere facile, che fatica, che brutto, che brutto momento, brutto momento, che seccatura, che stress, che peccato per, che pena, che dolore, che paura, che rabbia, accidenti, oddio, mannaggia, ti faccia arrabbiare, la faccia arrabbiare, spaventano, spaventa, stanca, mette ansia, fa paura, fa male, ti preoccupa, la preoccupa, la preoccupazione, la tua tristezza, il tuo dolore, la tua paura, quello che provi, quello che prova, come ti senti, come si sente, come stai, come sta, come va, stai bene, sta bene, ti senti, si sente, cosa è successo, cos'è successo, cosa ti, raccontami, mi racconti, racconta, raccontami tutto, raccontami un po', dimmi, dimmi tu, dimmi pure, mi dica, mi dica pure, parla quando, parlane, ne parliamo, se ti va di parlare, ti ascolto, la ascolto, ascoltarti, ascoltarla
empathy 1.0 spero, spero che, speriamo, mi auguro, non vorrei che, vorrei che, vorrei che si sentisse, al sicuro, davvero al sicuro, dormi seren{o,a}, dorma seren{o,a}, dormire seren{o,a}, più seren{o,a}, sentirsi, sollievo, sono content{o,a}, content{o,a} che, content{o,a} per, sono felice, felice per, così fai prima, così non, così puoi, così può, così hai, così ha, così dormi, così è più facile, quando ti è comodo, quando le è comodo, come le è più comodo, come ti è più comodo, cosa ti fa comodo, ti fa comodo, le fa comodo, le andrebbe bene, ti andrebbe bene, ti è più comodo, ci tengo, tengo a te, ci teniamo, mi sta a cuore, ci sta a cuore

reassurance 1.1 non ci devi pensare, non ci deve pensare, non ci devi più pensare, non deve preoccuparsi, non devi preoccuparti, fai in tempo, fa in tempo, siamo in tempo, sei in tempo, è in tempo, non è tardi, nessuna multa, niente multa, nessun obbligo, decide con calma, decidi con calma, con calma, quando vuole lei, il resto lo portiamo, il resto lo facciamo, al resto pensiamo, pensiamo a, lo portiamo noi, lo facciamo noi, lo compilo io, compilo io, la compilo io, la mando io, ci passo io, ci vado io, vengo io, ci parlo io, così non ci, così dorme, così decide, così decidi, ne esce, si aggiusta, si rimedia, si recupera, non è perso, non è persa, niente è perduto
reassurance 1.3 non ti preoccupare, non si preoccupi, non vi preoccupate, non preoccuparti, niente panico, nessun problema, non c'è problema, nessuna fretta, non c'è fretta, senza fretta, con calma, niente paura, non avere paura, non abbia paura, non abbia timore, non temere, non tema, non ti scoraggiare, non si scoraggi, non mollare, non molli, non arrenderti, non si arrenda, non devi vergognarti, non vergognarti, non si vergogni, niente di cui vergognarsi, non c'è di che, non fa niente, non fa nulla, non importa, non è niente, non è nulla, non è grave, nessuna scusa, non serve scusarsi, non scusarti, non si scusi, non sei sol{o,a}, non è sol{o,a}, non ti lascio, non la lascio, non la lascio sol{o,a}, non ti lascio sol{o,a}, non vado da nessuna parte, non è la fine del mondo, non mi pesa, non mi pesa affatto, non pesa, non sono arrabbiat{o,a}, non sono arrabbiat{o,a} per niente, nessuno è arrabbiato, nessuno se la prenderà, se la prenderà con te, non smetto, non smetto di, non ci arrendiamo, nessuno ti giudica, nessuno la giudica, non ti giudico, per carità, ci mancherebbe, figurati, si figuri, di nulla
reassurance 1.2 stai tranquill{o,a}, stia tranquill{o,a}, tranquill{o,a}, state tranquill{i,e}, tranquillamente, sta' tranquill{o,a}, va tutto bene, andrà tutto bene, andrà bene, tutto bene, va bene, va bene così, va benissimo, va bene anche, tutto si sistema, si sistema, si sistemano, si sistemano facilmente, si può ancora, si risolve, si risolve tutto, lo risolviamo, la soluzione, una soluzione, una soluzione la troviamo, soluzione si trova, una strada c'è, la strada c'è, c'è una strada, c'è un modo, c'è ancora tempo, hai ancora, ha ancora, ci siamo quasi, manca poco, manca solo, solo un, quasi fatta, è quasi fatta, ce la fai, ce la farai, ce la farà, ce la facciamo, ce la fa, forza, dai, coraggio, respira, respiri, fai un respiro, piano piano, pian piano, un passo alla volta, una alla volta, uno alla volta, passo dopo passo, poco alla volta, riposati, si riposi, rilassati, quando vuoi, quando vuole, quando preferisci, quando preferisce, quando sei pronto, quando sei pronta, quando puoi, quando può, in qualsiasi momento, a qualsiasi ora, anche di sera, quante volte vuoi, quante volte vuole, anche dieci volte, finché serve, ti aspetto, la aspetto, vi aspetto, ti aspettiamo, la aspettiamo, al resto pensiamo noi, pensiamo noi, ci pensiamo noi, ci penso io, ci pensiamo, penso io, lascia fare a me, lasci fare a noi, lasci fare a me, sei in buone mani, è in buone mani, capita a tutti, i programmi cambiano, respira che, sarà facile, è facile, facilissimo, è semplice, nessun disturbo, di sicuro

affection 1.1 un abbraccio, ti abbraccio, abbraccio, abbracci, un abbraccio forte, un bacio, baci, ti voglio bene, voglio bene, con affetto, affetto, con amore, amore, caro amico, cara amica, amic{o,a}, tesoro, di cuore, dal cuore, con il cuore, col cuore, calorosamente, un caro saluto, un caro abbraccio, cari saluti, un sorriso, volentieri, molto volentieri, con piacere, con molto piacere, che piacere, è un piacere, è stato un piacere, un piacere, piacere di, felicissim{o,a}, contentissim{o,a}, felice, felici, prenditi cura, abbi cura, si riguardi, riguardati, buon rientro, buon viaggio, buona giornata, buona serata, buon lavoro, buon fine settimana, buone feste, buon compleanno, in bocca al lupo, buona fortuna, a presto, ci vediamo, ci vediamo presto, ci sentiamo, benvenut{o,a,i,e}, buongiorno, buonasera, ciao, carissim{o,a}, gentilissim{o,a}, insieme a te, sei importante, sei preziosa, vale la pena, meriti, ti meriti, merita, si merita

gratitude 1.0 grazie, grazie mille, grazie di cuore, grazie tante, mille grazie, molte grazie, grazie infinite, ti ringrazio, la ringrazio, vi ringrazio, la ringraziamo, ti ringraziamo, ringrazio, grazie per, grazie della, grazie a te, grazie a lei, grat{o,a}, riconoscente, per la pazienza, della pazienza, la tua pazienza, la sua fiducia, per la fiducia

offer 0.9 ti aiuto, ti aiuto io, la aiuto, l'aiuto, vi aiuto, ti aiutiamo, la aiutiamo, aiutarti, aiutarla, posso aiutarti, posso aiutarla, possiamo aiutarla, possiamo aiutarti, come posso aiutar{ti,la}, ti do una mano, le do una mano, una mano, ti accompagno, la accompagno, l'accompagno, ti accompagniamo, la accompagniamo, vengo con te, vengo con lei, veniamo con, veniamo con te, vengo io, ti seguo, la seguo, la seguo io, la seguiamo, ti seguiamo, lo seguo io, di persona, ti resto accanto, le resto accanto, resto accanto, accanto, al tuo fianco, al suo fianco, sono qui, siamo qui, ci sono, ci siamo, sono a disposizione, resto a disposizione, siamo a disposizione, a tua disposizione, a sua disposizione, ti mando, le mando, ti invio, le invio, ti scrivo, ti scriviamo, le scrivo, le scriviamo, ti aggiorno, la aggiorno, l'aggiorno, ti aggiorniamo, la aggiorniamo, ti faccio sapere, le faccio sapere, ti facciamo sapere, le facciamo sapere, ti chiamo, la chiamo, chiamo io, ti spiego, le spiego, ti preparo, le preparo, gliela preparo, glielo preparo, gliel'ho, te lo ricordo, te lo ricordo io, glielo ricordo, ti ricordo, controllo io, controllo subito, controllo volentieri, controllo, porto io, chiamo subito, verifico subito, verifico io, faccio io, lo faccio io, preparo io, me ne occupo, me ne occupo io, ce ne occupiamo, ce ne occupiamo noi, pensiamo a tutto, ti rimettiamo, ti ho, ho già, già mandato, già corretto
offer 0.9 insieme, facciamo, facciamo insieme, facciamo due conti, facciamo prima, vediamo, vediamo insieme, sistemiamo, sistemiamo insieme, troviamo, troviamo insieme, la troviamo, cerchiamo, cerchiamo insieme, cerchiamone, calcoliamo insieme, compiliamo insieme, la compiliamo insieme, lo compiliamo insieme, guardiamo, guardiamo insieme, guardiamola, la guardiamo, proviamo, prepariamo, parliamone, se ne parliamo, ne parliamo, risolviamo, affrontiamo, le affrontiamo, lo affrontiamo, rileggiamo, rileggiamolo, cominciamo, partiamo, andiamo avanti, lo dividiamo, lo spostiamo, possiamo fare, possiamo dividere, possiamo spostare, possiamo provare, potremmo, ci arriviamo, ci arriviamo insieme
offer 0.9 posso, posso dare, posso dare un'occhiata, un'occhiata, do un'occhiata, vuoi che, vuole che, ti va, ti va se, le va, le va se, se vuoi, se vuole, se ti va, se le va, se preferisci, se preferisce, se hai bisogno, se ha bisogno, hai bisogno, ha bisogno, se ti serve, se le serve, ti serve, le serve una, le serve qualcosa, ti serve qualcosa, se hai domande, se ha domande, se hai dubbi, se ha dubbi, per qualsiasi, per qualsiasi cosa, per qualunque, scrivimi, mi scriva, mi scriva pure, scrivimi quando, chiamami, mi chiami pure, mandami, mi mandi, mi mandi pure, me lo dica, fammi sapere, mi faccia sapere, dimmi se, chiedi pure, chieda pure, chiedimi, me lo può chiedere, quando preferiresti, quando preferirebbe, che ne dici, che ne dice, che ne pensi, cosa ne pensa, in alternativa, un'alternativa, altrimenti possiamo, ti suggerirei, le suggerirei, ti suggerisco, le suggerisco, ti consiglio, le consiglio, ti consiglierei, le consiglierei, magari, riusciresti, riuscirebbe, potresti, potrebbe

apology 0.8 scusa, scusami, scusami davvero, mi scusi, scusi, scusate, scusaci, ci scusi, mi scuso, ci scusiamo, chiedo scusa, chiediamo scusa, le chiedo scusa, ti chiedo scusa, mi dispiace, ci dispiace, mi spiace, ci spiace, perdonami, mi perdoni, perdono, l'errore è nostro, è colpa nostra, è stato un nostro errore, errore nostro, colpa mia, colpa nostra
request 0.6 per favore, per piacere, per cortesia, cortesemente, gentilmente, potresti, potrebbe, potreste, le dispiacerebbe, ti dispiacerebbe, se possibile, quando ha un momento, quando hai un momento, se non è un problema, se non le dispiace, se non ti dispiace, mi raccomando, vorrei, volevo, avrei
kin 0.4 car{o,a}, gentile, salve, cari, care
particle 0.35 pure, magari, un po', davvero, sai, eh, dai, ecco, certo, certamente, sì, subito, proprio, allora, forse, tanto

# Pictures speak alike in all three languages.
affection  0.6  ❤️, 🧡, 💛, 💚, 💙, 💜, 🤍, 💖, 💕, 💗, 💞, 💓, 💝, 🤗, 🥰, 😍, 😘, 🫶, 🫂, 🌸, 🌺, 🌷, 🌹, 💐, <3
gratitude  0.5  🙏
validation 0.5  👏, 🙌, 🎉, 🥳, 💪, 👍, 🌟, 🏆, 🎊
empathy    0.5  😢, 😭, 😔, 😞, 🥺, 💔
particle   0.35 😊, 🙂, 😄, 😀, 😃, 😁, 😉, 😇, ☺️, 😅, 🤝, ✨, 👌, :), ;), :D

# ---- what cools ----
cold_sarcasm -1.6 bel genio, il genio, genio della, poverino lei, poverina lei, ma guarda che sorpresa, che sorpresona, grazie tante eh, grazie al cavolo, grazie al cazzo, grazie di niente, bella figura, bel capolavoro, bravo furbo, complimenti vivissimi, complimenti per la puntualità, auguri eh, buona fortuna eh, si vede che ha, con tutto il tempo, ma no davvero, ma dai, davvero, si figuri un po', ma che carino, quanta fretta, quanta premura, alla buon'ora, finalmente si, miracolo, chissà come mai, guarda caso, ma pensa
cold_sarcasm  -0.8 🙄, 🙃, 😏, 😒
cold_contempt -1.2 è inutile che, sei inutile, siete inutili, quanto sei ignorante, ignoranti, sei un incapace, incapaci, è assurdo che lei, buffon{e,i}, pagliacci{o,}, pagliacc{io,i}, ladr{o,i}, bugiard{o,a,i}, ipocrit{a,i}, stronz{o,a,i,e}, bastard{o,i}, vergognatevi, vergognoso, vergognosa, fate schifo, fai schifo, che schifo, fa schifo, odio, ti odio, vi odio, odios{o,a}, insopportabil{e,i}, insopportabile, disgustos{o,a}, disgusto, vaffanculo, fanculo, coglion{e,i}, porca, palle, rotto le palle, mica stampiamo, mica possiamo, mica siamo, ma lei legge, ma ha letto, ma sa leggere, che si aspettava, cosa si aspettava, cosa pretende, ma scherza, ma sta scherzando, stiamo scherzando, fai il bravo, faccia il bravo, non è che se, chi glielo ha detto, chi te l'ha detto, ci voleva tanto, ci vuole tanto a, bastava girarlo, bastava aprirlo, bastava chiedere, bastava guardare
cold_contempt -0.9 🤦, 😤, 😠, 😡, 🤬, 👎, 🖕, 🤡, 💩, 😑
cold_blame -1.2 doveva leggere, doveva chiedere, doveva farlo, dovevi farlo, dovevi leggere, dovevi chiedere, poteva pensarci, potevi pensarci, poteva chiedere, potevi chiedere, bastava leggere, era scritt{o,a}, c'era scritto, c'è scritto, sta scritto, sta scritto su, era scritta sul, la data era, prima di riferire, prima di chiedere, prima di scrivere, converrebbe leggere, la prossima volta legga, la prossima volta controlli, la prossima volta leggi, la prossima volta ci pensi, solo adesso, solo ora, se ne accorge ora, se ne accorge adesso, te ne accorgi ora, te ne accorgi adesso, l'ha scelto lei, l'ha firmato lei, l'hai firmato tu, l'hai scelto tu, ha deciso lei, nessuno la obbliga, nessuno ti obbliga, a suo carico, se documentati
cold_blame -1.5 avrebbe dovuto, avresti dovuto, doveva pensarci, dovevi pensarci, bastava leggere, è colpa sua, è colpa tua, colpa sua, colpa tua, per colpa, sua negligenza, per sua negligenza, negligenza, per la sua, imprudenza, errore suo, errore tuo, un errore suo, ha sbagliato, hai sbagliato, è errato, è sbagliato, perché non ha, perché non hai, perché ha sbagliato, ha perso, se ha perso, se hai perso, problema suo, problema tuo, è un problema suo, è un problema tuo, affar suo, affari suoi, fatti suoi, sono affari suoi, un obbligo suo, obbligo suo, responsabilità sua, sua responsabilità, esclusiva responsabilità, da parte sua, a suo rischio, era in ritardo, era incompleto, il suo era, come già, come già spiegato, come già detto, già spiegato, già detto, gliel'ho già detto, te l'ho già detto, l'abbiamo già, le avevamo, l'avevamo, era avvisat{o,a}, non era avvisat{o,a}, che non era avvisat{o,a}, le erano stati, le era stato, erano stati chiesti, perché non è ancora, perché non lo ha, perché non l'ha, perché mai, ancora una volta, seconda volta, terza volta, continuamente, se va avanti, se l'è cercata, te la sei cercata
cold_contempt -1.6 è una cosa elementare, elementare, è ovvio, ovviamente, evidentemente, chiarissim{o,a,e}, erano chiarissime, è chiarissimo, chiunque lo sa, lo sanno tutti, anche un bambino, un bambino lo, non ci vuole una laurea, non ci vuole un genio, una laurea, quanto sarà difficile, quanto ci vuole, cosa c'è di difficile, che ci vuole, ma come si fa, come si fa a, stupid{o,a}, cretin{o,a}, idiota, imbecille, deficiente, scem{o,a}, incompetente, ridicol{o,a}, patetic{o,a}, inutilizzabile, sciocchezze, schifo, vergogna, si vergogni, cavolo, cazzo, merda, non vale nulla, non vale niente, non serve a niente, non serve a nulla, perdita di tempo, una perdita di tempo, perdere tempo, fa perdere, fa solo perdere tempo, se non ne è capace, lasci perdere, lascia perdere, lasci fare a chi, la vittima, non faccia la vittima, fare la vittima, farne un dramma, drammi, venga a piangere, non venga a piangere, si lamenti, non si lamenti, si lamentano, lamentele, lamentarsi, come tutti gli altri, venga al punto, vieni al punto, non è il posto, non è questo il posto, presti attenzione, presta attenzione, stia attent{o,a}, apra gli occhi, sa leggere, impari a
cold_dismissal -1.2 faccia da sol{o,a}, fai da sol{o,a}, da sol{o,a} stavolta, aspetti e basta, aspetti come tutti, attenda il suo turno, legga bene, rilegga, adesso basta, ora basta, e basta, è affar suo, resta affar suo, affar tuo, sono fatti suoi, veda un po' lei, si organizzi, senza altre domande, senza domande, niente domande, moglie o non moglie, valuti altro, oppure valuti altri, se proprio non, se proprio deve, se ci tiene, libero di, libera di, non dipende da noi, non siamo noi
cold_dismissal -1.5 non ci riguarda, non mi riguarda, non ci riguardano, non è affar nostro, affar nostro, non è affar mio, non sono affari nostri, non è un problema nostro, non è un nostro problema, problema nostro, non è compito nostro, non è compito mio, compito nostro, non è nostro compito, non è colpa nostra, non è colpa mia, non nostro, non nostra, non è nostra responsabilità, non è di nostra competenza, di nostra competenza, non di nostra, non rientra, non rientra nei, non spetta a noi, non tocca a noi, non possiamo farci, non possiamo farci niente, possiamo farci niente, non ci possiamo fare, non c'è niente da fare, non c'è nulla da fare, niente da fare, non possiamo aiutar{la,ti}, impossibile aiutar{la,ti}, non abbiamo tempo, non ho tempo, abbiamo altro da fare, non ci interessa, non mi interessa, non importa a nessuno, non ce ne importa, chi se ne importa, me ne frego, si arrangi, arrangiati, da sol{o,a} lo, faccia da sol{o,a}, se lo segni, se lo segni da solo, se lo controlli, se la controlli, se lo cerchi, se la cavi, veda lei, faccia lei, faccia come vuole, se la veda, si rivolga, si rivolga altrove, rivolgersi altrove, cerchi altrove, aspetti e, si metta in fila, in fila, in fila come, legga prima, legga le istruzioni, legga il, controlli la posta, sono tutti sul sito, tutto sul sito, è tutto scritto, è scritto, guardi il sito, vada sul sito, la smetta, smettila, la smetta di, smetta di, non chiami, non chieda, non ci scriva, non ci scriva più, non scriva, non ci chiami, non mi scriva, non mi chiami, non insista, non insistere, inutile insistere, inutile chiedere, chiedere di continuo, poi non dica, non dica, non pretenda, non si aspetti, non lo compiliamo, per gli altri, a ogni singola, ogni singola persona, se non le sta bene, se non ti sta bene, peggio per lei, peggio per te, quando arriverà, arriverà quando, non facciamo, non forniamo, non diamo, non è previsto, punto e basta, se non le va bene
cold_refusal -0.8 no e basta, non si può fare, non possiamo farlo, impossibile procedere, decisione definitiva, ormai è tardi, ormai è fatta
cold_refusal -1.1 respint{o,a,i,e}, vengono respinti, viene respinta, è stata respinta, è respinta, rifiutat{o,a,i,e}, rigettat{o,a}, annullat{o,a}, è annullato, restituita, domanda restituita, tornano al mittente, al mittente, non è possibile, non è ammesso, non sono ammess{i,e}, non ammess{o,a}, non è consentito, non consentit{o,a}, vietat{o,a}, non soddisfa, non soddisfa i requisiti, requisiti non, non rientra nei requisiti, è definitiva, decisione è definitiva, la pratica è chiusa, è chiusa, senza eccezioni, senza deroghe, deroghe, nessuna eccezione, per nessun motivo, in nessun caso, nessuna richiesta, non verrà, non verranno, non possiamo, non si procede, non procediamo, si ricomincia, ormai è tardi, è tardi, troppo tardi, incomplet{o,a,i,e}, pratica incompleta, i moduli incompleti, non valid{o,a}, niente iscrizione, senza pagella niente, fuori orario, è fallita, fallit{o,a}, purtroppo no
cold_order -0.7 deve subito, devi subito, paghi subito, vada subito, torni quando ha, torni con, faccia presto, si muova, si sbrighi, sbrigati, muoviti, ripeta, rifare tutto
cold_order -0.9 immediatamente, subito al, lo corregga, la corregga, lo rifaccia, la rifaccia, rifaccia, la reimposti, reimposti, ripresenti, ripresentare, paghi puntuale, puntuale, si presenti, torni quando, vada subito, faccia la denuncia, va pagata, va pagato, va presentata, va presentato, va firmato, va fatto, vanno presentati, correttamente, stavolta correttamente, se vuole una risposta, se vuole essere, ricominciare, ricominciare dall'inizio, da capo, dall'inizio
cold_bureaucratic -0.6 si prega di, si prega, si invita, è pregat{o,a}, è invitat{o,a}, cortesemente invitat{o,a}, è tenut{o,a}, è tenut{o,a} a, è necessario, è obbligatorio, obbligatori{o,a}, deve essere, devono essere, dovrà essere, dovranno essere, devono essere presentati, deve avere, come da, come da regolamento, ai sensi, secondo normativa, il richiedente, dal richiedente, del richiedente, l'interessato, il sottoscritto, eventuali reclami, reclami, si accettano, si accettano solo, solo in orario, presi in considerazione, in considerazione, evas{o,a,i,e}, vengono evasi, viene evasa, entro la scadenza, sanzione, paga la sanzione, comporterà, costi aggiuntivi, sarà trattenuto, trattenut{o,a}, fino al saldo, al saldo, per il buon ordine, buon ordine, in ordine di arrivo, richieste come questa
cold_threat -1.3 conseguenze, ne subirà, ne subirà le conseguenze, subirà, altrimenti sarà, vengono chiuse, verrà chiusa, sarà espulso, o paga, se la truffano, chi non lo fa
cold_formal -0.9 siamo spiacenti, siamo spiacenti di, spiacenti, spiacenti di informarla, informarla che, cordiali saluti, distinti saluti, cordialmente, gentile cliente, spettabile, egregio, purtroppo, con tutto il rispetto, tutto il rispetto, cortese interesse, per il cortese interesse, la ringraziamo per, le auguriamo, le auguriamo buona giornata, è molto apprezzata, molto apprezzat{o,a}, a titolo informativo, con la presente, il suo disappunto, naturalmente, grazie per la domanda
cold_sarcasm -1.7 ma bravo, ma brava, ma che bravo, che furbo, che furba, furb{o,a}, bel genio, grazie mille per l'organizzazione, per l'organizzazione, adesso è urgente, ora è urgente, aspettiamo tutti, tutti lei, per ultimo, pagare per ultimo, le regaliamo, quanto è ingiusta, ingiusta la vita, ah siamo, siamo impegnati, certo il suo tempo, vale più del nostro, il suo tempo vale, quando le aggrada, le aggrada, chi l'avrebbe detto, come al solito, tanto per cambiare, ma certo come no, come no, figuriamoci, sua maestà, aspettano tutte, il suo psicologo, non cambierà nulla, non cambia nulla
# what was written and not read, what others manage, lessons for the future, sneers, and doors that close
cold_blame -1.2 c'è scritto, è scritto, era scritto, sta scritto, come già scritto, come già detto, come le ho detto, come ti ho detto, già spiegato, è già stato spiegato, era spiegato, bastava leggere, basta leggere, basterebbe leggere, bastava chiedere, bastava, se avesse letto, se avessi letto, legga prima, leggi prima, prima di chiedere, prima di scrivere, in prima pagina, nella mail che, la prossima volta, per il futuro, in futuro, d'ora in poi, doveva pensarci, dovevi pensarci, ci doveva pensare, andava detto, andava fatto, andava chiesto, poteva dirlo, potevi dirlo, da parte sua, da parte tua, a suo rischio, a tuo rischio, affar suo, affare suo, affari tuoi, affari suoi, peggio per, colpa sua, non è difficile, non ci vuole molto, nessuno le ha chiesto, nessuno ti ha chiesto
cold_contempt -1.2 tutti gli altri, gli altri ci riescono, ci riescono tutti, ci arrivano tutti, lo sanno tutti, lo sa chiunque, questo lo sa, gente come, persone come, chi gliel'ha detto, chi te l'ha detto, a quanto pare, evidentemente, si direbbe, diciamo così, auguri allora, buona fortuna allora, sempre che, se proprio, se le riesce, se ti riesce, ci siamo capiti
cold_dismissal -1.1 tutto qui, questo è tutto, nient'altro, null'altro, altro non c'è, niente di più, per il resto niente, prendere o lasciare, così stanno le cose, è così e basta, e basta, punto e basta, nessuna garanzia, nessuna eccezione, vale per tutti, come per tutti, come tutti, prendo nota, ne prendo atto, ne prendiamo atto, si prende atto, è agli atti



# ---- cultural fit ----
[culture]
register_formal 1 lei, la prego, le chiedo, le consiglio, le suggerisco, le serve, le va, le mando, le invio, le scrivo, le spiego, la ringrazio, la contatto, la contatterò, la aiuto, può, vuole, gentile, mi dica, mi scriva, mi mandi, mi faccia, scusi, mi scusi, stia, guardi, senta, signor, signora, signore, dottore, dottoressa, gliel'ho, glielo, gliela, si preoccupi, venga, prenda, porti, invii, aspetti, buongiorno, buonasera, cordiali saluti, cordialmente, arrivederla
register_formal 0.5 suo, sua, suoi, sue
register_formal 1 mi permetta, mi consenta, mi invii, mi porti, mi indichi, mi confermi, mi dia, dica, gli dica, le dica, ci dica, scriva, faccia, tenga, chieda, provi, consideri, compili, alleghi, verifichi, controlli, legga, firmi, paghi, passi, lasci, ritiri, consegni, eviti, ringrazi, ricordi, pensi, decida, scelga, risponda, contatti, chiami, telefoni, faccia pure, venga pure, si accomodi, si ricordi, si tenga, non si preoccupi, desidera, preferisce, ha bisogno, le basta, le basterà, le propongo, le preparo, le confermo, le ricordo, le faccio, le allego, le rispondo, le telefono, la richiamo, la chiamo, la aspetto, la aspettiamo, la accompagno, la mando, la ricevo, la riceve, le occorre, le occorrono, le servono, a lei, di lei, con lei, per lei, voglia cortesemente, cortesemente
register_casual 1 tranquillo che, dammi, dimmelo, dille, digli, diglielo, tieni, chiedi, prova, compila, allega, controlla, leggi, firma pure, paga, passa, lascia, ritira, evita, ricorda, ricordati, pensa, decidi, scegli, rispondi, chiama, telefona, vai, fai, fatti, puoi, potresti, dovresti, avresti, preferisci, ti serve, ti servono, ti basta, ti preparo, ti confermo, ti ricordo, ti faccio, ti allego, ti rispondo, ti richiamo, ti chiamo, ti aspetto, ti aspettiamo, ti accompagno, ti occorre, da te, con te, per te, di te, vieni pure, non preoccuparti, preoccuparti
register_casual 1 tu, ti, te, tuo, tua, tuoi, tue, ciao, scusa, scusami, dimmi, puoi, vuoi, hai, sei, devi, guarda, senti, aspetta, stai, fammi, mandami, scrivimi, chiamami, preoccuparti, vieni, prendi, porta, invia, ti aiuto, ti mando, ti scrivo, ti spiego, un bacio, bacioni, a dopo, raga, bello
register_slang 1.2 zio, bro, fra, figo, minchia, cazzo, daje, boh, bella zio, raga, scialla
address 1 signora, signor, signore, dottore, dottoressa, ingegnere, avvocato, cara, caro, gentile
face_soft 1 purtroppo, non ancora, per ora, al momento, potrebbe essere difficile, potrebbe non, forse non, forse è meglio, forse sarebbe meglio, sarebbe meglio, un po' difficile, un po' complicato, con tatto, con delicatezza, con garbo, con gentilezza, gentilmente, educatamente, in modo indiretto, indirettamente, in privato, a quattr'occhi, senza imbarazzare, senza mettere in imbarazzo, non metterlo in imbarazzo, salvare la faccia, salva la faccia, perdere la faccia, per rispetto, con rispetto, un po' di chiacchiere, due chiacchiere, chieda prima, chiedi prima, chiedi come sta, chieda come sta, chiedere della famiglia, della famiglia, un piccolo regalo, un pensierino, con pazienza, con calma, dia tempo, dai tempo, dagli tempo, un intermediario, tramite un, una persona di fiducia, potrebbe provare, potresti provare, in alternativa, un'alternativa, un'altra possibilità, un no gentile, un no morbido, con due mani, con entrambe le mani, mano destra, chieda il permesso, chiedi il permesso, ascolta prima, costruire fiducia, creare fiducia
face_blunt 1.4 dica di no e basta, dì di no e basta, di no e basta, diglielo in faccia, glielo dica in faccia, in faccia, direttamente in faccia, davanti a tutti, davanti al team, davanti ai colleghi, davanti agli altri, in pubblico, pretenda, pretendi, esiga, esigi, insista, insisti, lo costringa, costringilo, minacci, minaccia, lo affronti, affrontalo, lo sgridi, sgridalo, urla, ignori, ignora, ignoralo, lasci perdere le chiacchiere, niente chiacchiere, vada al sodo, vai al sodo, al sodo, al punto, superstizione, superstizioni, arretrat{o,a,i,e}, primitiv{o,a,i,e}, ridicol{o,a,i,e}, assurd{o,a,i,e}, sciocchezze, pigr{o,a,i,e}, sono pigri, poco professional{e,i}, perdita di tempo, il tempo è denaro, non si può, non può, non puoi, è sbagliato, ha torto, hai torto, impossibile, assolutamente no
# What hurts tact, whatever is asked: people made typical of where they come from, prying, remarks on looks and age, shame before others.
tactless 1.2 voi italiani, voi napoletani, voi siciliani, voi romani, voi milanesi, voi del sud, voi del nord, voi stranieri, voi occidentali, noi indonesiani siamo, gli italiani sono, gli italiani non, i napoletani sono, tutti gli italiani, da buon italiano, da buon napoletano, da buon siciliano, tipico italiano, tipico degli italiani, tipico dei, è risaputo, mafia, mafioso, padrino, spaghetti, mamma mia
tactless 1.2 quanti anni ha, alla sua età, alla tua età, data l'età, vista l'età, a una certa età, nonnin{a,o}, nonnett{a,o}, vecchiett{a,o}, povera donna, poveretto, poveretta, poverino, poverina, per una donna, come donna, suo marito decide, ne parli con suo marito, faccia decidere, è incinta, ingrassat{o,a}, dimagrit{o,a}, bella donna, bella signora, ma è sposata, è sposata, non è sposata, figli ne ha, di che religione, handicappat{o,a}, per essere stranier{o,a}, per uno straniero
tactless 1.2 davanti a tutti, in bacheca, così impara, così imparate
# Private life, by its part: 0.1 husband or wife, 0.2 children and parents, 0.3 faith, 0.4 age and body. A reply that asks for a
# part that the user told nothing of pries.
private 0.1 il padre, la madre, marito, moglie, fidanzato, fidanzata, sposata, sposato, matrimonio, è single, ancora single, divorziata, divorziato, divorzio, ancora sola, ancora solo, compagno
private 0.2 figli, figlio, figlia, bambini, incinta, genitori, suocera
private 0.3 religione, religioso, religiosa, fede, prega, convertito, convertita, chiesa, moschea
private 0.4 età, anni ha, quanto pesa, dieta, malattia, malato, malata
# A people, and what makes it typical in the same sentence, where nobody asked about customs.
people 1.2 italiani, napoletani, siciliani, calabresi, sardi, romani, milanesi, veneti, genovesi, toscani, pugliesi, meridionali, settentrionali, tedeschi, francesi, inglesi, americani, russi, cinesi, indiani, arabi, africani, rumeni, albanesi, australiani, olandesi, spagnoli, indonesiani, giavanesi, balinesi, occidentali, musulmani, cattolici, cristiani, ebrei, donne, uomini, mamme, anziani, giovani, a napoli, in sicilia, in calabria, a palermo
typify 1 sempre, si sa, di solito, in genere, tipico, come al solito, per natura, famosi, amano, adorano, non siamo, qui non è, non è come, ovviamente, naturalmente, è noto, eh, ah, ahah, chissà
# Who mourns, and what they are spared then: money, haste, joy.
grief 1 è mort{o,a}, mort{o,a}, morte, è mancat{o,a}, venut{o,a} a mancare, decess{o,i}, decedut{o,a}, defunt{o,a}, scompars{o,a}, lutto, funeral{e,i}, esequie, sepolt{o,a}, cremazione, condoglianze, ho perso mio, ho perso mia, ho perso il, ricoverat{o,a}, in coma, tumore, ictus, aborto
press 1.2 saldo, saldare, saldi, bonifico, pagamento, versi, versare, entro oggi, entro domani, al più presto, con urgenza, quanto prima, scadenza, mora, penale, fattura, acconto, deposito, congratulazioni, complimenti, tanti auguri, festa, festeggiare, buon divertimento
locale_local 1 rp, idr, rupie, rupia, milioni di rupie, ora di bali, ora locale
locale_foreign 1 usd, dollari, dollaro, euro, gmt, utc, cet, sterline
locale_greeting 0.1 ciao, salve, ehi, ehilà
locale_greeting 0.2 buongiorno, buon giorno, buondì
locale_greeting 0.4 buon pomeriggio
locale_greeting 0.5 buonasera, buona sera, buonanotte
ground 1 rama e sita, isola degli dei
# title: what people are called by, and whose it is: 0.1 a man, 0.2 a woman, 0.3 doctor, 0.4 professor, 0.5 lawyer, 0.6 clergy,
# 0.7 engineer; 0.9 pet names; 1 more for what one calls the young. feast: whose it is: 0.1 Christians, 0.2 Muslims, 0.3 Hindus, 0.4 Chinese, 0.5 Buddhists, 0.6 Jews.
title 0.1 signor, signore, sig, pak, bapak
title 1.2 signorina
title 0.2 signora, sig.ra, ibu
title 0.3 dottore, dottoressa, dott, dottor
title 0.4 professore, professoressa, professor, prof
title 0.5 avvocato, avvocata, avvocatessa, l'avvocato, l'avvocata, avv
title 0.6 don, padre, suor, suora, fra, frate, monsignore, monsignor, reverendo, eccellenza
title 0.7 ingegnere, ingegner, ing, architetto, geometra, ragioniere, colonnello, capitano, maresciallo, notaio, console
title 0.9 tesoro, stella, stellina, amore, gioia, gioia mia, fratello, fratellone, sorellina, bello mio, bella mia, ciccio, ciccia, cocca, cucciolo
feast 0.1 natale, pasqua, vigilia, messa, parrocchia, parroco, chiesa, cattolic{o,a,i,he}, cristian{o,a,i}
feast 0.2 ramadan, lebaran, eid, moschea, musulman{o,a,i}, idul fitri
feast 0.3 diwali, holi, galungan, kuningan, nyepi, saraswati, odalan, induist{a,i}, indù, anno saka, saka
feast 0.4 capodanno cinese, imlek
feast 0.6 shabbat, sabato ebraico, hanukkah, chanukkà, pesach, pasqua ebraica, purim, kippur, sinagoga, rabbino, ebrea, ebreo
feast 0.5 vesak, waisak
register_formal 1 egregio, egregia, egregi, spettabile, spett.le, illustre, ossequi, distinti saluti, la signoria vostra, signoria vostra, ella, le porgo, voglia gradire, voglia, restiamo a disposizione, resto a disposizione, lieto di informarla, lieti di
register_casual 1 tranqui, tranquillo, tranquilla, ci sta, ahah, ahaha, haha, ok, okay, eh, ciao ciao, un abbraccio, vi va, ragazzi, dai, ehi, ehilà, girami, ti giro
register_slang 1.2 tranqui, scialla, prof, bella lì, raga, mega, super tranqui, top
locale_foreign 1 pm, am, monday, tuesday, wednesday, thursday, friday, saturday, sunday, january, february, march, april, june, july, august, october, november, december
locale_local 1 ora sua, ora vostra, ora tua, ora di sydney, ora di londra, ora di perth, in italia, dall'italia, d'estate, d'inverno, ora legale, ora solare, ora italiana, ora di milano, ora di roma, in italia sono, da voi sono, da noi sono
ground 1 età e famiglia, come rivolgersi, modo di rivolgersi, segno di rispetto, segno di cortesia, è cortesia, per rispetto, gesto di rispetto, considerato scortese, considerato maleducato, è scortese, sarebbe scortese, è offensivo, si offende, si offendono, offendersi, rifiutare è, rifiutare spiace, il gesto conta, con la destra, con la mano destra, mani giunte, capo coperto, spalle coperte, a piedi scalzi, scarpe fuori, si tolgono le scarpe, chi è più anziano, il più anziano, più anziano, capo del banjar, capo del villaggio, offerte del mattino, incenso, fumo dell'incenso, purificazione, acqua santa, cremazione, festa del tempio, luna piena, luna nuova, giorno di nyepi, ngembak geni, chiedersi perdono, chiedere perdono, perdono reciproco, visita ai parenti, pasto rituale, obolo, busta con denaro, busta, riso e zucchero, riso zucchero, sarong e fascia, fascia in vita, abito tradizionale, lamentarsi apertamente, tono pacato, voce bassa, senza alzare la voce, alzare la voce, imbarazzo, vergogna, perdere faccia, non dire no, un sì che, sì di cortesia, sorridere, invadenza, non è invadenza, interesse sincero, solidarietà, lavoro comune, suocera, suoceri, famiglia dello sposo, nome proprio seguito, primogenito, secondogenito, karma, reincarnazione
ground 1 faccia, perdere la faccia, gerarchia, rispetto per gli anziani, anziani, armonia, consenso, aiuto reciproco, comunità, cerimonia, cerimonie, offerta, offerte, tempio, templi, giorno del silenzio, digiuno, tredicesima, ritorno a casa, famiglia allargata, no indiretto, in modo indiretto, rapporto personale, relazioni, fiducia, giorno propizio, consiglio del villaggio, legge consuetudinaria, mano sinistra, mano destra, due mani, chiacchiere, regalo, pudore, antenati, calendario balinese

# ==== does an answer say anything? =====================================================================================

[sense]
# Things, times and steps: an answer that helps is full of them.
concrete 1 oggi, stasera, stamattina, domani, domattina, dopodomani, ieri, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre, mezzogiorno, ora, ore, minuti, giorno, giorni, settiman{a,e}, mese, mesi, anno, anni, due, tre, quattro, cinque, sei, sette, otto, nove, dieci, venti, cento, mille, mila, milion{e,i}, miliard{o,i}, per cento, lavorativi
concrete 1 mandi, manda, mandami, invii, invia, foto, scansione, numero, indirizzo, ufficio, sportello, lettera, pagina, pagine, modulo, firma, firmare, firmat{o,a}, bollo, timbro, paghi, paga, pagare, bonifico, conto, ricevuta, fattura, tariffa, costo, costa, prezzo, gratis, multa, elenco, registrare, registr{i,a}, domanda, presentare, denuncia, rilascio, rilasciat{o,a}, validità, requisit{o,i}, document{o,i}, carte, copia, originale, link, sito, portale, telefono, chiami, chiama, ritirare, ritiri, porti, porta, consegna, consegnare, controlli, controlla, compil{i,a,o}, scarichi, carichi, scelga, scegli, cambi, cambiare, annullare, rinviare, appuntamento, fila, impiegato, proprietario, venditore, affitto, casa, stanza, motorino, auto, terreno, banca, polizia, medico, clinica, scuola, lavoro, stipendio, contratto, clausola, norma, permesso, passo, prima, poi, dopo, entro, al più tardi, almeno, al massimo, basta, bozza, scade, scadenza, rinnovo, proroga
# Words of feasts and poems, of praise for oneself, and proverbs.
hollow 1 amore, tesoro, tesorino, stella, stelle, gioia, anima, anime, cuore, cuori, sole, luna, cielo, luce, arcobaleno, angel{o,i}, principessa, dolcezza, dolcissim{o,a}, carissim{o,a}, bellissim{o,a}, meraviglia, meraviglios{o,a}, splendid{o,a}, incanto, abbraccio, abbraccione, abbracci, abbracciamo, bacio, baci, bacione, carezza, carezze, coccoliamo, adoriamo, universo, eternità, sempre, per sempre, infinit{o,a,e}, sogni, sogno, fiori, fiore, miele, zucchero, tramont{o,i}, preghiera, preghiere, benedizione, benedica, benedett{o,i}, namaste, sorriso, sorrisi, armonia, serenità, felicità, bellezza, gratitudine, empatia, sentire, sentimenti, emozioni, dolore, lacrima, lacrime, vicinanza, umanità, accoglienza, comprensione, percorso, viaggio, passione, eccellenza, eccellenze, valori, missione, umiltà, famiglia, brillante, brillanti, intelligente, raffinat{o,a}, sensibilità, eleganza, solare, unic{o,a}, leggendaria, inarrivabile, orgoglios{o,i}, privilegio, complimenti, coraggio, forza, affetto, tenerezza, premura, mandolino, mamma
hollow 1.5 chi va piano va sano, va sano e va lontano, chi dorme non piglia pesci, non tutto il male viene per nuocere, il mattino ha l'oro in bocca, l'appetito vien mangiando, tra il dire e il fare, c'è di mezzo il mare, meglio un uovo oggi, finché c'è vita c'è speranza, l'abito non fa il monaco, rosso di sera, bel tempo si spera, a ogni santo, chi ben comincia, è a metà dell'opera, l'unione fa la forza, il tempo è galantuomo, la virtù dei forti, patti chiari, amicizia lunga, una mano lava l'altra, chi trova un amico, trova un tesoro, due cuori e una capanna, mille di questi giorni, ride bene chi ride ultimo, can che abbaia, non è tutto oro, tanto va la gatta, chi troppo vuole, meglio tardi che mai, a caval donato, dopo la pioggia, sbagliando s'impara, l'erba del vicino, roma non è stata fatta in un giorno

# ==== end of answers =================================================================================================
