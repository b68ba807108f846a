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

# ==== language: small words that give it away =======================================================================

[language]
common   1    yang, dan, di, ke, dari, untuk, dengan, ini, itu, ada, adalah, tidak, tak, bukan, belum, sudah
common   1    udah, akan, sedang, lagi, saya, aku, kamu, kami, kita, anda, dia, mereka, gue, gua, gw, lu, lo, ga
common   1    gak, nggak, ngga, enggak, kok, sih, dong, deh, nih, tuh, yuk, ya, aja, saja, juga, banget, bgt
common   1    bisa, boleh, mau, ingin, harus, jangan, tolong, mohon, coba, apa, apakah, siapa, kapan, dimana
common   1    kenapa, mengapa, bagaimana, gimana, berapa, mana, karena, kalau, kalo, jika, tapi, tetapi, atau
common   1    agar, supaya, seperti, kayak, lebih, sangat, sekali, semua, setiap, para, oleh, pada, dalam, antara
common   1    sampai, hingga, sejak, masih, pernah, selalu, sering, cuma, hanya, hari, jam, besok, kemarin, nanti
common   1    tadi, sekarang, minggu, bulan, tahun, pagi, siang, sore, malam, setel, putar, putarkan, mainkan
common   1    tambahkan, tambah, masukkan, tampilkan, tunjukkan, perlihatkan, cari, carikan, temukan, buat
common   1    buatkan, pasang, hapus, batalkan, ingatkan, pesan, pesankan, beri, berikan, nilai, tunda, matikan
common   1    nyalakan, bunyikan, ubah, simpan, kirim, buka, tutup, lihat, lagu, daftar, pengingat, cuaca, jadwal
common   1    bioskop, judul, buku, bintang, halo, hai, selamat, terima, kasih, makasih, apa kabar, permisi, kak
common   1    pak, bu, bang, mas, mbak, bli, kabar, baik, orang, rumah, makan, minum, pergi, datang, tahu, tau
common   1    ngerti, gitu, gini, begitu, dgn, yg, utk, dr, sm, krn, jd, blm, sdh, udh, tdk, gmn, knp, klo, dpt
common   1    skrg, bgmn, org, sy, km
common   1    hei, heh, salam, met, malem, dadah, biaya, harga, syarat, perusahaan, pajak, izin, budaya, adat, sedih, senang, takut, kangen

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
general   3    belanja, pasar, mall, instagram, tiktok, youtube, foto, kuliah, sekolah, pr sekolah, tugas
general   3    skripsi, ujian, ubah nada, rangkum, ringkas, ringkaskan, koreksi, tulis caption, caption
general   1    cara buat, cara bikin, cara membuat, jelaskan, ceritakan, ceritain, kasih tau, kasih ide, ide, contoh
general   1    buatkan, bikinin, bikinkan, tolong buat, enak, bagus, murah, dekat, terdekat, besok, weekend
general   1    akhir pekan, ulang tahun, tebak, lucu, kenapa langit
# self: the writer speaks of himself. ask: a question or a wish. Together with the other evidence they tell a
# confession from a request.
self      1    aku, saya, gue, gw, gua, ku, diriku, aq, ak, sy, kami, kita, hidupku, hatiku, keluargaku, ibuku, ayahku
self      1    mamaku, suamiku, istriku, pacarku, temanku, anakku, badanku, kepalaku
ask       1    apa, apakah, apaan, berapa, brp, kapan, siapa, dimana, mana, kemana, kenapa, knp, mengapa, gimana, gmn
ask       1    bagaimana, bgmn, bisakah, bolehkah, adakah, tolong, tolongin, mohon, minta, jelasin, jelaskan, kasih
ask       1    bikinin, buatin, buatkan, cariin, carikan, tulis, tulisin, tuliskan, hitung
ask       1    rekomen, rekomendasi, rekomendasiin, saran, sarankan, bantu, bantuin, berikan, sebutin, sebutkan
ask       1    cara, caranya, bedain, bandingin, bandingkan, terjemahin, terjemahkan, ajarin, kirimin
ask       1    ceritain, tunjukkan, tampilkan, nyalakan, boleh ga, bisa ga, bisa gak, boleh gak, ada ga
ask       1    ada gak, ada yang tau, mau tanya, mau nanya, tips, ide, main yuk
# events that move people, told without a word of feeling
emotional 3    ninggalin aku, ninggalin saya, ditinggalin, ga ada gunanya, gak ada gunanya, tidak ada gunanya
emotional 3    ga ada artinya, buat apa hidup, buat apa semua ini, ga dianggap, gak dianggap, tidak dianggap
emotional 3    ga dihargai, ga dihargain, tidak dihargai, gak dihargai, ga nyangka, gak nyangka, ya ampun, nyesek
emotional 3    sesek, campur aduk, almarhum, almarhumah, keguguran, cerai, perceraian, diceraikan, selingkuh, dilamar
emotional 3    lamaran aku, pecah kepala, kepala mau pecah, mau pecah, ga berani cerita, keinget dia, keinget terus
emotional 3    teringat, pusing tujuh keliling, gagal nikah, dipecat, kena phk, kena tipu, habis tabungan
emotional 3    tabungan habis, ga punya siapa siapa, tidak punya siapa siapa, gak punya siapa siapa
emotional 3    ga ada yang peduli, gak ada yang peduli, tidak ada yang peduli, ga ada yang ngerti
emotional 3    tidak ada yang mengerti, ga ada yang ngertiin, disia siakan, dikecewakan, dikecewain, dibohongi
emotional 3    dibohongin, diabaikan, dicuekin, diputusin, mutusin aku, patah semangat, hampir menyerah
emotional 3    ga baik baik aja, tidak baik baik saja, gak baik baik aja, ga apa apa kok, pengen teriak, pengen marah
emotional 3    masih gini gini aja, gini gini aja, gini amat, hidup kayak gini, meninggal, mati semalem, wafat
emotional 3    berpulang, kepergian, kepikiran terus, kepikiran, hari terburuk, hari terbaik, akhirnya lulus
emotional 3    akhirnya bisa, berhasil juga, mimpi buruk, memalukan, malu maluin, dipermalukan, ditertawakan
emotional 3    diketawain, mental aku, mentalku, mental breakdown, healing, kangen banget, rinduu, syedih, sedih bgt
emotional 3    sediih, gasuka hidup, nyaris putus asa, kecewa berat, terpuruk, terluka, disakiti, menderita, merana
emotional 3    gundah, resah, sumpek, suntuk, eneg, ngeluh, mengeluh, keluh kesah, bersalah, menangis terus
emotional 3    jatuh cinta, jatuh hati, naksir, ldr
cultural  3    natap mata, menatap mata, kontak mata, cium pipi, cipika cipiki, kepala anak, menyentuh kepala
cultural  3    pegang kepala, purnama, tilem, disuguhi, suguhan, dihidangkan, orang bali sama jawa, nama bali
cultural  3    nama orang bali, wayan, nyoman, ketut, bunga di, taruh bunga, dupa, kemenyan, kain poleng, poleng
cultural  3    pohon keramat, patung, barong, leak, mistis, santet, dukun, balian, kabar buruk, berita buruk
cultural  3    bilang ga setuju, ga pernah bilang, nanya mau kemana, tanya mau kemana, mau kemana, duduk bersila
cultural  3    bersila, makan pakai tangan, serah terima, nama depan, panggilan hormat, berbisnis, etika bisnis
cultural  3    ke tim lokal, tim lokal, orang asing dianggap, staf lokal, karyawan lokal, anak buah, orang desa
cultural  3    warga desa, warga lokal, penduduk lokal, motret orang, acara adat, acara keluarga, libur odalan
cultural  3    izin upacara
cultural  1    sopir, supir, pembantu, art, asisten rumah, staf, karyawan, rekan, kolega, klien pertama
cultural  1    pertama kali ketemu, mertuaku, keluarga besar, warga, umum gak, umum ga, kebiasaannya, orang sini
cultural  1    disini biasanya, di sini biasanya, orang tua, bos saya, setuju, ngomong langsung, to the point
cultural  1    marah di depan, menegur depan
business  2    suratnya apa, sim internasional, sim a, terjemahan tersumpah, penerjemah tersumpah, akta lahir
business  2    akta kelahiran, akta nikah, buku nikah, surat nikah, vitas keluar, paspor hilang, lapor kemana, kavling
business  2    guesthouse, guest house, atas nama, bagi hasil, kerja sama, kerjasama, investasiin, entitas
business  2    perizinannya, sertipikatnya, operasional, kewarganegaraan, naturalisasi, akta cerai, waris, hak waris
business  2    harta gono gini, gono gini, aset, asetnya, gaji saya, upah, lembur, cuti, kontrak, tender, faktur
business  2    ekspedisi, kirim barang, barang kiriman, surat surat, pengurus, admin pajak, bayar denda, jatuh tempo
business  2    cicilan, kpr, kredit, pinjaman, utang bank, subjek pajak
complex   2    diselamatkan, selamatkan aset, jalur apa, jalur mana, paling aman, paling hemat, hemat pajak
complex   2    masing masing, badan usaha apa, entitas mana, bentuk usaha, bentuk perjanjian, bentuk perjanjiannya
complex   2    bagi hasil, supaya tidak kehilangan, lebih baik ditutup, ditutup atau, dijual atau, dipindah ke
complex   2    pindah ke entitas, urutannya, urutan izin, urutan, tahapannya, tahapan, pajak dua kali
complex   2    kena pajak dua kali, tetap aman, rugi tiga tahun, beda negara, perjanjian kerjasama
complex   2    perjanjian kerja sama, opsi, opsinya, solusi, skemanya, rencana, rencananya
greeting  3    misi, misi kak, permisi min, selamat tahun baru, selamat natal, selamat lebaran, selamat hari raya
greeting  3    selamat idul fitri, mohon maaf lahir batin, selamat galungan, selamat nyepi, salam sejahtera
greeting  3    lagi sibuk, lagi sibuk ga, sibuk ga, ketemu lagi, ketemu lagi kita, tes, test, tes tes
greeting  3    semoga harinya menyenangkan, kbrnya, apa kabs, selamat ulang tahun, cepet banget balesnya, perkenalkan
greeting  3    kenalin, kenalkan, masih bangun, halo lagi, hai lagi, balik lagi
# follow: how a short message hangs on the one before: 2 a word that ties it on, 1 a question left half open.
follow    2    lalu, terus, trus, trs, lanjut, lanjutkan, lanjutin, lanjutannya, next, selanjutnya, kemudian, abis itu
follow    2    habis itu, setelah itu, sesudah itu, setelahnya
follow    2    tadi, yang pertama, yang kedua, yg pertama, yg kedua, yang ketiga, maksudnya, maksudnya gimana
follow    2    maksud kamu, maksudmu, kenapa begitu, kenapa gitu, kok bisa, kok gitu, kok begitu, masa sih, beneran
follow    2    contohnya, misalnya, jelasin lagi, jelaskan lagi, bisa dijelaskan lagi, lebih detail, lebih detil
follow    2    detailnya, detilnya, detail dong, yang lain, yg lain, ada lagi, apa lagi, lainnya
follow    2    gimana klo, gmn kalo, bagaimana jika
follow    2    kalau, kalo, klo, jika, bila, dan, dan kalau, berarti, jadi, jadi gimana, jd, sama, ulangi, ulang
follow    2    intinya, singkatnya, kesimpulannya, tapi, oh gitu, oh begitu, oke lanjut, ok lanjut, teruskan, terusin
follow    2    so, sedangkan, selain itu, untuk, utk, buat, atau, bedanya, alasannya, dengan, soal, tentang, mengenai
follow    2    tolong jelaskan, tambahkan
follow    1    kenapa, mengapa, boleh, bisa, bisa juga, boleh juga, juga, biayanya, harganya, berapa lama, berapa, brp
follow    1    syaratnya, caranya, kapan, dimana, di mana, siapa, apa itu, gimana, bagaimana, gmn
follow    1    gimana caranya, kok, masa, serius, contoh, gitu, apakah, apa, ada, harus, perlu, masih, sudah, emang
follow    1    memang, yakin, mahal, ini
simple    1    diskon, promo, bisa dicicil, dicicil, cicil, fotokopi, langkah berikutnya
follow    2    langkah berikutnya, langkah selanjutnya, terus langkah, langkahnya, ada diskon, ada promo
business  2    jam buka, buka jam berapa, jam kerja kantor, kantor buka, kantornya buka, buka hari sabtu, kantornya
business  2    alamat kantor, alamat kantornya, lokasi kantor, nomor wa kantor, nomor rekening perusahaan
business  2    price list jasa, layanan kalian, jasa kalian, konsultasi gratis
# refer: points back to what was said.
refer     1    itu, tsb, tersebut, begitu, segitu, dia, mereka, yg itu, yang itu, tadi, ini, semuanya, keduanya
refer     1    salah satu, salah satunya, barusan, sebelumnya, di atas, prosesnya, totalnya, hasilnya, bedanya
refer     1    jadinya
emotional 3    orang jahat, jahat banget, jahat sama aku, jahat ke aku, aku bodoh, bodoh ga, tolol, aku jelek
emotional 3    ngelupain mantan, lupain mantan, melupakan dia, melupakan mantan, move on, susah move on, bisa bahagia
emotional 3    merasa kurang, kurang terus, salahku, salah aku, semua salahku, dipermainkan, dibenci, benci aku
emotional 3    kenapa aku selalu, kenapa selalu aku, ga adil, gak adil, hidup ga adil
complex   3    pilih mana, pilih yang mana, mana yang dipilih, mana lebih aman, mana yang aman, lebih aman mana
complex   3    paling aman, mau exit, partner exit, keluar dari perusahaan, partner keluar, mitra keluar
complex   3    lindungi aset, melindungi aset, amankan aset, aset keluarga, bangkrut, kebangkrutan, pajak dua negara
complex   3    dua negara, entitas baru, entitas baru atau, cabang atau, atau cabang, atau kantor perwakilan
complex   3    langkah hukum, langkah hukumnya, jalur hukum, upaya hukum, kena pemeriksaan, kena audit, diaudit
complex   3    pemeriksaan, skema kepemilikan, kepemilikan villa, hemat pajak, hemat, kurangi pajak, mengurangi pajak
complex   3    meminimalkan, minimalisir, perbedaan risiko, beda risiko, hak suara, klausul, tawaran investor
complex   3    nilai perusahaan, dicabut, mitigasi, antisipasi, convertible note, jaminan, agunan, gadai, bank garansi
complex   3    patungan, konsorsium, hibah, audit pajak, penyelesaian, mediasi, perdata, pidana, dialihkan, pengalihan
complex   3    pindah tangan, hak asuh
general   3    kamera, gitar, piano, file, excel, word, printer, komputer, laptopku, komputerku, charger, baterai
general   3    tukang servis, servis, bengkel, roket, planet mars, astronot, dinosaurus, hewan, tanaman, bunga mawar
general   3    buah, sayur, diet, kalori, nge gym, skincare, sunscreen, jerawat, baju, sepatu, potong rambut
general   3    konser apa, lirik, chord, puisi cinta, teka teki, tiket pesawat, kereta, bis, bus, tol, parkir, bensin
general   3    spbu, mabuk laut, kolam renang, mau tanya sesuatu, mau nanya dong, tanya sesuatu, minta tolong
general   3    nanya dong

