# Indonesian (with Jakarta, Javanese and Balinese words that people mix in): the words by which messages and answers are scored.
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
greeting  3    halo, hallo, hai, hay, hei, hey, helo, hello, hi, hy, hola, haloha, yuhu, oi, oy, woi, p, ping, permisi
greeting  3    punten, salam, salam kenal, assalamualaikum, assalamu'alaikum, assalamualaikum wr wb, asalamualaikum
greeting  3    aslm, ass wr wb, waalaikumsalam, wa'alaikumsalam, om swastiastu, om suastiastu, swastiastu, rahajeng
greeting  3    rahajeng semeng, rahajeng wengi, rahajeng siang, sugeng enjing, sugeng siang, sugeng dalu
greeting  3    sugeng sonten, kulo nuwun, sampurasun, shalom, syalom, namo buddhaya
greeting  3    selamat pagi, selamat siang, selamat sore, selamat malam, selamat petang, selamat datang
greeting  3    selamat berjumpa, met pagi, met siang, met sore, met malam, slmt pagi, slmt siang, slmt sore
greeting  3    slmt malam, selmat pagi, selamt pagi, slamat pagi, pagi, siang, sore, malam, mlm, pgi, pagi pagi, malem
greeting  3    met malem
greeting  3    apa kabar, apa kabarnya, apakabar, pa kabar, apa kbr, gimana kabar, gimana kabarnya, gmn kabar
greeting  3    gmn kabarnya, bagaimana kabar, bagaimana kabarnya, sehat, sehat selalu, gimana hari ini, lagi apa
greeting  3    lagi ngapain, sedang apa, lama tidak jumpa, lama ga ketemu, lama gak ketemu, lama tak jumpa
greeting  3    lama ga ngobrol, senang bertemu, senang berkenalan, salam hangat, apa cerita, apa ceritanya, udah makan
greeting  3    sudah makan, udah sarapan, udah bangun, ada orang, masih online, ada di sana, long time no see
greeting  3    kabar baik, baik baik aja
greeting  2.5  makasih, makasi, makaci, mksh, makasih banyak, terima kasih, terimakasih, trims, trimakasih, tq, thx
greeting  2.5  tengkyu, suksma, matur suksma, matur nuwun, hatur nuhun, nuhun, sama sama, dadah, dah, daah, bye
greeting  2.5  bye bye, babay, sampai jumpa, sampai nanti, sampai besok, sampai ketemu, sampai jumpa lagi
greeting  2.5  selamat tinggal, selamat tidur, selamat istirahat, met bobo, met istirahat, good night, gnite, see you
greeting  2.5  duluan ya, pamit dulu, pamit ya, have a nice day, selamat berakhir pekan, selamat hari senin
greeting  2.5  happy weekend
# address and filler: say nothing about the category, and do not count as a request of their own.
address   1    kak, kakak, kaka, ka, mas, mbak, mba, mbk, pak, bapak, pakde, bu, ibu, bun, bunda, om, tante, bli, mbok
address   1    gek, gus, min, admin, mimin, gan, sis, bro, bang, abang, bos, boss, cuy, guys, teman, team, tim
address   1    zantara, zan, claude, semua, semuanya, semuanyaaa, semuany, saudara, kawan, sob, bestie, beb, say
address   1    sayang, agan, dek, adik, cici, koh, ci, suhu, kakanda, all, gaes, gais, kalian, adminnya, mister, sir
address   1    madam, indonesia
filler    1    ya, yaa, y, iya, iyaa, yah, yuk, dong, donk, deh, sih, kok, kan, lho, loh, nih, tuh, mah, oke, ok, okay
filler    1    okey, okk, sip, siap, baik, mantap, hehe, hehehe, haha, hahaha, wkwk, wkwkwk, hihi, hmm, oh, ooh, wah
filler    1    aduh, eh, nah, lagi, juga, banget, bgt, selalu, banyak, semoga, sukses, lancar, aku, saya, gue, gw
filler    1    kamu, anda, di, sana, dari, untuk, atas, bantuannya, sudah, udah, hari, ini, kabar, pagi, siang, sore
filler    1    malam, baru, nama, kenal, balik, jumpa, mau, say, tanya, bantuan, info, infonya, penjelasannya
filler    1    jawabannya, waktunya, cukup, itu, aja, dulu, ketemu, senang, doain, tetap, semangat, sehat, ada, dan
filler    1    dengan, besok, nanti, datang
# emotional: what the writer feels.
emotional 3    galau, bete, bt banget, capek banget, cape banget, capek hati, capek batin, capek mental, cape hati
emotional 3    lelah banget, lelah hati, lelah mental, sedih, sedihnya, nangis, menangis, pengen nangis, mau nangis
emotional 3    nangis terus, takut, ketakutan, takut banget, takut salah, malu, malu banget, malu bertanya, malu nanya
emotional 3    kangen, rindu, rindu rumah, kangen rumah, homesick, patah hati, putus asa, putus cinta, hancur
emotional 3    hancur hati, hopeless, kesepian, kesepain, sepi banget, sendirian, merasa sendiri, ngerasa sendiri
emotional 3    cemas, gelisah, khawatir, kuatir, kawatir, was was, waswas, panik, panik banget, stres, stress, setres
emotional 3    stress banget, depresi, depresi banget, tertekan, frustrasi, frustasi, kecewa, kecewa banget
emotional 3    sakit hati, marah, marah banget, emosi banget, kesal, kesel, kesel banget, sebel, jengkel, dongkol
emotional 3    gondok, muak, jenuh, bosan hidup, minder, insecure, rendah diri, ga pede, gak pede, nggak pede
emotional 3    tidak percaya diri, menyesal, nyesel, nyesal, merasa bersalah, ngerasa bersalah, rasa bersalah
emotional 3    gagal terus, merasa gagal, ngerasa gagal, bingung banget sama hidup, overthinking, mikir terus
emotional 3    ga bisa tidur, gak bisa tidur, nggak bisa tidur, tidak bisa tidur, susah tidur, insomnia, deg degan
emotional 3    degdegan, dag dig dug, ga kuat, gak kuat, nggak kuat, tidak kuat, udah ga kuat, ga sanggup, gak sanggup
emotional 3    nggak sanggup, tidak sanggup, ingin menyerah, pengen nyerah, mau nyerah, pengen pulang, pingin pulang
emotional 3    ga tahan, gak tahan, nggak tahan, ga betah, gak betah, nggak betah, trauma, terpukul, berduka
emotional 3    kehilangan, ditinggal, dikhianati, ditipu pacar, diselingkuhi, tersinggung, terharu, bahagia
emotional 3    bahagia banget, senang banget, seneng banget, happy banget, bersyukur banget, bangga, bangga banget
emotional 3    lega, lega banget, excited, excited banget, grogi, nervous, gugup, tegang, canggung banget, putus sama
emotional 3    baper, nelangsa, mellow, down banget, ngedown, lagi down, drop banget, burnout, kewalahan, overwhelmed
emotional 3    mumet, puyeng, pusing banget, pusing mikirin, pusing kepala mikirin, ruwet banget, hampa
emotional 3    kosong rasanya, ga berguna, gak berguna, tidak berguna, ga berharga, pengen hilang, pengen ngilang
emotional 3    bunuh diri, mengakhiri hidup, pengen mati, mau mati, ingin mati, menyakiti diri, air mata
emotional 3    hati saya hancur, dada sesak, sesak rasanya, berat banget rasanya, berat rasanya, lelah, capek
emotional 3    capai banget, cape, letih, ngenes, miris, iri banget, cemburu, sungguh berat, hidup berat, tidak tenang
emotional 3    ga tenang, gak tenang, nggak tenang, gemetar, malas hidup, demotivasi, ga semangat, gak semangat
emotional 3    nggak semangat, hilang semangat, kehilangan semangat, kehilangan arah, dimarahin, dimarahi, dibully
emotional 3    dijauhi, diremehkan, dihina, digosipin
emotional 2    curhat, mau curhat, pengen curhat, boleh curhat, cerita dong, dengerin aku, dengerin, butuh teman
emotional 2    butuh temen, butuh temen ngobrol, butuh pelukan, peluk, sendiri di sini, jauh dari keluarga
emotional 2    jauh dari rumah, jauh dari anak, jauh dari ortu, hatiku, hati aku, perasaan, perasaanku, rasanya
emotional 2    merasa, ngerasa, aku merasa, saya merasa, sayang banget, cinta, pacar, mantan, bingung, bingung banget
emotional 2    bingung harus, bimbang, ragu, serba salah, ga tau harus, gak tau harus, nggak tau harus
emotional 2    tidak tahu harus, harus gimana lagi, kenapa hidup, hidupku, hidup aku, berat, senang, seneng, gembira
emotional 2    syukurlah, alhamdulillah, puas banget, semangat lagi, galau banget, beban, beban pikiran, pikiran, tega
emotional 2    ya allah, ya tuhan, hiks, huhu, huaaa, huft, hufft, hadeh, hadeuh, 😭, 😢, 😞, 😔, 😥, 😩, 😫, 💔, 🥺, 😰, 😣, 😖
emotional 2    😓, 😟, 🥹, :(, sedih bgt, bahagianya
emotional 1    anak, 😅, 🙈, 😡, 😤, maaf banget, hati, sakit, kecil hati, ngeri, serem, kaget, syok, shock, kasihan
emotional 1    kasian, nyaman, susah banget, susah hati
# cultural: customs, manners, beliefs, how to behave among people.
cultural  3    adat, adat istiadat, adat bali, budaya, kebudayaan, budaya kerja, budaya indonesia, tradisi
cultural  3    tradisional, upacara, upacara adat, ngaben, nyepi, galungan, kuningan, odalan, melukat, melasti
cultural  3    ogoh ogoh, canang, canang sari, sesajen, banten, penjor, pawukon, tumpek, saraswati, pagerwesi
cultural  3    hari baik, dewasa ayu, hari raya, lebaran, idul fitri, idul adha, idulfitri, ramadan, ramadhan, puasa
cultural  3    bulan puasa, buka puasa, bukber, buka bersama, mudik, halal bihalal, halalbihalal, takbiran, sahur
cultural  3    imlek, waisak, natalan, sungkem, sungkan, segan, ewuh pakewuh, tepa selira, unggah ungguh
cultural  3    gotong royong, musyawarah, mufakat, musyawarah mufakat, rukun, kerukunan, basa basi, silaturahmi
cultural  3    silaturahim, jam karet, tri hita karana, banjar, pecalang, subak, pura, pemangku, pedanda, kasta
cultural  3    kasta bali, hindu, hindu bali, dosa, pamali, tabu, pantangan, mitos, etika, etiket, tata krama, sopan
cultural  3    sopan santun, kesopanan, tidak sopan, ga sopan, gak sopan, nggak sopan, kurang sopan, kurang ajar
cultural  3    lancang, unggah, oleh oleh, bingkisan, hantaran, seserahan, hadiah, kado, angpao, amplop, kondangan
cultural  3    hajatan, selamatan, slametan, syukuran, kenduri, peci, kebaya, udeng, sarung, kamen, selendang, batik
cultural  3    pakaian adat, baju adat, tangan kiri, tangan kanan, pakai tangan, menunjuk, menunjuk dengan
cultural  3    mengusap kepala, memegang kepala, kaki, cium tangan, salim, membungkuk, panggilan, memanggil, manggil
cultural  3    dipanggil, panggil pak, panggil bapak, panggil ibu, panggil mas, panggil bli, manggilnya, sapaan
cultural  3    menyapa, nyapa, hormat, menghormati, menghargai, rasa hormat, unggah-ungguh, asal bapak senang
cultural  3    menjaga muka, kehilangan muka, jaga muka, muka, malu budaya, menolak dengan halus, menolak halus
cultural  3    nolak halus, nolak secara halus, menolak undangan, cara menolak, cara nolak, cara minta maaf
cultural  3    cara meminta maaf, cara menegur, menegur, negur, menagih dengan sopan, nagih dengan sopan
cultural  3    menagih halus, nagih halus, cara nagih, cara menagih, menyinggung, tersinggung ga, tersinggung gak
cultural  3    tersinggung nggak, dianggap kasar, dianggap tidak sopan, dianggap wajar, artinya nanti, orang jawa
cultural  3    orang bali, orang sunda, orang batak, orang minang, orang padang, orang jakarta, orang indonesia
cultural  3    orang lokal, orang italia, orang bule, orang asing suka, kebiasaan, kebiasaan orang, kebiasaan di
cultural  3    makna, filosofi, simbol, ritual, sembahyang, sholat, salat, shalat, jumatan, masjid, agama, keyakinan
cultural  3    kepercayaan, toleransi, mepamit, ngayah, metatah, mepandes, potong gigi, otonan, pernikahan adat
cultural  3    nikah adat, melayat, takziah, ucapan duka, belasungkawa, ucapan lebaran, ucapan nyepi, ucapan galungan
cultural  3    ucapan natal, mertua, calon mertua, besan, orang tua pasangan, tetangga, kepala desa, kelian, klian
cultural  3    kelian banjar, tetua adat, sesepuh, lebih tua, yang lebih tua, orang yang lebih tua, senioritas
cultural  3    hierarki, atasan, hari suci, kartu nama, dua tangan, gamelan, tari, tarian, wayang, keris, krama
cultural  3    bahasa halus, bahasa krama, kromo, bahasa jawa, bahasa bali, bahasa daerah, bahasa gaul, logat
cultural  1.5  budayanya, menurut adat, secara adat, secara budaya, di bali biasanya, biasanya orang, wajar ga
cultural  1.5  wajar gak, wajar nggak, wajar tidak, pantas, pantaskah, etis, layak, boleh ga sih, apakah boleh memakai
cultural  1.5  apakah boleh pakai, tamu, bertamu, diundang, undangan, menghadiri, nikahan, pernikahan, pemakaman
cultural  1.5  makam, desa, kampung, keluarga pasangan, umat, doa, berdoa, suci, sakral, keramat, leluhur, roh, karma
cultural  1.5  telat terus, telat datang, datang terlambat, terlambat, basa-basi dulu, ngobrol dulu, langsung ke inti
cultural  1.5  bule, kesan pertama, tawar menawar, menawar, nawar, tersenyum, senyum
# business: what the company advises on.
business  3    visa, visum, evisa, e visa, vitas, kitas, kitap, itas, itap, voa, visa on arrival, e voa, evoa, b211
business  3    b211a, b211b, b1, c1, c2, c312, d1, d2, d12, d212, e28a, e31, e33, e33g, e23, kitas investor
business  3    kitas kerja, kitas pensiun, kitas lansia, kitas nikah, kitas pasangan, golden visa, second home
business  3    second home visa, visa rumah kedua, visa bisnis, visa turis, visa kunjungan, visa kerja, visa pensiun
business  3    visa investor, digital nomad visa, imigrasi, kantor imigrasi, overstay, exit permit, erp, epo, merp
business  3    izin tinggal, ijin tinggal, izin tinggal terbatas, izin kerja, ijin kerja, rptka, imta, tka, dpkk, stm
business  3    skck, skld, sktt, perpanjang visa, perpanjangan visa, visa run, deportasi, dideportasi, paspor
business  3    biometrik
business  3    pt pma, pma, pmdn, pt, pt lokal, pt perorangan, pt biasa, cv, firma, ud, koperasi, yayasan, badan usaha
business  3    badan hukum, perseroan, perusahaan, bikin pt, buka pt, mendirikan pt, pendirian pt
business  3    pendirian perusahaan, akta, akta pendirian, notaris, ppat, nib, oss, oss rba, kbli, siup, tdp, skdp
business  3    domisili, domisili usaha, virtual office, izin usaha, ijin usaha, izin lokasi, izin operasional
business  3    izin lingkungan, amdal, ukl upl, sppl, pbg, slf, imb, pkkpr, kkpr, izin edar, bpom, pirt
business  3    sertifikat halal, sertifikasi halal, haki, merek, daftar merek, hak merek, hak cipta, legalitas
business  3    legalisir, legalisasi, apostille, izin prinsip, bkpm, lkpm, modal disetor, modal dasar, modal minimum
business  3    modal minimal, investasi, investor, penanaman modal, saham, pemegang saham, direktur, direksi
business  3    komisaris, rups, anggaran dasar, merger, akuisisi, likuidasi, pembubaran, tutup pt, pailit, dni
business  3    daftar negatif, bidang usaha, umkm, ukm, franchise, waralaba, joint venture, jv, mou, kontrak kerja
business  3    pkwt, pkwtt, perjanjian
business  3    pajak, npwp, nik npwp, pkp, pph, pph 21, pph21, pph 23, pph 25, pph 26, pph 29, pph final, pph badan
business  3    ppn, ppnbm, bphtb, pbb, spt, spt tahunan, spt masa, efin, coretax, faktur pajak, efaktur, e faktur, djp
business  3    kpp, lapor pajak, bayar pajak, pajak final, pajak penghasilan, pajak pertambahan nilai, pajak daerah
business  3    pajak hotel, pajak restoran, pb1, pajak properti, tax amnesty, pengampunan pajak, pelaporan
business  3    laporan keuangan, pembukuan, akuntan, akuntansi, audit, auditor, konsultan pajak
business  3    surat keterangan fiskal, skf, skd, dgt, p3b, bea masuk, bea cukai, ekspor, impor, eksportir, importir
business  3    api u, bpjs, bpjs kesehatan, bpjs ketenagakerjaan, bpjstk, thr, umk, umr, ump, gaji, payroll, pesangon
business  3    phk, slip gaji, karyawan, pegawai, rekrut
business  3    properti, tanah, sertifikat, sertipikat, sertifikat tanah, shm, hgb, hgu, hak pakai, hak milik
business  3    hak sewa, hak guna bangunan, leasehold, freehold, sewa tanah, beli tanah, jual tanah, sewa villa
business  3    beli villa, bangun villa, villa, vila, ppjb, ajb, bpn, balik nama, zonasi, zona, rtrw, rdtr, nominee
business  3    pinjam nama, sewa jangka panjang, kontrak sewa, sewa kantor, sewa ruko, ruko, imb villa, izin bangun
business  3    pondok wisata, homestay, airbnb
business  2    sponsor, penjamin, sponsorin, dokumen, syarat, persyaratan, berkas, izin, ijin, perizinan, agen
business  2    agen visa, konsultasi, konsultan, jasa, layanan, usaha, bisnis, buka usaha, buka bisnis, buka cafe
business  2    buka kafe, buka restoran, buka toko, rekening, rekening bank, rekening perusahaan, buka rekening, bank
business  2    modal, biaya pengurusan, biaya jasa, urus, mengurus, ngurus, pengurusan, urusin, perpanjang
business  2    perpanjangan, memperpanjang, diperpanjang, masa berlaku, kadaluarsa, kadaluwarsa, expired, denda
business  2    sanksi, hukum, regulasi, peraturan, aturan pemerintah, undang undang, uu cipta kerja, surat kuasa
business  2    surat sponsor, surat pernyataan, surat keterangan, stempel, materai, meterai, invoice, kwitansi, faktur
business  2    kontrak, kantor, kementerian, kemenkumham, ahu, dukcapil, disnaker, kawin campur, perjanjian pranikah
business  2    pra nikah, prenup, kuasa hukum, pengacara, lawyer, legal, wni, wna, ekspat, ktp, kk, ktp wna, pengusaha
business  2    pendirian, daftar perusahaan, lapor, pendaftaran, refund, pembayaran jasa, dp jasa
business  1    kerja, bekerja, jual, jualan, beli, sewa, restoran, kafe, cafe, toko, proyek, klien, omzet, untung
business  1    rugi, usd, juta, jt, rupiah, miliar, milyar, daftar, mendaftar, status, proses, tahap, dana, transfer
business  1    tagihan, mitra, partner, rekan bisnis
# simple: one fact. complex: several things at once, a plan, a comparison, a risk.
simple    1.5  berapa, brp, brapa, berapa biaya, berapa harga, berapa lama, berapa hari, biaya, biayanya, harga
simple    1.5  harganya, tarif, kapan, jam berapa, jam buka, buka jam, tutup jam, di mana, dimana, alamat
simple    1.5  lokasi kantor, nomor wa, no wa, kontak, syarat, syaratnya, persyaratan, syarat apa, apa syarat
simple    1.5  apa saja, apa aja, dokumen apa, dokumen apa aja, berkas apa, cara daftar, cara perpanjang, cara cek
simple    1.5  cara bayar, caranya, gimana cara, bagaimana cara, apa itu, artinya apa, apa arti, singkatan
simple    1.5  berlaku berapa, masa berlaku, bisa diperpanjang, online, sudah jadi, udah jadi, progres, status
simple    1.5  cek status, minta brosur, price list, pricelist, formulir, form
complex   3    strategi, struktur, struktur kepemilikan, struktur pajak, struktur perusahaan, strukturnya
complex   3    restrukturisasi, perencanaan pajak, optimasi pajak, optimalisasi pajak, efisiensi pajak
complex   3    penghindaran pajak, pajak berganda, p3b, tax treaty, transfer pricing, due diligence, uji tuntas
complex   3    holding, perusahaan induk, induk perusahaan, anak perusahaan, grup perusahaan, merger, akuisisi
complex   3    mengakuisisi, divestasi, exit strategy, skema, skema nominee, nominee, pinjam nama, sengketa, gugatan
complex   3    digugat, tuntutan, pengadilan, arbitrase, wanprestasi, konversi, ubah pma, mengubah pt, ubah status
complex   3    pindah kepemilikan, pengalihan saham, jual saham, akuisisi saham, jual beli saham, dilusi
complex   3    perjanjian pemegang saham, shareholder agreement, vesting, pemisahan aset, perlindungan aset
complex   3    proteksi aset, warisan, hukum waris, trust, bandingkan, perbandingan, dibandingkan, mana yang lebih
complex   3    lebih baik mana, mending mana, bagusan mana, lebih untung mana, lebih menguntungkan, plus minus
complex   3    kelebihan dan kekurangan, untung rugi, pro kontra, risiko, resiko, risikonya, resikonya, implikasi
complex   3    implikasi pajak, konsekuensi, konsekuensinya, dampak pajak, dampak hukum, analisis, analisa, roadmap
complex   3    ekspansi, berekspansi, multi entitas, beberapa entitas, beberapa perusahaan, dua perusahaan
complex   3    tiga perusahaan, dua pt, tiga investor, dua investor, beberapa investor, investor asing dan lokal
complex   3    lintas negara, cross border, permanent establishment, bentuk usaha tetap, dividen, repatriasi, royalti
complex   3    pemeriksaan pajak, diperiksa pajak, sp2dk, skpkb, banding pajak, keberatan pajak, restitusi, amandemen
complex   3    term sheet, valuasi, pendanaan seri, ipo, joint venture, jv, kepatuhan, ko investasi, menyeluruh
complex   3    end to end, dari nol sampai, langkah demi langkah, skenario
complex   1.2  jika, kalau, kalo, apabila, seandainya, misalnya, sekaligus, sementara, sedangkan, selain itu
complex   1.2  di sisi lain, di satu sisi, supaya, agar, tapi, namun, padahal, antara, atau, kombinasi, gabungan
complex   1.2  masing masing, bersamaan, serta, sebaiknya, idealnya, optimal, efisien, aman secara hukum, legal secara
complex   1.2  jangka panjang, tanpa melanggar, saham 51, 49, 51, 60 persen, 40 persen, pemegang saham
complex   1.2  kepemilikan asing, kepemilikan, mitra lokal, pasangan wni, istri wni, suami wni
# general: neither the company's business nor people's customs.
general   3    cuaca, hujan, panas hari ini, resep, masak, masakan, film, drakor, lagu, musik, konser, bola
general   3    sepak bola, skor, pertandingan, wifi, password wifi, internet lemot, macet, taksi, taxi, ojek, gojek
general   3    grab, bandara, pesawat, tiket, feri, ferry, kapal, pantai, surfing, selancar, wisata, tempat wisata
general   3    liburan, jalan jalan, itinerary, hotel, restoran enak, tempat makan, makan di mana, makan dimana, kopi
general   3    warung, nasi goreng, gym, yoga, salon, laundry, dokter, rumah sakit, apotek, obat, kucing, anjing
general   3    olahraga, lelucon, cerita lucu, jokes, joke, pantun, puisi, terjemahkan, translate, terjemahan
general   3    bahasa inggrisnya, ibu kota, ibukota, presiden, berita, berita terbaru, sejarah, matematika, hitung
general   3    berapa hasil, python, java, javascript, coding, kode, laptop, hp, handphone, aplikasi, game, chatgpt
general   3    ai, robot, kamu siapa, siapa kamu, kamu bot, kamu robot, nama kamu, namamu siapa, kamu bisa apa
general   3    bisa bantu apa, hobi, rekomendasi, rekomendasiin, saran film, jam berapa sekarang, hari apa
general   3    tanggal berapa, kurs, planet, bumi, bulan purnama, matahari, gunung, pulau, pulau jawa, jarak
general   3    berapa jauh, sim card, kartu sim, listrik, air galon, motor, sewa motor, sewa mobil, mobil, skuter
general   3    belanja, pasar, mall, diskon, instagram, tiktok, youtube, foto, kuliah, sekolah, pr sekolah, tugas
general   3    skripsi, ujian, ubah nada, rangkum, ringkas, ringkaskan, koreksi, tulis caption, caption
general   1    cara buat, cara bikin, cara membuat, jelaskan, ceritakan, ceritain, kasih tau, kasih ide, ide, contoh
general   1    buatkan, bikinin, bikinkan, tolong buat, enak, bagus, murah, dekat, terdekat, besok, weekend
general   1    akhir pekan, ulang tahun, tebak, lucu, kenapa langit
# follow: a short message that hangs on the one before.
follow    2    lalu, terus, trus, trs, lanjut, lanjutkan, lanjutin, next, selanjutnya, kemudian, abis itu, habis itu
follow    2    setelah itu, setelahnya, kalau itu, kalo itu, yang itu, yang tadi, tadi, yang pertama, yang kedua
follow    2    yg kedua, yang ketiga, maksudnya, maksudnya gimana, maksud kamu, maksudmu, kenapa, kenapa begitu
follow    2    kok bisa, kok gitu, masa, masa sih, serius, beneran, contohnya, misalnya, contoh, jelasin lagi
follow    2    jelaskan lagi, lebih detail, detailnya, detail dong, yang lain, ada lagi, apa lagi, lainnya
follow    2    gimana kalau, gimana kalo, gimana dengan, bagaimana dengan, bagaimana kalau, bagaimana jika, kalau
follow    2    kalo, dan, berarti, jadi, jadi gimana, boleh, bisa, bisa juga, boleh juga, juga, sama, ulangi, ulang
follow    2    intinya, singkatnya, kesimpulannya, biayanya, harganya, berapa lama, syaratnya, caranya, tapi, oh gitu
follow    2    oh begitu, gitu, gitu ya, oke lanjut, ok lanjut, teruskan, terusin, hmm terus, so

# ==== end of messages ================================================================================================


# ==== answers: warmth and cultural fit ===============================================================================


# ==== end of answers =================================================================================================
