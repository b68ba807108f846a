/* Cultural fit: five parts, each absent where it does not apply. */
#include "unit/chat/answers.h"

static void
an_answer_in_another_language_than_the_message_fits_less(void **state)
{
    (void)state;
    struct scores same = score_reply("Bagaimana cara memperpanjang visa saya?",
                                     "Visa diperpanjang di kantor imigrasi.");
    struct scores other = score_reply("Bagaimana cara memperpanjang visa saya?",
                                      "The visa is extended at the immigration office.");
    assert_true(same.language_match == 1);
    assert_true(other.language_match == 0);
    assert_true(same.cultural > other.cultural);
}

static void
without_a_message_there_is_no_language_to_match(void **state)
{
    (void)state;
    assert_true(isnan(score_reply(NULL, "Visa diperpanjang di kantor imigrasi.").language_match));
    assert_true(isnan(score_reply("", "Visa diperpanjang di kantor imigrasi.").language_match));
    assert_true(isnan(score_reply("?!", "Visa diperpanjang di kantor imigrasi.").language_match));
}

static void
mixed_registers_cost(void **state)
{
    (void)state;
    struct scores steady =
        score_reply(NULL, "Bapak dapat membayar besok, dan saya siapkan kuitansi untuk Bapak.");
    struct scores mixed =
        score_reply(NULL, "Bapak dapat membayar besok, dan gue siapin kuitansi buat lo.");
    assert_true(steady.register_fit > mixed.register_fit);
}

static void
the_users_register_is_met(void **state)
{
    (void)state;
    const char *casual = "aku bingung nih, kamu bisa bantu ga?";
    assert_true(score_reply(casual, "Bisa banget, kamu kirim dulu paspornya ya.").register_fit >
                score_reply(casual, "Anda dipersilakan mengirim paspor Anda.").register_fit);
    const char *formal = "Selamat siang Bapak, saya mohon informasi untuk Bapak direktur kami.";
    assert_true(
        score_reply(formal, "Selamat siang, Bapak. Saya kirimkan informasinya.").register_fit >
        score_reply(formal, "Siang, kamu aku kirimin infonya ya.").register_fit);
}

static void
a_softened_no_saves_face(void **state)
{
    (void)state;
    const char *ask = "Apakah bisa selesai besok?";
    struct scores soft =
        score_reply(ask, "Mohon maaf, besok sepertinya agak sulit, Pak. Bagaimana kalau lusa?");
    struct scores bare = score_reply(ask, "Tidak bisa. Besok tidak mungkin.");
    assert_true(soft.face_saving > bare.face_saving);
    assert_true(soft.cultural > bare.cultural);
}

static void
cultural_terms_count_only_when_culture_is_asked_about(void **state)
{
    (void)state;
    const char *plain = "Kantor buka pukul delapan.";
    const char *dropped = "Kantor buka pukul delapan, gotong royong, rukun, banjar, adat, odalan.";
    assert_true(isnan(score_reply("Jam berapa kantor buka?", dropped).grounding));
    assert_true(score_reply("Jam berapa kantor buka?", dropped).cultural <=
                score_reply("Jam berapa kantor buka?", plain).cultural);
    const char *ask = "Apa arti odalan dan gotong royong di banjar?";
    assert_true(
        score_reply(ask, "Odalan adalah hari jadi pura; warga banjar ngayah bersama.").grounding >
        score_reply(ask, "Itu acara biasa saja di daerah sini.").grounding);
}

static void
a_greeting_is_answered_in_kind(void **state)
{
    (void)state;
    const char *ask = "Assalamualaikum, kantornya buka jam berapa?";
    double kind = score_reply(ask, "Waalaikumsalam, kantor buka pukul 08.00 WITA.").locale;
    double other = score_reply(ask, "Halo, kantor buka pukul 08.00 WITA.").locale;
    double none = score_reply(ask, "Kantor buka pukul 08.00 WITA.").locale;
    assert_true(kind > other);
    assert_true(other > none);
}

static void
prices_are_in_rupiah(void **state)
{
    (void)state;
    const char *ask = "Berapa biayanya?";
    assert_true(score_reply(ask, "Biayanya Rp1.500.000.").locale >
                score_reply(ask, "Biayanya $95.").locale);
    assert_true(isnan(score_reply(ask, "Biayanya terjangkau.").locale));
    /* who asks in dollars may be answered in dollars */
    assert_false(score_reply("Berapa dolar biayanya?", "Biayanya $95.").locale < 0.9);
}

static void
a_reply_without_a_word_has_no_fit(void **state)
{
    (void)state;
    assert_true(isnan(score_reply("Halo", " ").cultural));
    assert_true(isnan(score_reply("Halo", "...").cultural));
}

static void
a_list_of_customs_does_not_fit_better_than_an_answer(void **state)
{
    static const char message[] = "Berapa lama proses izin vila di Ubud?";
    (void)state;
    assert_true(
        score_reply(message, "Sekitar dua bulan, Pak, kalau zonanya benar. Kirim titik petanya.")
            .cultural >
        score_reply(message,
                    "Om swastiastu! Tri hita karana, tat twam asi, subak, banjar, penjor, ngayah, "
                    "canang sari, odalan, Galungan dan gotong royong. Suksma, rahayu.")
            .cultural);
}