# ==== end of messages ================================================================================================
# what a message names besides its business: feelings, customs, the law, the rest of the world
emotional 3    gemeteran, deg-degan, mewek, dikhianatin
emotional 2    kalau ditolak, kalo ditolak, kenapa hidupku, nggak ada yang peduli
cultural  2    gusti, ida bagus, cokorda, anak agung, beda kasta, semua orang sini, semua orang nanya
cultural  2    semua orang tanya, orang orang nanya, nanya mau ke mana, tanya mau ke mana, mau ke mana sih
cultural  2    bilang iya tapi, bilang ya tapi, iya iya aja, bilang belum
business  2    pas foto, latar merah, latar biru, latar putih, berlatar, berlatar merah, background merah
business  2    background biru
complex   2    ahli waris, pailit, kepailitan, kreditur, gugat, menggugat, tanggung jawab hukum, minoritas
complex   2    mayoritas, didilusi, pesangon, jalan keluarnya, opsi hukum, opsi hukumnya, telaah, susun rencana
complex   2    ditanggung siapa
general   3    alien, ufo, peribahasa, sinonim, rima, noda, merajut, celsius, jumlah penduduk, penemu
general   3    siapa penemu, olimpiade, piala dunia, bulu tangkis, netflix, aktor, aktris, penyanyi, novel
general   3    zodiak, ramalan bintang, kartu kredit, mastercard, visa atau mastercard, kartu visa, bikin ketawa
general   3    tebak tebakan, tebak-tebakan, catur, kue, ayam goreng, minuman, lemot, jam berapa di
general   1.5  libur, hari libur, tanggal merah
filler    1    maaf ganggu, maaf mengganggu, maaf banget ganggu, maaf ya ganggu, maaf banget mengganggu
filler    1    maaf menganggu, mohon maaf mengganggu, mohon maaf ganggu, maaf ganggu malam malam, sorry ganggu
filler    1    sori ganggu, tiap malam, setiap malam, malam hari, di malam hari
general  2.5  fotosintesis, molekul, atom, elektron, enzim, sel, bakteri, virus, fosil, galaksi, komet, asteroid, gerhana, orbit, gravitasi, fisika, kimia, biologi, geologi, astronomi, aljabar, geometri, persamaan kuadrat, pecahan, bilangan prima, segitiga, tentara, prajurit, perang, kerajaan, kaisar, majapahit, ksatria, kastil, firaun, dinosaurus, paus, hiu, lumba-lumba, lebah, semut, kumbang, jangkrik, kupu-kupu, laba-laba, ular, kadal, cicak, katak, kodok, gajah, singa, harimau, serigala, beruang, pinguin, burung hantu, elang, siput, bekicot, pohon, daun, biji, serbuk sari, kabut, petir, guntur, awan, salju, gurun, gempa, tsunami, pasang surut, samudra, pelangi, novel, bab, tokoh utama, pemeran, aktor, aktris, sinetron, episode, drakor, marvel, harry potter, orkestra, biola, drummer, lirik, bola basket, bulu tangkis, badminton, tenis, olimpiade, piala dunia, kiper, penyerang, gelandang, wasit, sepak bola, pemain bola, liga, catur, bidak, minecraft, roblox, mobile legends, free fire, pokemon, zeus, mitologi, legenda, dongeng, adonan, ragi, menggoreng, ginjal, hati ayam, paru-paru, darah, golongan darah, tulang, otot, vitamin, sakit kepala, bersin, cegukan, menguap, archimedes, newton, einstein, phytagoras, meme, teka-teki silang, sudoku, sulap, origami, pantun, puisi cinta, surat cinta
# twofold: words of business that have another life; among strangers they are believed less
twofold   1    bank, notaris, tempo, jatuh tempo, bunga, cabang, pengadilan, hakim, rumus
twofold   1    perusahaan, proses, kontrak, direktur, direksi, strategi, struktur, agen, saham, lisensi, izin
twofold   1    ijin, properti, modal, harga, biaya, tarif, hukum, dokumen, bandingkan, bandingin, perbandingan
twofold   1    risiko, resiko, sewa, tanah, lahan, zona, deposit, impor, ekspor, mitra, partner, klien, status
twofold   1    aplikasi, daftar, perpanjangan, villa, kantor, investor, bisnis, usaha, skenario, analisis
twofold   1    versus, vs, sengketa, sponsor, perjanjian, keuntungan, merek, paten, surat, pajak, beda
# courtesy: what may stand at either end of a message without making it longer
courtesy  1    ya, yaa, iya, ok, oke, okey, okee, dong, donk, deh, sih, nih, tuh, hmm, hm, eh, oh, wah, waduh
courtesy  1    hehe, haha, wkwk, wkwkwk, lho, loh, mohon, maaf, makasih, ges, nggih
# follow: halves of a sentence whose other half is the message before; what asks about "that" does so too
# (3: points back by itself, whatever else the message names)
follow    3    itu, itu sudah, itu udah, itu termasuk, itu berapa, itu bisa, itu harus, apakah itu, emang itu
follow    3    yang itu, yg itu, yang tadi, yg tadi, kalau itu, kalo itu, gimana dengan, bagaimana dengan
follow    3    gimana kalau, gimana kalo, bagaimana kalau
follow    2    yang mana, yg mana
follow    2    nah, nah terus, nah trus, lantas
follow    2    per orang, per bulan, per tahun, totalnya, total, semuanya
follow    2    dua duanya, keduanya, termasuk, sudah termasuk, udah termasuk, belum termasuk, paling lambat
follow    2    paling cepat, paling cepet, paling murah, minimal, maksimal, yang murah, yg murah, yang paling
follow    2    yg paling, yang murah ada, yang lebih, yg lebih, lebih murah, lebih cepat, lebih cepet
follow    2    lebih singkat, lebih pendek, versi, versi pendek, sampai kapan, sampe kapan, dari kapan
follow    2    sejak kapan, buat apa, untuk apa, sama siapa, ke mana, dari mana, bisa dicicil, boleh dicicil
follow    2    boleh nyicil, langkah pertama, langkah pertamanya, langkah kedua, plus minusnya, kelebihannya
follow    2    kekurangannya, risikonya, resikonya, efeknya, dampaknya, akibatnya, kendalanya, misal, andai
follow    2    andaikan, seandainya, semisal, anggap aja, kalaupun, walaupun, meskipun, kecuali, selain
follow    2    selebihnya, sisanya, gitu aja, segitu aja, cuma itu, hanya itu, itu aja, itu saja, satu lagi
follow    2    sekali lagi, coba lagi, udah nyoba, udah coba, sudah coba, iya tapi, iya sih, iya sih tapi
follow    2    ya tapi, oh ya, oh iya terus, terus kalau, terus kalo, trus kalo, trus kalau, terus gimana
follow    2    trus gimana, gimana tuh, gmn tuh, bayarnya, bayarnya gimana, ngurusnya, urusnya, ambilnya
follow    2    kirimnya, prosesnya
follow    1    lewat, via, pakai, pake, online, di, cuma, hanya, paling, kira kira, kurang lebih, kok cuma
follow    1    emangnya, masak, lama, lama ga, lama gak, lama nggak
# words of two lives: here they are about something else than business, customs or feelings
general   3    huruf kapital, harga emas, harga bitcoin, harga bensin, harga cabai, harga beras, bos mafia
general   3    bos terakhir, hugo boss, lagu sedih, film sedih, cerita sedih, lagu cinta, lagu galau, film horor
general   3    film serem, cerita horor, hp rusak, laptop rusak, motor rusak, kunci hilang, hp hilang
general   3    putri malu, tanaman putri malu, daun salam, game halo, hello kitty, tes kehamilan, tes darah
general   3    api unggun, kembang api, gunung api, kereta api, pemadam api, bahasa java, kode java
general   3    program java, kode warna, kode morse, di game, dalam game, main game, film tentang, lirik lagu
general   3    chord lagu, kunci gitar, episode, musim hujan, pemeran, bintang film, sutradara, struktur sel
general   3    struktur atom, struktur kalimat, strategi catur, strategi main, izin kamera, pajak di monopoli
general   3    monopoli, warna biru, budaya populer, sel darah, kontrak pemain, bursa transfer, transfer pemain
general   3    tanah liat, tanah longsor, lahan parkir, rumah hantu, rumah sakit terdekat
# times of day that greet nobody, plain facts, and feelings and customs told in other words
filler    1    tadi malam, semalam, malam ini, nanti malam, malem ini, nanti malem, besok pagi, besok sore
filler    1    besok malam, tadi pagi, pagi ini, sore ini, siang ini, kemarin malam, kemarin sore, tiap pagi
filler    1    setiap pagi, malam minggu
emotional 3    hati kosong, hatiku kosong, hampa banget, hari ini berat, hari yang berat, berat banget
emotional 3    lagi hancur, hancur banget, ditemenin, pengen ditemenin, tanpa dia, sendirian di rumah
cultural  2    nanya udah makan, tanya sudah makan, balas pemberian
cultural  2    membalas pemberian, tetangga bawa, tertawa kalau, ketawa kalau, ketawa kalo, diem aja kalo
cultural  2    diam saja kalau
business  2    surat kelakuan baik, catatan kepolisian
general   3    seberapa tinggi, seberapa besar, seberapa jauh, setinggi apa, siapa yang menang, siapa yang bikin
general   3    siapa pencipta, siapa pelukis, main catur, main monopoli, lego, kucingku, anjingku, jadwal bola
general   3    beasiswa, tiket konser, kompor, anak kos
# school, science, nature, games, sport, and what is told in books and films
general   3    aljabar, persamaan, pecahan, perkalian, geometri, segitiga, kimia, zat, zat cair, zat padat, molekul
general   3    atom, fisika, biologi, fotosintesis, enzim, bakteri, otot, serangga, kupu-kupu, laba-laba, ular
general   3    cicak, hiu, penyu, gajah, daur ulang, tempat sampah, planet, dinosaurus, kata benda, kata kerja
general   3    novel, dongeng, komik, kartun, anime, manga, harry potter, james bond, batman, superman, netflix
general   3    spotify, playlist, sinetron, drama korea, drakor, gitar, piano, drummer, penyanyi, aktor, aktris
general   3    gim, mobile legends, minecraft, roblox, pokemon, monopoli, ular tangga, kartu remi, dadu, teka-teki
general   3    jersey, liga champions, kiper, striker, bulu tangkis, badminton, basket, voli, charger
# music, dancing, cards, fairy tales, kitchen, garden, house and play
general   3    klarinet, terompet, saksofon, suling, biola, orkestra, paduan suara, lirik, lirik lagu, kunci gitar, karaoke
general   3    tari, tango, salsa, catur jawa, main kartu, kartu uno, domino, gaple, petak umpet, tebak-tebakan, gim papan
general   3    cinderella, putri salju, peter pan, sinterklas, pinokio, hogwarts, naga, penyihir, mantra, sihir, dongeng anak
general   3    tepung, ragi, kue bolu, donat, kulkas, oven, wajan, lebah, sarang lebah, rumput liar, kompos, ayam berkokok
general   3    engsel, berderit, sepeda, tenis, golf, merajut, origami, memancing, mancing, taman bacaan, teleskop, galaksi
general   3    lelucon, adikku, kakakku, bahasa inggris itu, dalam cerita, di lirik, otot, tata bahasa

# ==== answers: warmth and cultural fit ===============================================================================

# How warm an Indonesian answer sounds. The format is explained in id.lex.
# Positive weights warm, negative ones cool. Words that are only particles or address weigh little; what is
# recognised, understood, offered or refused weighs much. Write phrases with the words that make them sure:
# "tidak apa-apa" rather than "apa-apa".
[warmth]

# What you feel or do is all right, and worth something.
validation 0.9 hebat, keren, mantap, luar biasa, selamat, bangga
validation 1.4 wajar, wajar kalau, wajar kok, wajar banget, manusiawi, itu manusiawi, pertanyaan bagus, pertanyaan yang bagus, pertanyaan yang sangat bagus
validation 1.4 keputusan yang tepat, langkah yang tepat, pilihan yang tepat, pilihannya sudah bagus, sudah tepat, sudah benar kok, sudah berusaha, sudah hebat
validation 1.4 bukan salah kamu, bukan salahmu, bukan salah kakak, bukan salah anda, bukan salah bapak, bukan salah ibu, bukan kamu yang salah, bukan ibu yang salah, bukan bapak yang salah, bukan kakak yang salah, bukan anda yang salah, bukan kesalahan anda, bukan kesalahan kakak, bukan kesalahan ibu, bukan kesalahan bapak, kamu tidak salah, kakak tidak salah, kamu nggak salah, kamu gak salah, kakak nggak salah, ibu tidak salah, bapak tidak salah
validation 1.4 tidak ada pertanyaan yang bodoh, nggak ada pertanyaan bodoh, tidak ada pertanyaan bodoh, tidak ada yang bodoh, nggak aneh, tidak aneh, tidak berlebihan, nggak berlebihan, tidak lebay, nggak lebay, boleh sedih, boleh menangis, boleh marah, boleh takut, boleh kecewa, boleh capek, berhak merasa, perasaanmu, perasaan kamu, perasaan kakak, perasaan ibu, perasaan bapak
validation 1.1 bagus sekali, bagus banget, cantik sekali, indah sekali, itu hebat, itu keren, sudah bagus, salut, aku salut, saya salut, bangga sama, ikut bangga, selamat ya, selamat kak, selamat atas, kuat sekali, kamu kuat, sudah sejauh ini, sudah sekuat itu, sudah maju, awal yang baik, awal yang bagus, ide bagus, ide yang bagus, rencana yang bagus, berani sekali, langkah yang berani, langkah besar, dihargai, kami hargai, saya hargai, saya menghargai, kami menghargai, aku menghargai
validation 0.9 memang bikin, memang membingungkan, memang ribet, memang rumit, memang berat, memang tidak mudah, memang nggak mudah, memang gak gampang, memang melelahkan, memang bikin pusing, memang sering, memang terdengar, memang kadang, sering bikin bingung, bikin deg-degan, bikin cemas, bikin pusing, siapa pun pasti, siapapun pasti, semua orang pernah mengalami, banyak yang mengalami, banyak yang bingung, banyak kok yang, saya pun sempat, saya dulu juga, aku dulu juga, saya juga pernah, aku juga pernah, saya juga bingung, kami juga pernah, dulu juga bingung