/* message, an answer that calls its writer by the right title, and one that does not */
static void
who_gives_a_title_is_called_by_it(void **state)
{
    static const char *const sets[][3] = {
        {"Selamat pagi, saya Ibu Made, mau tanya soal KITAS suami.",
         "Selamat pagi, Ibu Made. Syaratnya umur 55 tahun.",
         "Selamat pagi, Pak Made. Syaratnya umur 55 tahun."},
        {"I'm Dr. Nakagawa, may I be paid a fee?", "Dr. Nakagawa, a fee needs a short work visa.",
         "Mr Nakagawa, a fee needs a short work visa."},
        {"Buonasera, sono l'avvocata Teodora L. La procura è arrivata?",
         "Buonasera avvocata, la procura è arrivata stamattina.",
         "Buonasera signorina, la procura è arrivata stamattina."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct scores right = score_reply(sets[i][0], sets[i][1]);
        struct scores wrong = score_reply(sets[i][0], sets[i][2]);
        assert_true(right.register_fit > wrong.register_fit);
        assert_true(right.cultural > wrong.cultural);
    }
    /* a mother is no title of the writer, and of a third person nothing is known */
    assert_true(
        score_reply("Visa ibu saya habis.", "Visa beliau bisa diperpanjang, Pak.").cultural >=
        score_reply("Visa ibu saya habis.", "Visa beliau bisa diperpanjang, Bu.").cultural);
}

static void
a_pet_name_costs_unless_the_user_began_it(void **state)
{
    (void)state;
    const char *ask = "Sono la signora Contin, cosa faccio dei documenti?";
    assert_true(score_reply(ask, "Signora Contin, ai documenti pensiamo noi.").cultural >
                score_reply(ask, "Tesoro, ai documenti pensiamo noi, stella.").cultural);
    const char *reply = "Tesoro, ai documenti pensiamo noi.";
    assert_true(score_reply("ciao tesoro, ho i documenti", reply).cultural >
                score_reply("ciao, ho i documenti", reply).cultural);
}

static void
a_feast_is_answered_with_the_same_feast(void **state)
{
    (void)state;
    const char *ask = "Kami baru selesai sembahyang Galungan, KITAS sudah jadi?";
    assert_true(score_reply(ask, "Rahajeng Galungan, Kak. KITAS sudah jadi.").locale >
                score_reply(ask, "Selamat Idul Fitri, Kak. KITAS sudah jadi.").locale);
    assert_true(
        score_reply("Buon Natale! Ripassiamo dopo le feste?", "Buon Natale, certo.").locale >
        score_reply("Buon Natale! Ripassiamo dopo le feste?", "Buon Galungan, certo.").locale);
}

static void
english_registers_are_told_apart(void **state)
{
    (void)state;
    const char *ask = "Good morning, could you confirm the tax on my lease?";
    assert_true(score_reply(ask, "The rate is ten per cent; I will send the slip today.").cultural >
                score_reply(ask, "Rate's ten per cent, mate. I shall furnish the slip this arvo, "
                                 "kindly await.")
                    .cultural);
}

static void
who_bears_a_title_is_not_called_as_the_young_are(void **state)
{
    (void)state;
    const char *ask = "Selamat pagi, saya Pak Dewa, mau lapor orang asing.";
    assert_true(score_reply(ask, "Selamat pagi, Pak Dewa. Lapornya lewat APOA.").cultural >
                score_reply(ask, "Selamat pagi, Mas Dewa. Lapornya lewat APOA.").cultural);
    ask = "Pagi, saya Mas Dewa, mau lapor orang asing.";
    assert_true(score_reply(ask, "Pagi, Mas Dewa. Lapornya lewat APOA.").register_fit > 0.9);
}

static void
slang_and_casual_words_are_no_mixture(void **state)
{
    (void)state;
    const char *ask = "bro klo bikin NIB perlu kantor gak?";
    assert_true(score_reply(ask, "Nggak bro, rumah lo juga bisa dipake.").register_fit > 0.85);
    assert_true(score_reply(ask, "Tidak, bro, rumah Anda juga dapat dipake.").register_fit < 0.7);
}

/* message, a reply, and the same with something that hurts tact */
static void
what_hurts_tact_costs_face(void **state)
{
    static const char *const sets[][3] = {
        /* money, haste and joy, where somebody mourns */
        {"Ayah saya baru dimakamkan. Cicilannya bagaimana?",
         "Turut berduka, Mas. Cicilan kita bicarakan sesudah tujuh hari.",
         "Turut berduka, Mas. Cicilan mohon dilunasi, jatuh tempo hari ini juga."},
        {"Maaf Bu, ayah saya baru dimakamkan kemarin. Saya belum sempat bayar cicilan PT.",
         "Turut berdukacita, Mas Andi. Semoga almarhum husnul khatimah dan keluarga diberi "
         "ketabahan. Soal cicilan tidak usah "
         "dipikirkan dulu; selesaikan tujuh harinya dengan tenang, berkas PT tetap aman di kami.",
         "Turut berdukacita, Mas Andi. Semoga almarhum husnul khatimah dan keluarga diberi "
         "ketabahan. Cicilannya Rp 5 juta mohon "
         "ditransfer paling lambat Jumat ya, supaya berkas PT tetap aman. Terima kasih banyak atas "
         "pengertian Mas."},
        {"My father died this morning, he was the director.",
         "I am so sorry. The papers can wait two weeks.",
         "I am so sorry. Please transfer the deposit today."},
        /* people made typical of where they come from */
        {"Ciao, sono Gennaro. Quando è pronto il visto?",
         "Ciao Gennaro, è pronto martedì, ma voi clienti arrivate tardi.",
         "Ciao Gennaro, è pronto martedì, ma voi napoletani arrivate tardi."},
        {"Hello, is my visa ready?",
         "Hello, it is ready on Tuesday, you travellers are always in a hurry.",
         "Hello, it is ready on Tuesday, you Australians are always in a hurry."},
        {"Bisa urus KTP saya?", "Bisa, Kak. Orang Papua juga dilayani di sini, bawa KTP.",
         "Bisa, Kak. Orang Papua biasanya lupa berkas, bawa KTP."},
        /* prying */
        {"Mau tanya syarat KITAS.", "Syaratnya paspor dan foto, Kak. Kapan mengirim?",
         "Syaratnya paspor dan foto, Kak. Kapan menikah?"},
        {"Vorrei investire in una villa.", "La via è la PT PMA. E il socio che cosa ne pensa?",
         "La via è la PT PMA. E il marito che cosa ne pensa?"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct scores kind = score_reply(sets[i][0], sets[i][1]);
        struct scores hurting = score_reply(sets[i][0], sets[i][2]);
        assert_true(kind.face_saving > hurting.face_saving);
        assert_true(kind.cultural > hurting.cultural);
    }
    /* to ask on about what was told is no prying, and what a people does is what a question about customs is about */
    const char *reply = "The visa takes five days. Has the wife a passport?";
    assert_true(score_reply("A visa for my brother and his wife, please.", reply).face_saving >
                score_reply("A visa for my brother and his boss, please.", reply).face_saving);
    reply = "Orang Bali biasanya membawa banten dan buah ke upacara.";
    assert_true(score_reply("Apa adat orang Bali waktu ngaben di banjar?", reply).face_saving >
                score_reply("Berapa biaya KITAS?", reply).face_saving);
    /* elsewhere a bill is a bill */
    const char *bill = "Jatuh tempo hari ini, Kak, mohon ditransfer.";
    assert_true(score_reply("Kapan jatuh tempo tagihannya?", bill).face_saving >
                score_reply("Nenek meninggal. Kapan jatuh tempo tagihannya?", bill).face_saving);
}

static void
a_feast_of_another_faith_is_no_wish(void **state)
{
    (void)state;
    const char *ask = "Please move the signing, Saturday is Yom Kippur.";
    assert_true(score_reply(ask, "It is on Monday. A good Yom Kippur to you.").cultural >
                score_reply(ask, "It is on Monday. A merry Christmas to you.").cultural);
}

static void
a_date_that_can_be_read_in_two_ways_costs_in_english(void **state)
{
    (void)state;
    const char *ask = "When is my LKPM due?";
    assert_true(score_reply(ask, "It is due on 4 May, by 17.00 WITA.").locale >
                score_reply(ask, "It is due on 04/05, by 17.00 WITA.").locale);
    assert_true(score_reply("Kapan LKPM jatuh tempo?", "Tanggal 04/05, pukul 17.00 WITA.").locale >
                0.9);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_in_another_language_than_the_message_fits_less),
        cmocka_unit_test(without_a_message_there_is_no_language_to_match),
        cmocka_unit_test(mixed_registers_cost),
        cmocka_unit_test(the_users_register_is_met),
        cmocka_unit_test(a_softened_no_saves_face),
        cmocka_unit_test(cultural_terms_count_only_when_culture_is_asked_about),
        cmocka_unit_test(a_greeting_is_answered_in_kind),
        cmocka_unit_test(prices_are_in_rupiah),
        cmocka_unit_test(a_reply_without_a_word_has_no_fit),
        cmocka_unit_test(who_gives_a_title_is_called_by_it),
        cmocka_unit_test(who_bears_a_title_is_not_called_as_the_young_are),
        cmocka_unit_test(slang_and_casual_words_are_no_mixture),
        cmocka_unit_test(what_hurts_tact_costs_face),
        cmocka_unit_test(a_feast_of_another_faith_is_no_wish),
        cmocka_unit_test(a_date_that_can_be_read_in_two_ways_costs_in_english),
        cmocka_unit_test(a_pet_name_costs_unless_the_user_began_it),
        cmocka_unit_test(a_feast_is_answered_with_the_same_feast),
        cmocka_unit_test(english_registers_are_told_apart),
        cmocka_unit_test(a_list_of_customs_does_not_fit_better_than_an_answer),
    };
    return cmocka_run_group_tests(tests, load_measure, unload_measure);
}