# The other one's feeling is seen and shared.
empathy 0.6 apa kabar, apa kabarnya, gimana kabar, bagaimana kabar
empathy 1.3 nggak kebayang, tidak terbayang, wajar kalau sedih, wajar kalau takut, wajar kalau marah, ngilu bacanya, sedih bacanya, sedih dengarnya, sedih mendengarnya, ikut ngerasain, aku di sini, saya di sini, kami di sini, ada di sini, selalu ada untuk, cerita kapan saja, makasih udah cerita, makasih sudah cerita, terima kasih sudah bercerita, terima kasih sudah cerita, berani cerita, kamu kuat, kamu hebat, kamu tidak salah, kamu nggak lemah, nggak lemah, tidak lemah, bukan lemah, jangan merasa sendiri, jangan menyalahkan diri, jangan salahkan diri, kamu berhak, kamu layak, pantas dicintai, peluk, dipeluk, pelan-pelan aja, nggak harus kuat, tidak harus kuat, boleh nangis, nangis aja, nangis saja, luapkan, keluarkan saja, bikin lutut lemas, bikin lemas, bikin deg-degan, bikin cemas, bikin kesal, bikin capek, nyebelin, nyesek, berat banget, pasti nggak mudah, pasti tidak mudah, pasti nggak enak, nggak enak rasanya, tidak enak rasanya
empathy 1.4 saya mengerti, aku mengerti, kami mengerti, saya ngerti, aku ngerti, saya paham, aku paham, kami paham, paham banget, paham kok, ngerti banget, ngerti kok, bisa saya bayangkan, bisa kubayangkan, bisa kami bayangkan, bisa dibayangkan, saya bisa membayangkan, aku bisa bayangin, kebayang, terbayang, saya bisa merasakan, aku bisa merasakan, bisa merasakan, ikut merasakan, ikut sedih, ikut prihatin, turut prihatin, turut berduka, turut sedih, turut bersedih, turut berbelasungkawa, ikut berduka, ikut senang, ikut bahagia, turut senang, turut bahagia, ikut deg-degan, ikut lega
empathy 1.4 pasti berat, pasti capek, pasti sedih, pasti bingung, pasti cemas, pasti takut, pasti melelahkan, pasti repot, pasti kecewa, pasti kesal, pasti khawatir, pasti kaget, pasti lelah, pasti stres, pasti pusing, pasti senang, berat rasanya, rasanya berat, sedih rasanya, rasanya pasti, tentu berat, tentu melelahkan, tidak mudah ya, nggak mudah ya, tidak gampang ya, memang capek, capek ya, lelah ya, sedih ya, bingung ya, kesal ya, berat ya, kangen ya, takut ya, khawatir ya, cemas ya, panik ya, repot ya
empathy 1.2 kalau bapak gelisah, kalau ibu cemas, kalau kamu sedih, kalau kakak bingung, kalau kakak khawatir, kalau ibu khawatir, kalau bapak khawatir, kalau kamu takut, saya tahu ini, aku tahu ini, saya tahu rasanya, aku tahu rasanya, tahu rasanya, saya tahu kakak, saya tahu ibu, saya tahu bapak, aku tahu kamu, saya dengar kakak, cerita aja, cerita saja, cerita ya, cerita dulu, ceritakan saja, ceritakan, boleh cerita, mau cerita, curhat aja, curhat saja, curhat sama, aku dengerin, saya dengarkan, saya mendengarkan, aku dengarkan, siap mendengarkan, siap dengerin, senang kamu mau, senang kakak mau, gimana perasaan, bagaimana perasaan
empathy 1.0 peduli sama, peduli dengan, kami peduli, saya peduli, aku peduli, merasa aman, tidur nyenyak, tidurnya nyenyak, biar tenang, supaya tenang, lebih tenang, biar lega, supaya lega, biar aman, supaya aman, biar nyaman, supaya nyaman, lebih nyaman, lebih leluasa, lebih ringan, biar ringan, supaya nggak, biar nggak, biar gak, biar ga, supaya tidak repot, biar tidak repot, biar nggak repot, biar lebih mudah, supaya lebih mudah, biar gampang, biar lebih gampang, biar sekali jalan, nggak mau kakak, nggak mau kamu, nggak mau bapak, nggak mau ibu, tidak mau kakak, tidak ingin kakak, tidak ingin ibu, tidak ingin bapak, kasihan, sayang kalau

# It will be all right; there is no hurry; you are not alone.
reassurance 0.9 tenang, santai, semangat, sedikit lagi, kapan saja, kapan aja, masih keburu, keburu kok, belum telat, belum terlambat, nggak hangus, tidak hangus, masih berlaku, nggak hilang, tidak hilang, bisa diperbaiki, bisa dibetulkan, bukan hal besar, sering terjadi, sering kejadian, biasa kok, itu biasa, nggak usah mikir, tidak usah mikir, nggak usah pusing, tidak usah dipikirkan, nggak usah dipikirin, biar aku yang, biar saya yang, biar kami yang, tinggal datang, tinggal tanda tangan, tinggal duduk, tinggal bawa, tinggal kirim, cukup datang, cukup foto
reassurance 1.3 jangan khawatir, jangan kuatir, jangan cemas, jangan takut, jangan panik, jangan sungkan, jangan ragu, jangan segan, jangan sedih, jangan malu, jangan menyerah, jangan putus asa, jangan minder, jangan buru-buru, jangan terburu-buru, tidak perlu khawatir, nggak perlu khawatir, gak perlu khawatir, ga perlu khawatir, tak perlu khawatir, tidak usah khawatir, nggak usah khawatir, gak usah khawatir, ga usah khawatir, tidak perlu cemas, nggak perlu cemas, tidak usah cemas, tidak perlu panik, nggak perlu panik, gak perlu panik, nggak usah panik, tidak usah panik, tidak perlu takut, nggak perlu takut, tidak usah takut, nggak usah takut, tidak usah sungkan, nggak usah sungkan, gak usah sungkan, tidak perlu sungkan, nggak perlu sungkan, tidak perlu malu, nggak perlu malu, tidak usah malu, gak usah malu, tidak perlu buru-buru, nggak perlu buru-buru, tidak usah buru-buru, nggak usah buru-buru, tidak perlu minta maaf, nggak perlu minta maaf, gak perlu minta maaf, nggak usah minta maaf, tidak usah minta maaf
reassurance 1.3 tidak apa-apa, nggak apa-apa, gak apa-apa, ga apa-apa, enggak apa-apa, gapapa, gak papa, nggak papa, ga papa, gpp, ndak apa-apa, tak apa, tak apa-apa, tidak masalah, nggak masalah, gak masalah, ga masalah, bukan masalah, sama sekali bukan masalah, tidak sendirian, nggak sendirian, gak sendirian, ga sendirian, tidak sendiri, nggak sendiri, tidak akan sendirian, tidak akan meninggalkan, nggak akan ninggalin, nggak akan meninggalkan, tidak keberatan, nggak keberatan, gak keberatan, tidak marah, nggak marah, tidak akan marah, tidak merepotkan, nggak merepotkan, gak merepotkan, ga ngerepotin, nggak ngerepotin, nggak repot, tidak repot, tidak repot kok, tidak ada yang merepotkan, nggak ada yang merepotkan, nggak akan ke mana-mana, tidak akan ke mana-mana, nggak ke mana-mana, bukan akhir dunia, bukan akhir segalanya, tidak serumit, nggak serumit, tidak sesulit, nggak sesulit, tidak seseram, nggak berhenti, tidak berhenti, tidak akan berhenti
reassurance 1.2 tenang saja, tenang aja, tenang ya, tenang dulu, santai saja, santai aja, santai dulu, kalem, pelan-pelan, pelan pelan, pelan-pelan saja, satu per satu, satu-satu, selangkah demi selangkah, semua akan baik-baik saja, akan baik-baik saja, baik-baik saja, pasti bisa, kamu bisa, kita bisa, kamu pasti bisa, pasti beres, pasti betah, pasti ada jalan, pasti ada jalannya, ada jalan, ada jalannya, ada jalan keluarnya, ada solusinya, ada caranya, ada skemanya, cari jalan lain, coba jalan lain, cari jalan keluar, masih bisa, masih bisa dibereskan, masih bisa diurus, masih ada waktu, masih ada kesempatan, masih sempat, masih aman, aman kok, aman saja, bisa kok, bisa dibereskan, gampang kok, gampang kok kak, mudah kok, ada kok, tinggal sedikit lagi, tinggal satu lagi, kurang satu saja, semangat ya, semangat kak, kuat ya, sabar ya, yang sabar, yang kuat, istirahat dulu, istirahat ya, istirahat yang cukup, tarik napas, tarik nafas, kapan pun kamu siap, kapan pun, kapanpun, setiap saat, sewaktu-waktu, kalau sempat, kalau sudah sempat, selagi sempat, sampai kakak sempat, sampai ibu sempat, tidak harus sekarang, nggak harus sekarang, saya tunggu, aku tunggu, kami tunggu, kami tunggu kabarnya, cukup siapkan, cukup kirim, cukup bawa, biar saya, biar kami, biar aku, biar tim kami, serahkan ke kami, serahkan saja, serahkan pada kami, sisanya biar, sisanya kami, sisanya saya

affection 1.1 jangan lupa makan, jangan lupa istirahat, jangan lupa minum, jangan lupa tidur, jangan lupa jaga, jangan lupa bahagia, makan dulu, makan yang, minum dulu, tidur dulu, tidur yang nyenyak, selamat tidur, jangan begadang, jangan capek-capek, jangan dipaksakan, jaga badan, cepat pulih, lekas pulih, lekas membaik, semoga kuat, semoga cepat, semoga dilancarkan, semoga dimudahkan, tetap semangat, aamiin, amin
affection 1.1 sayang, dengan senang hati, senang hati, senang sekali, senang banget, aku senang, saya senang, kami senang, senang bisa, senang mendengar, bahagia, dengan tulus, tulus, peluk, pelukan, peluk jauh, peluk hangat, peluk erat, salam hangat, salam sayang, hangat, rindu kamu, kangen kamu, teman baik, sahabat, keluarga besar, seperti keluarga, sudah seperti saudara, cinta, kasih sayang, kamu berharga, kamu penting, hati-hati di jalan, hati-hati ya, hati-hati, jaga kesehatan, jaga diri, jaga diri ya, sehat selalu, sehat-sehat, sehat ya, lekas sembuh, cepat sembuh, doa terbaik, doaku, doa kami, kami doakan, saya doakan, aku doakan, mendoakan, sampai jumpa, sampai ketemu, senang bertemu, senang berkenalan, salam kenal, selamat datang
affection 1.0 semoga, semoga lancar, semoga cepat, semoga segera, semoga berhasil, semoga membantu, semoga sehat, semoga harimu, semoga harinya, mudah-mudahan, moga, moga-moga, insyaallah, insya allah, astungkara, rahajeng, puji tuhan, alhamdulillah, selamat beristirahat, selamat menikmati, selamat bekerja

gratitude 1.0 terima kasih, terimakasih, terima kasih banyak, terima kasih ya, makasih, makasih ya, makasih banyak, trims, matur suksma, suksma, matur nuwun, hatur nuhun, terima kasih sudah, makasih sudah, makasih udah, terima kasih atas kesabaran, terima kasih atas kepercayaan, terima kasih atas pengertian, berterima kasih, sudah sabar, sudah mau, sudah percaya, sudah menunggu, sudah menghubungi, sudah bertanya, sudah cerita, sudah mengabari

# What is done for you next.
offer 0.9 saya bantu, aku bantu, kami bantu, kita bantu, bisa saya bantu, bisa kami bantu, bisa aku bantu, bisa dibantu, boleh saya bantu, siap bantu, siap membantu, saya siap, aku siap, kami siap, ingin membantu, bersedia membantu, bantu cek, bantu isi, bantu urus, bantuin, dibantu, nanti saya, nanti aku, nanti kami, biar saya yang, saya temani, aku temani, kami temani, temenin, ditemani, saya dampingi, kami dampingi, didampingi, mendampingi, saya antar, saya antarkan, kami antar, saya jemput, kami jemput, saya kawal, kami kawal, saya cek dulu, saya cek, aku cek, kami cek, saya cari, saya carikan, kami carikan, carikan, saya siapkan, kami siapkan, aku siapin, saya kirimkan, saya kirim, aku kirim, kami kirimkan, kirimin, saya kabari, aku kabari, kami kabari, kabari saya, kabari aku, kabari kami, kabarin, kabari saja, kabari ya, bilang saja, bilang aja, bilang ya, hubungi saya, hubungi kami kapan, chat aja, chat saja, wa aja, tanya aja, tanya saja, tanya lagi, tanyakan saja, tanya kapan, boleh banget, boleh sekali, boleh tanya, saya ingatkan, aku ingatkan, kami ingatkan, saya usahakan, kami usahakan, saya jelaskan, aku jelaskan, kami jelaskan, saya hubungi, saya teleponkan, saya pastikan, kami pastikan, saya buatkan, kami buatkan, saya bikinkan, saya catat, saya pantau, kami pantau, saya bantu cek, saya urus, kami urus, aku urus, urusin, biar kami yang, kami uruskan, saya uruskan, saya sarankan, saya rekomendasikan, kami sarankan, saya ikut, saya ikut waktu, tim kami, langsung saya, malam ini juga saya
offer 0.9 kita urus, kita cari, kita carikan, kita cek, kita hitung, kita lihat, kita bahas, kita coba, kita isi, kita bereskan, kita rapikan, kita lanjutkan, kita mulai, kita baca, kita buka, kita kejar, kita geser, kita susun, kita siapkan, kita selesaikan, kita atur, kita jadwalkan, kita bisa, kita buat, kita pelajari, kita obrolkan, kita ngobrol, kita ketemu, kita bertemu, boleh kita, bisa kita, nanti kita, besok kita, yuk, yuk kita, ayo, ayo kita, mari, mari kita, bareng, bareng-bareng, bareng ya, sama-sama, bersama, bersama kami, bersama-sama, berdua
offer 0.9 mau saya, mau aku, mau kami, mau dibantu, perlu saya, perlu bantuan, ada yang bisa saya, ada yang bisa kami, ada yang ingin, apa yang bisa saya bantu, apakah ada, gimana kalau, bagaimana kalau, boleh saya, boleh aku, boleh minta tolong, boleh difoto, boleh dikirim, boleh dicicil, boleh dibantu, boleh kirim, boleh kabari, cocok untuk, enaknya kapan, kapan enaknya, enaknya gimana, gimana menurut, bagaimana menurut, menurut kakak, menurut ibu, menurut bapak, kalau berkenan, kalau boleh, jika berkenan, bila berkenan, apabila berkenan, kalau butuh, kalau perlu, kalau masih, kalau ada yang, jika ada yang, kalau kurang jelas, kalau bingung, alternatifnya, sebagai gantinya, solusinya, pilihan lain, opsi lain

apology 0.8 maaf, maaf ya, maaf kak, mohon maaf, mohon maaf ya, minta maaf, saya minta maaf, kami minta maaf, maafkan, maafkan kami, maaf banget, maaf sekali, itu kekeliruan kami, kekeliruan kami, kesalahan kami, salah kami, keliru kami
request 0.5 tolong, mohon, boleh tolong, minta tolong, tolong ya, silakan, silahkan, mohon bantuannya, mohon kesediaannya, mohon berkenan, berkenan, sudilah, kiranya, bolehkah, bisakah, apakah boleh, apakah berkenan, kalau tidak keberatan, jika tidak keberatan, kalau nggak keberatan
kin 0.5 kak, kakak, mas, mbak, bli, mbok, gek, gus, bu, ibu, pak, bapak, bang, abang, teteh, uda, uni, om, tante, sis, gan, bro, dik, adik, adek, bunda, beb, mba
particle 0.35 ya, yaa, yah, kok, dong, deh, nih, lho, loh, aja, banget, nah, oh iya, siap, oke, tentu, tentu saja, justru, wah, halo, hai, hi, hei, yang penting, gampang

# Pictures speak alike in all three languages.
affection  0.6  ❤️, 🧡, 💛, 💚, 💙, 💜, 🤍, 💖, 💕, 💗, 💞, 💓, 💝, 🤗, 🥰, 😍, 😘, 🫶, 🫂, 🌸, 🌺, 🌷, 🌹, 💐, <3
gratitude  0.5  🙏
validation 0.5  👏, 🙌, 🎉, 🥳, 💪, 👍, 🌟, 🏆, 🎊
empathy    0.5  😢, 😭, 😔, 😞, 🥺, 💔
particle   0.35 😊, 🙂, 😄, 😀, 😃, 😁, 😉, 😇, ☺️, 😅, 🤝, ✨, 👌, :), ;), :D

# ---- what cools ----
cold_sarcasm -1.5 makasih lho, makasih loh, makasih ya udah bikin, terima kasih lho, terima kasih loh, hebat banget ya, pinter ya, pinter banget, rajin ya, rajin banget ya, bagus deh, bagus ya, santai banget ya, sibuk banget ya, ciee, selamat deh, selamat ya sudah, tumben, baru sekarang
cold_sarcasm  -0.8 🙄, 🙃, 😏, 😒
cold_contempt -1.2 pakai otaknya, otaknya, dasar malas, pemalas, dasar payah, kamu lebay, anda lebay, lebay banget, terlalu lebay, dasar cengeng, dasar manja, ya terserah, terserah situ, bukan urusan gue, bodo amat, emang gue pikirin, peduli amat, siapa suruh, suruh siapa, kan udah dibilang, udah dibilang, udah dibilangin, baca dong, dibaca dong, dipake dong, masa sih nggak, masa gitu, masa iya, masa baru, gitu doang, gitu aja kok, kok bisa sih, kok baru, kok nggak, kenapa sih, ngapain sih, ngapain, emangnya situ, brengsek, bangsat, kurang ajar, sialan, bacot, sampah, jijik, muak, benci, najis, munafik, pembohong, penipu
cold_contempt -0.9 🤦, 😤, 😠, 😡, 🤬, 👎, 🖕, 🤡, 💩, 😑
cold_blame -1.2 kan tercetak, kan tertulis, kan sudah ada, kan ada di, tertulis jelas, jelas tertulis, ada di website, ada di email, ada tulisannya, memangnya pernah, memangnya dibaca, lain kali dibaca, lain kali dicek, sudah tahu, sudah tau, udah tau, semestinya, mestinya, sepatutnya, pilihan anda sendiri, pilihan kakak sendiri, pilihan bapak, keputusan anda, anda yang memilih, anda yang tanda tangan, bukan kami yang, di luar tanggung jawab kami, itu keputusan anda
cold_blame -1.5 seharusnya anda, anda seharusnya, harusnya anda, anda harusnya, seharusnya kamu, kamu seharusnya, harusnya kamu, kamu harusnya, seharusnya bapak, seharusnya ibu, seharusnya kakak, seharusnya sudah, harusnya sudah, seharusnya dari, seharusnya diurus, seharusnya dibaca, salah anda, salah anda sendiri, salah sendiri, salahmu sendiri, kesalahan anda, kesalahan anda sendiri, kelalaian anda, kelalaian, akibat kelalaian, akibat anda, karena anda, karena kamu, gara-gara anda, gara-gara kamu, anda ceroboh, ceroboh, lalai, teledor, anda lupa, anda tidak membaca, anda tidak melapor, anda tidak, kamu tidak baca, anda salah, anda yang salah, kamu yang salah, anda keliru, risiko anda, risiko sendiri, itu risiko, tanggung sendiri, tanggung akibatnya, tanggung risikonya, tanggung jawab anda, tanggung jawab pemohon, tanggung jawab pelaku, menjadi tanggung jawab, kewajiban anda, urusan anda, urusan anda sendiri, masalah anda, itu masalah anda, itu masalah kamu, itu urusan anda, itu urusan kamu, urusanmu, masalahmu sendiri, sudah diperingatkan, sudah kami peringatkan, sudah diberi tahu, sudah dibilang, sudah dibilangin, sudah dijelaskan, sudah kami jelaskan, sudah saya jelaskan, sudah tertulis, sudah jelas, sudah sangat jelas, sudah dari dulu, kan sudah, sudah berkali-kali, berkali-kali, berulang kali, dari kemarin, dari bulan lalu, kenapa baru, kenapa tidak, kenapa nggak, kenapa gak, mengapa tidak, mengapa baru, baru sekarang, baru lapor sekarang, terlambat anda, pembayaran anda terlambat, anda terlambat, anda telat, kedua kalinya, ketiga kalinya, lain kali, makanya, makanya baca, makanya jangan
cold_contempt -1.6 masa begitu, masa begitu saja, masa gitu aja, masa tidak, masa nggak, masa tidak bisa, masa foto, begitu saja tidak, gitu aja nggak, gitu aja gak, saja tidak bisa, saja tidak becus, tidak becus, nggak becus, bodoh, goblok, tolol, bego, dungu, pakai otak, pakai logika, norak, kampungan, memalukan, konyol, apa susahnya, susahnya apa, apa sulitnya, apa gunanya, tidak ada gunanya, nggak ada gunanya, sia-sia, tidak penting, nggak penting, tidak berguna, tidak mampu, tidak sanggup, kalau tidak sanggup, kalau tidak punya, kalau tidak mampu, kalau keberatan, kalau tidak suka, kalau tidak mau, terserah anda, terserah kamu, jangan lebay, jangan manja, jangan cengeng, dibesar-besarkan, tidak perlu dibesar-besarkan, berbelit-belit, jangan berbelit-belit, setengah-setengah, semua orang juga, orang lain juga, orang yang lebih mampu, yang lebih mampu, bukan tempat curhat, tempat menangis, bukan tempat
cold_dismissal -1.5 bukan urusan kami, bukan urusan saya, bukan urusan kita, itu bukan urusan, bukan tugas kami, bukan tugas saya, bukan tanggung jawab kami, bukan tanggung jawab saya, bukan kewajiban kami, bukan kewajiban saya, bukan wewenang kami, bukan wewenang saya, bukan kewenangan, di luar kewenangan, di luar wewenang, di luar tanggung jawab, bukan bagian kami, bukan bagian saya, bukan masalah kami, bukan masalah saya, bukan salah kami, bukan salah saya, bukan kesalahan kami, bukan jam kami, tidak peduli, nggak peduli, gak peduli, ga peduli, tidak mau tahu, nggak mau tahu, gak mau tau, tidak ada urusan, tidak punya waktu, nggak punya waktu, gak ada waktu, tidak ada waktu, buang waktu, buang-buang waktu, membuang waktu, hanya membuang waktu, menyusahkan, merepotkan kami, mengganggu, jangan tanya, jangan tanya lagi, jangan bertanya, jangan bertanya lagi, jangan ditanyakan, jangan hubungi, jangan menghubungi, jangan telepon, jangan mengeluh, jangan menyalahkan, jangan salahkan, jangan bilang, jangan banyak, jangan banyak tanya, jangan banyak alasan, jangan jadikan, jangan harap, jangan berharap, jangan minta, jangan setengah-setengah, jangan mendirikan, tidak usah menelepon, tidak usah telepon, tidak usah bertanya, tidak usah tanya, nggak usah tanya, gak usah nanya, tidak usah berlebihan, tidak usah mengeluh, tidak perlu bertanya, tidak perlu berlebihan, tidak perlu menghubungi, tidak akan kami tanggapi, tidak kami tanggapi, tidak ditanggapi, tidak akan ditanggapi, tidak akan membuat, tidak akan mengubah, mengeluh, cari sendiri, cari jasa lain, cari tempat lain, urus sendiri, isi sendiri, cek sendiri, baca sendiri, baca saja, catat sendiri, hitung sendiri, atur ulang sendiri, lihat sendiri, tanya sendiri, tanggung, pikir sendiri, mencari sendiri, sendiri saja, tunggu saja, tunggu saja kabar, tunggu giliran, sabar saja, terima saja, ikuti saja, ikuti aturan, tidak bisa dibantu, tidak ada yang bisa kami, tidak ada yang bisa saya, tidak ada yang bisa dilakukan, tidak bisa berbuat, kalau sempat dikirim, dikirim kalau sempat, cukup sekian, saja tidak cukup, tetap gagal
cold_refusal -1.1 ditolak, kami tolak, permohonan ditolak, akan ditolak, pasti ditolak, pasti dikembalikan, permohonan dikembalikan, berkas dikembalikan, dibatalkan, dianggap batal, dianggap gugur, hangus, tidak diterima, tidak dilayani, tidak melayani, kami tidak melayani, tidak diproses, tidak dapat diproses, tidak akan diproses, tidak bisa diproses, tidak dapat kami, tidak dapat dipertimbangkan, tidak dapat kami pertimbangkan, tidak memenuhi, tidak memenuhi syarat, tidak layak, tidak sah, tidak berlaku, tidak diizinkan, tidak diperkenankan, tidak diperbolehkan, dilarang, tidak bisa, tidak boleh, nggak bisa, gak bisa, ga bisa, tidak mungkin, nggak mungkin, tidak tersedia, mustahil, keputusan final, bersifat final, keputusan ini, tidak ada pengecualian, tanpa pengecualian, tanpa kecuali, tanpa terkecuali, dengan alasan apa pun, alasan apa pun, tidak dapat diganggu gugat, sekian, sekian dan terima kasih, demikian disampaikan, atas perhatiannya, sudah terlambat, sudah ditutup, ditutup, tidak lengkap, dokumen tidak lengkap, berkas tidak lengkap, syarat tidak lengkap
cold_order -0.7 cepat kirim, cepat bayar, harus anda, anda harus, harus segera, wajib anda, sekarang juga, jangan sampai lupa, jangan tanya, antre saja, antre lagi, silakan antre
cold_order -0.9 cepatan, buruan, diwajibkan, dulu baru, lengkapi dulu, baca dulu, baca dulu syaratnya, baca baik-baik, baik-baik dibaca, tolong disimak, disimak, perhatikan, perbaiki segera, ulangi, ulang dari awal, mengulang dari awal, daftar ulang, ajukan kembali, ambil nomor, datang lagi, kembali besok, tepat waktu, sebelum terlambat
cold_bureaucratic -0.6 yang bersangkutan, pemohon, permohonan, sesuai ketentuan, ketentuan yang berlaku, sesuai prosedur, sesuai peraturan, sesuai aturan, peraturan yang berlaku, menurut ketentuan, berdasarkan ketentuan, sebagaimana tercantum, tercantum, terlampir, dipersilakan, dimohon, diharapkan, diharuskan, diminta untuk, harus diserahkan, harus dilengkapi, wajib dilunasi, wajib dilaporkan, wajib diisi, wajib dibayar, dikenai, dikenakan, dikenai biaya, biaya tambahan, denda, sanksi, pelanggaran, akan dikenakan, paling lambat, selambat-lambatnya, apabila, bilamana, adapun, dengan ini, dengan hormat, kami sampaikan, bahwa, guna, demi ketertiban, ketertiban, pihak, pihak anda, dari pihak, kepada petugas, petugas, antrean, sesuai antrean
cold_threat -1.3 ditahan, akan ditutup, akan ditindak, dideportasi, tanggung sanksinya, atau tanggung, atau batal, berarti denda, kalau tidak maka, pasti gagal, akan dikenai, akibatnya
cold_sarcasm -1.6 hebat sekali ya, pintar sekali ya, pinter banget ya, bagus sekali ya, hebat ya, pintar ya, rajin sekali ya, wah hebat sekali, oh sibuk, sibuk ya, selamat anda, selamat anda baru, orang terakhir, mungkin lain kali, mau belajar, belajar baca, belajar membaca, tentu saja waktu anda, lebih berharga daripada, kapan-kapan, semoga beruntung, selamat mencoba sendiri, kerja samanya lho, yang terhormat, sangat kami hargai walau, hidup memang tidak, sayang sekali, sungguh mengejutkan, luar biasa sekali ya, siapa sangka, seperti biasa, lagi-lagi, untung saja, sudah kuduga, sudah saya duga, mana mungkin, memangnya, emangnya, memang siapa
# what was written and not read, what others manage, lessons for the future, sneers, and doors that close
cold_blame -1.2 sudah tertulis, kan sudah tertulis, jelas tertulis, sudah dijelaskan, kan sudah dijelaskan, sudah dibilang, kan sudah dibilang, udah dibilang, sudah disampaikan, ada di brosur, ada di halaman depan, ada di email, di email kemarin, tinggal dibaca, coba dibaca, baca dulu, dibaca dulu, sebelum bertanya, sebelum tanya, lain kali, lain kali tolong, lain kali mohon, ke depannya mohon, ke depan mohon, seharusnya dari awal, mestinya dari awal, harusnya dari awal, kenapa baru, kok baru, baru sekarang, tanggung sendiri, risiko sendiri, salah sendiri, urusan sendiri, urusan bapak, urusan ibu, urusan kakak, urusan anda, dari pihak anda, tidak sulit, nggak susah, masa begitu saja
cold_contempt -1.2 yang lain bisa, orang lain bisa, klien lain bisa, semua orang juga, orang seperti, namanya juga, kata siapa, siapa yang bilang, rupanya, ternyata belum dibaca, katanya, kalau memang serius, kalau serius, kalau niat, selamat mencoba
cold_dismissal -1.1 itu saja, cukup itu, tidak ada lagi, selebihnya, terserah, terserah bapak, terserah ibu, silakan saja, ya sudah, mau bagaimana lagi, memang begitu, memang aturannya begitu, aturannya begitu, dari sananya, tidak dijamin, tidak ada jaminan, tidak ada pengecualian, sama untuk semua, berlaku untuk semua, tidak bisa diganggu gugat



# ---- cultural fit ----
[culture]
# The register of an answer; mixing registers costs, meeting the user's pays.
register_formal 1 anda, bapak ibu, bapak/ibu, bapak dan ibu, saudara, beliau, bapak, ibu
register_formal 0.6 kami sampaikan, kiranya, apabila, berkenan, perkenankan, memerlukan, menyampaikan, kepada bapak, kepada ibu, dipergunakan, dimaksud, tersebut, demikian, sehubungan, mengenai hal, terlampir, dapat diambil, daring, surel
register_formal 0.5 saya, kami mohon, dengan hormat, hendaknya, sebaiknya, tidak, sudah, silakan, mohon
register_casual 1 aku, kamu, kau, akuin, nggak, enggak, ngga, kayak, gimana, gitu, banget, udah, dapet, bikin, nih, deh, dong
register_casual 0.8 siapin, kirimin, kabarin, bilangin, bantuin, cariin, ngurus, ngurusin, nyiapin, ngirim, ngecek, dicek, dibikin, dipake, pake, ngasih, kasih tau, gampang, gede, gini, emang, sama aku, nyantai, ntar, tau, tauk, ngerti, doang, sekalian aja, gapapa, gpp, nggak apa-apa, ga papa
register_casual 0.6 aja, cuma, kalo, kakak, kak, bareng, makasih, ngobrol, pengen, yuk, nanya
register_slang 1.2 gue, gua, gw, lo, lu, elo, elu, loe, bro, bray, coy, cuy, anjir, anjay, njir, wkwk, wkwkwk, santuy, sans, gaskeun, gas, mager, bokap, nyokap, cuan, gokil, bestie
address 1 kak, kakak, pak, bapak, bu, ibu, mas, mbak, bli, mbok, gek, gus, bang, abang, teteh, tante, om, bunda, uda, uni, jero, ibu sekeluarga, bapak sekeluarga

# The no that lets the other keep face; and the one that does not.
face_soft 1 belum bisa, belum dapat, belum memungkinkan, belum memenuhi, belum sesuai, belum lengkap, belum tersedia, belum ada, agak sulit, agak berat, agak susah, cukup sulit, sedikit sulit, mungkin kurang, kurang pas, kurang cocok, kurang sesuai, kurang tepat, sepertinya, sepertinya belum, tampaknya, kelihatannya, barangkali, mungkin nanti, lain waktu, lain kesempatan, nanti kita, kita lihat nanti, kita pikirkan, mohon pengertian, mohon maklum, mohon dimaklumi, mohon izin, izin bertanya, kalau boleh tahu, kalau boleh, boleh kami sarankan, saran kami, saran saya, mungkin bisa, mungkin lebih baik, mungkin ada baiknya, ada baiknya, alangkah baiknya, akan lebih baik, akan lebih nyaman, alternatif, alternatif lain, sebagai alternatif, pilihan lain, jalan tengah, cari jalan tengah, secara halus, dengan halus, dengan sopan, dengan santun, dengan hormat dan, secara pribadi, empat mata, bicara berdua, tidak di depan orang lain, bukan di depan orang lain, bukan di depan umum, pelan-pelan, basa-basi dulu, tanya kabar dulu, tanya kabar, tanyakan kabar, menjaga perasaan, jaga perasaan, menjaga muka, jaga nama baik, menjaga nama baik, menyelamatkan muka, lewat orang ketiga, melalui perantara, minta restu, mohon restu, pamit dulu, permisi dulu, izin dulu, minta izin dulu, dirembukkan, dibicarakan baik-baik, bicarakan baik-baik, baik-baik, sayangnya, mohon maaf sebelumnya, maaf sebelumnya
face_blunt 1.4 tidak bisa, nggak bisa, gak bisa, ga bisa, tidak boleh, tidak mau, tidak mungkin, pokoknya, pokoknya tidak, pokoknya harus, itu salah, anda salah, kamu salah, anda keliru, jelas salah, salah besar, langsung saja, langsung tolak, tolak saja, tolak langsung, bilang saja tidak, katakan tidak, katakan saja tidak, katakan langsung, bilang langsung, tegur langsung, tegur saja, tegur dia di depan, di depan semua orang, di depan umum, di depan rekan, di depan timnya, marahi, marahi saja, bentak, paksa, paksa saja, tuntut, tagih terus, tagih saja, desak, ancam, laporkan saja, abaikan saja, abaikan, tidak perlu basa-basi, tidak usah basa-basi, tanpa basa-basi, langsung ke intinya, to the point, buang waktu, tidak penting, aneh, kuno, takhayul, ketinggalan zaman, kampungan, tidak masuk akal, pemalas, orang sini malas, salahkan, permalukan, tidak ada gunanya, jangan tanya

# What hurts tact, whatever is asked: people made typical of where they come from, prying, remarks on looks and age, shame before others.
tactless 1.2 orang jakarta biasanya, orang jawa memang, orang batak memang, orang padang memang, orang sunda memang, orang bali memang, orang madura memang, orang cina memang, orang tionghoa memang, orang bule memang, bule memang, bule biasanya, bule pasti, orang bule biasanya, orang kota memang, orang kampung, namanya juga perempuan, namanya juga bule, namanya juga orang, namanya juga sudah tua, namanya juga sudah sepuh, ibu-ibu memang, emak-emak, perempuan memang, laki-laki memang, anak muda sekarang, zaman now
tactless 1.2 kapan nikah, kapan menikah, belum menikah, kok belum menikah, sudah punya anak, kapan punya anak, kenapa batal, kenapa cerai, siapa yang mutusin, gajinya berapa, jodoh tidak ke mana, saya kenalkan, perawan tua, gendut, kurus banget, pikun, sudah tua, maklum sudah tua, maklum usia, orang cacat, pindah agama
tactless 1.2 diumumkan, kami umumkan, dipajang, supaya malu, biar kapok, buat pelajaran, bikin malu, semua orang tahu
# Private life, by its part: 0.1 husband or wife, 0.2 children and parents, 0.3 faith, 0.4 age and body. A reply that asks for a
# part that the user told nothing of pries.
private 0.1 ayahnya, bapaknya, suami, istri, suaminya, istrinya, pacar, jodoh, nikah, menikah, kawin, jomblo, janda, duda, cerai, bercerai
private 0.2 anaknya, punya anak, anak berapa, anak kami, anak saya, momongan, hamil, mengandung
private 0.3 agama, beragama, iman, kepercayaan, sembahyang, salat, shalat, mualaf, gereja, masjid, pura
private 0.4 umur, usia, umurnya, usianya, umur berapa, berat badan, kurus, gemuk, sakit apa, penyakit
# A people, and what makes it typical in the same sentence, where nobody asked about customs.
people 1.2 orang jawa, orang bali, orang batak, orang papua, orang padang, orang minang, orang sunda, orang madura, orang betawi, orang medan, orang ambon, orang flores, orang bugis, orang makassar, orang aceh, orang dayak, orang lombok, orang sasak, orang timor, orang jakarta, orang surabaya, orang cina, orang tionghoa, orang arab, orang india, orang rusia, orang jerman, orang italia, orang prancis, orang belanda, orang inggris, orang australia, orang amerika, orang jepang, orang korea, orang afrika, orang barat, orang bule, bule, orang kota, orang desa, orang kampung, anak muda, anak zaman sekarang, ibu-ibu, bapak-bapak
typify 1 biasanya, memang, pasti, selalu, umumnya, suka, namanya juga, maunya, terkenal, dasarnya, wajar saja
# Who mourns, and what they are spared then: money, haste, joy.
grief 1 meninggal, meninggal dunia, wafat, almarhum, almarhumah, berpulang, tutup usia, gugur, dimakamkan, pemakaman, dikubur, kremasi, ngaben, pelebon, duka, dukacita, berkabung, melayat, tahlilan, tujuh harian, empat puluh harian, jenazah, keguguran, stroke, koma, icu, kanker
press 1.2 transfer, ditransfer, lunasi, pelunasan, jatuh tempo, paling lambat, secepatnya, segera dipastikan, segera dibayar, segera melunasi, sebelum jam, hari ini juga, tagihan, tunggakan, sisa tagihan, denda, deposit, meriah, semoga sukses, sukses, ramai, menonton, difoto, ucapan selamat, selamat ya, selamat atas, selamat menempuh, pesta

# What grounds an answer to a cultural message; worth nothing elsewhere.
ground 1 malu, rasa malu, muka, menjaga muka, jaga muka, kehilangan muka, gotong royong, gotong-royong, musyawarah, mufakat, sungkan, segan, rukun, kerukunan, guyub, basa-basi, silaturahmi, silaturahim, jam karet, sopan santun, tata krama, unggah-ungguh, andhap asor, tepa selira, tepo seliro, ewuh pakewuh, pakewuh, asal bapak senang, gengsi, harga diri, nama baik, tri hita karana, parahyangan, pawongan, palemahan, tri kaya parisudha, tat twam asi, karma phala, nyepi, ogoh-ogoh, melasti, tawur, pecalang, catur brata, galungan, kuningan, penjor, odalan, piodalan, saraswati, pagerwesi, tumpek, purnama, tilem, canang, canang sari, banten, sesajen, sesaji, mebanten, ngayah, ngaben, melukat, melaspas, mecaru, metatah, mepandes, subak, banjar, kelian, kelihan, bendesa, pemangku, pedanda, sulinggih, pura, sanggah, merajan, desa adat, adat, awig-awig, krama, kasta, kamen, udeng, selendang, kebaya, batik, sarung, dewasa ayu, hari baik, kalender bali, pawukon, wuku, lebaran, idul fitri, idul adha, ramadan, ramadhan, puasa, buka puasa, bukber, sahur, takbiran, halal bihalal, ketupat, thr, mudik, zakat, maulid, imlek, angpao, natal, waisak, selamatan, slametan, kenduri, tumpeng, sungkem, tujuh bulanan, mitoni, aqiqah, arisan, oleh-oleh, buah tangan, tangan kanan, tangan kiri, kedua tangan, dua tangan, kartu nama, hormat kepada, yang lebih tua, orang tua, sesepuh, kekeluargaan, kebersamaan, restu, doa restu, permisi, nyuwun sewu, matur suksma, om swastiastu, rahajeng, warung, nasi, keluarga besar, tetangga, pak rt, rt rw, nama panggilan, krama inggil, halus, ngoko, sor singgih, panggilan bapak

ground 1 ngembak geni, ngembak, sima krama, dharma santi, umanis galungan, manis galungan, penampahan, sugihan, kulkul, kentongan, kliwon, kajeng kliwon, buda cemeng, otonan, tumpek landep, tumpek wariga, siwaratri, ngerupuk, pengerupukan, amati geni, cuntaka, sebel, nganten, mesangih, nelubulanin, tigang sasih, pawiwahan, pelebon, mamukur, nyekah, dumogi amor, amor ring acintya, ngejot, nyama braya, menyama braya, suka duka, ngopin, mapitulung, mebat, megibung, lawar, babi guling, tabuh rah, tajen, pararem, paruman, sangkep, prajuru, bale banjar, bale, angkul-angkul, aling-aling, tugu karang, palinggih, padmasana, pretima, ida bhatara, sembahyang, tirta, bija, tridatu, gelang tridatu, dupa, kwangen, canang di trotoar, tahlilan, tahlil, yasinan, selametan, syukuran, walimatul ursy, walimah, akad, akad nikah, seserahan, lamaran, siraman, midodareni, temu manten, nyadran, ruwahan, nyekar, ziarah, sowan, sungkeman, nyumbang, amplop, uang amplop, sembako, urunan, iuran, rewang, kerja bakti, ronda, siskamling, jimpitan, rukun tetangga, iuran pendatang, lapor rt, pendatang, ketua rt, sambang, menengok, menjenguk, bawa buah, takziah, melayat, kain putih, baju hitam, baju putih, kain dan selendang, baju adat, pakaian adat, madya, lepas alas kaki, lepas sandal, buka sepatu, menunjuk dengan jempol, jempol, membungkuk, tidak menyentuh kepala, menyilangkan kaki, telapak kaki, menolak makanan, mencicipi, seteguk, basa krama, matur nuwun, matur sembah nuwun, suksma, swastiastu, monggo, nggih, inggih, tabik, tabik pakulun, dianggap sopan, kurang sopan, lebih sopan, dianggap, sudah dihargai, tanda hormat, menghormati, bentuk hormat, sebagai tanda, supaya tidak tersinggung, tersinggung, menyinggung, pamali, tabu, dianggap tabu, lumrah, lazim, adatnya, tradisinya, menurut adat

# Signs of the place. Greetings of one number answer each other: 0.1 hello, 0.2 morning, 0.3 noon, 0.4 afternoon
# 0.5 evening, 0.6 and above those of a faith.
locale_local 1 rp, rupiah, juta rupiah, ribu rupiah, wib, wita, wit, juta, ribu, ktp, npwp, bpjs, kelurahan, tanggal merah, hari kerja
locale_local 0.8 waktu setempat, waktu bali, waktu sana, waktu milano, waktu roma, waktu sydney, waktu perth, waktu london, waktu jakarta, waktu anda, kelurahan, kecamatan, rt, rw, materai, meterai, libur nasional, cuti bersama
locale_foreign 1 dolar, dollar, usd, us dollar, euro, gmt, utc, est, pst, cet, pound, dollar amerika, dolar amerika
locale_greeting 0.1 halo, hai, hei, hallo, helo, hi, salam, permisi, salam kenal
locale_greeting 0.2 pagi, selamat pagi, met pagi, rahajeng semeng
locale_greeting 0.3 siang, selamat siang, met siang
locale_greeting 0.4 sore, selamat sore, met sore
locale_greeting 0.5 malam, selamat malam, met malam, malem
ground 1 sekala, niskala, rwa bhineda, om shanti, karma, dharma, rangda, barong, ramayana, mahabharata, kecak, legong, taksu, dewi sri, gamelan, keris, pulau dewata, dewata
locale_foreign 1 pm, am, monday, tuesday, wednesday, thursday, friday, saturday, sunday, january, february, march, june, july, october, december
# title: what people are called by, and whose it is: 0.1 a man, 0.2 a woman, 0.3 doctor, 0.4 professor, 0.5 lawyer, 0.6 clergy,
# 0.7 engineer; 0.9 pet names; 1 more for what one calls the young. feast: whose it is: 0.1 Christians, 0.2 Muslims, 0.3 Hindus, 0.4 Chinese, 0.5 Buddhists, 0.6 Jews.
title 0.1 pak, bapak, bli, bang, abang, om, tuan, kang, aa, koko, ko
title 1.0 kak, kakak, gan, dik, adik, sis
title 1.1 mas
title 0.2 bu, ibu, bunda, teteh, tante, nyonya, gek, jegeg
title 1.2 mbak, mba, nona, neng
title 0.3 dokter, dr, drg
title 0.4 profesor, prof
title 0.5 pengacara, advokat
title 0.6 suster, sister, rev, reverend, biksu, uskup, ratu peranda, bu nyai, tuan guru, romo, pastor, pendeta, ustadz, ustaz, ustadzah, kiai, kyai, haji, ida pedanda, jero mangku, pater, bhante
title 0.9 sayang, sayangku, sayangnya aku, say, beb, beib, bestie, cintaku, manisku, cantik, ganteng, ganteng banget
title 0.7 insinyur, jenderal, kolonel
feast 0.1 kebaktian, pendeta, natal, paskah, jumat agung, misa, gereja, katolik, kristen
feast 0.2 idul fitri, lebaran, idul adha, ramadan, ramadhan, puasa, sahur, buka puasa, bukber, tarawih, masjid, musala, mushola, muslim, islam, mohon maaf lahir dan batin, maulid
feast 0.3 galungan, kuningan, nyepi, saraswati, pagerwesi, odalan, piodalan, melasti, hindu, tahun baru saka
feast 0.4 imlek, angpao, gong xi fa cai, cap go meh
feast 0.5 waisak
locale_greeting 0.6 assalamualaikum, assalamu'alaikum, assalamu alaikum, waalaikumsalam, wa'alaikumsalam, waalaikum salam, wa'alaikum salam, waalaikumussalam, wa'alaikumussalam, askum, aslm, ass wr wb
locale_greeting 0.7 om swastiastu, swastiastu, om suastiastu, rahajeng, rahayu
locale_greeting 0.8 shalom, syalom, salam sejahtera

# ==== does an answer say anything? =====================================================================================

[sense]
# Things, times and steps: an answer that helps is full of them.
concrete 1 hari, besok, lusa, kemarin, minggu depan, bulan depan, hari ini, malam ini, sore ini, pagi ini, siang ini, nanti malam, nanti sore, senin, selasa, rabu, kamis, jumat, sabtu, januari, februari, maret, april, mei, juni, juli, agustus, september, oktober, november, desember, jam, pukul, menit, tahun, bulan, minggu, satu, dua, tiga, empat, lima, enam, tujuh, delapan, sembilan, sepuluh, ratus, ribu, juta, persen
concrete 1 kirim, kirimkan, foto, scan, nomor, alamat, kantor, loket, konter, surat, lembar, halaman, formulir, tanda tangan, ditandatangani, materai, meterai, bayar, dibayar, transfer, rekening, kuitansi, struk, tagihan, biaya, ongkos, harga, gratis, denda, daftar, didaftarkan, ajukan, diajukan, lapor, dilaporkan, terbit, berlaku, syarat, berkas, dokumen, fotokopi, asli, salinan, tautan, aplikasi, situs, portal, email, telepon, hubungi, ambil, bawa, serahkan, simpan, cek, isi, klik, unggah, unduh, pakai, pilih, ganti, ubah, batalkan, tunda, jadwal, antre, petugas, pemilik, penjual, pembeli, sewa, rumah, kamar, motor, mobil, tanah, bank, polisi, dokter, klinik, sekolah, kerja, karyawan, gaji, kontrak, pasal, aturan, izin, cara, langkah, pertama, kedua, ketiga, sebelum, sesudah, setelah, paling lambat, minimal, maksimal, cukup, langsung
# Words of feasts and poems, of praise for oneself, and proverbs.
hollow 1 cinta, tercinta, terkasih, tersayang, kesayangan, sayangku, cintaku, manisku, cantik, bidadari, jantung hati, jiwa, jiwamu, hati, hatimu, lubuk hati, sepenuh hati, segenap jiwa, semesta, surga, pelangi, bunga, bintang, embun, senja, mentari, cahaya, angin, doa, doamu, berkah, diberkahi, rezeki, rezekimu, abadi, selamanya, sepanjang masa, akhir zaman, bersinar, merekah, mekar, mengalir, merangkul, menggenggam, memeluk, dipeluk, pelukan, kehangatan, ketulusan, kasih, kebahagiaan, kebersamaan, keanggunan, kecerdasan, kelembutan, anugerah, mimpi, harapan, impian, damai, sentosa, sejahtera, amin, muach, cium, senyum, senyummu, tersenyum, indah, keindahan, sahih, valid, empati, perasaan, perasaanmu, rasa, hangat, tulus, luar biasa, hebat, istimewa, terbaik, terpercaya, terdepan, nomor satu, visioner, menginspirasi, elegan, kagum, beruntung, semangat, sabar
hollow 1.5 sedikit demi sedikit, lama-lama menjadi bukit, lama-lama jadi bukit, berakit-rakit ke hulu, berenang-renang ke tepian, di mana bumi dipijak, di situ langit dijunjung, air beriak tanda tak dalam, tak kenal maka tak sayang, tak ada gading yang tak retak, ilmu padi, di mana ada kemauan, di situ ada jalan, besar pasak daripada tiang, berat sama dipikul, ringan sama dijinjing, ada gula ada semut, bersatu kita teguh, rezeki tak akan tertukar, buah kesabaran, habis gelap terbitlah terang, bagai air di daun talas, seperti pungguk merindukan bulan, sepandai-pandai tupai melompat, nasi sudah menjadi bubur, gajah di pelupuk mata, setiap detik adalah, minal aidin wal faizin

# ==== end of answers =================================================================================================
