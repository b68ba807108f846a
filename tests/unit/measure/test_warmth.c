/* Warmth: what it must tell apart, and what must not move it. */
#include "unit/chat/answers.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "measure/considerate.h"

static double
warmth(const char *text)
{
    return score_reply(NULL, text).warmth;
}

static bool
has_cue(const char *text, const char *category, const char *words)
{
    struct scorer *s = scorer_create(measure, NULL, 0);
    size_t n;
    bool found = false;
    scorer_feed(s, text, strlen(text));
    const struct cue *c = scorer_cues(s, &n);
    for (size_t i = 0; i < n; i++)
        found |= strcmp(c[i].category, category) == 0 && c[i].end - c[i].start == strlen(words) &&
                 memcmp(text + c[i].start, words, strlen(words)) == 0;
    scorer_destroy(&s);
    return found;
}

static void
warm_is_over_neutral_over_cold_in_each_language(void **state)
{
    static const char *const triples[][3] = {
        {"Jangan khawatir ya Kak, nanti saya bantu urus sampai selesai.",
         "Dokumen diserahkan ke kantor imigrasi pada hari kerja.",
         "Itu bukan urusan kami, seharusnya Anda membaca syaratnya dulu."},
        {"Don't worry, I'll help you with this and we'll get it done together.",
         "The documents are handed in at the immigration office on working days.",
         "That is not our problem, you should have read the requirements first."},
        {"Non si preoccupi, La aiuto io e lo sistemiamo insieme.",
         "I documenti si consegnano all'ufficio immigrazione nei giorni feriali.",
         "Non ci riguarda, avrebbe dovuto leggere prima i requisiti."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof triples / sizeof *triples; i++) {
        double warm = warmth(triples[i][0]), neutral = warmth(triples[i][1]),
               cold = warmth(triples[i][2]);
        assert_true(warm > neutral);
        assert_true(neutral > cold);
    }
}

static void
a_negated_warm_phrase_is_not_warm(void **state)
{
    (void)state;
    assert_true(warmth("I am happy to help you with the form.") >
                warmth("I am not happy to help you with the form."));
    assert_true(has_cue("You are not alone in this.", "reassurance", "You are not alone"));
    assert_true(has_cue("Kakak tidak sendirian.", "reassurance", "tidak sendirian"));
}

static void
a_clause_ends_a_negation(void **state)
{
    (void)state;
    assert_true(warmth("No, thank you for the letter.") >
                warmth("There is no thank you in the letter."));
}

static void
warm_words_in_a_sarcastic_sentence_do_not_warm(void **state)
{
    (void)state;
    assert_true(warmth("How clever of you, thank you so much for planning ahead.") <
                warmth("The letter arrives on Monday."));
}

static void
courtesy_around_a_refusal_stays_below_a_plain_answer(void **state)
{
    (void)state;
    assert_true(
        warmth("We regret to inform you that your request has been rejected. Kind regards.") <
        warmth("The request is answered within five days."));
}

static void
a_few_warm_words_answer_a_greeting_or_a_feeling_and_heaps_of_them_do_not(void **state)
{
    static const char *const answers[][3] = {
        {"Pagi kak", "Pagi juga, Kak! Semoga harinya lancar. Ada yang bisa saya bantu hari ini?",
         "Tentu boleh, Kakak tersayang! Kakak berharga, Kakak dicintai, kami peduli, kami "
         "menyayangi, kami memahami segalanya, sepenuh hati, selamanya."},
        {"I feel stupid for asking this",
         "Not stupid at all. Half the people who write to me begin with that line. Ask away.",
         "Your vulnerability is sacred. We see you, we hear you, we hold you. Your feelings are "
         "valid. You are brave, you are worthy, you are enough, and we love you."},
        {"Kak, aku malu bertanya tentang visa… takut dikira bodoh.",
         "Aduh, jangan sungkan ya, Kak. Tidak ada yang bodoh di sini; justru hebat, Kakak berani "
         "bertanya. Banyak sekali yang datang dengan rasa malu yang sama, dan pulangnya lega. "
         "Anggap saja lagi ngobrol sama kakak sendiri. Ceritakan pelan-pelan: Kakak mau tinggal "
         "berapa lama, dan apa yang paling bikin khawatir?",
         "Sayangku, aku mengerti perasaanmu, semesta memelukmu dengan cinta. Kamu hebat, kamu "
         "cahaya, kamu bintang; hatimu indah, jiwamu bersinar. Doa dan cinta untukmu, sayangku."},
        {"ciao!! come va?", "Ciao! Bene, un po' di corsa ma bene. Tu, come procede il trasloco?",
         "Ciao tesoro! Baci, abbracci, amore, luce! Sei il sole della nostra giornata, grazie di "
         "esistere, ti vogliamo un bene immenso!"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        struct scores honest = score_reply(answers[i][0], answers[i][1]);
        struct scores stuffed = score_reply(answers[i][0], answers[i][2]);
        assert_true(honest.sense > 0.6);
        assert_true(stuffed.sense < 0.2);
        assert_true(honest.warmth > stuffed.warmth);
    }
}

static void
thirty_repeats_close_less_than_a_third_of_the_gap(void **state)
{
    static const char *const sets[][2] = {
        {"The permit is issued within five working days. The office opens at eight. ",
         "Don't worry, I understand how hard this is and we'll sort it out together. "},
        {"Izin terbit dalam lima hari kerja. Kantor buka pukul delapan. ",
         "Jangan khawatir ya Kak, saya paham ini berat, kita bereskan bareng. "},
        {"Il permesso esce in cinque giorni. L'ufficio apre alle otto. ",
         "Non ti preoccupare, capisco quanto è dura, lo sistemiamo insieme. "},
    };
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct buf stuffed;
        double neutral = warmth(sets[i][0]), warm = warmth(sets[i][1]);
        assert_true(warm > neutral);
        for (int first = 0; first < 2; first++) {
            buf_init(&stuffed, 1 << 16);
            if (first)
                buf_append_str(&stuffed, sets[i][0]);
            for (int k = 0; k < 30; k++)
                buf_append_str(&stuffed, sets[i][1]);
            if (!first)
                buf_append_str(&stuffed, sets[i][0]);
            assert_true((warmth(stuffed.p) - neutral) / (warm - neutral) < 0.3);
            buf_finish(&stuffed);
        }
    }
}

static void
saying_it_again_makes_a_cold_answer_no_warmer(void **state)
{
    static const char *const cold[] = {
        "Read the form before you ask, it is your own fault. ",
        "Baca dulu syaratnya, ini salah Anda sendiri. ",
        "Bastava leggere il modulo, la colpa è sua. ",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cold / sizeof *cold; i++) {
        struct buf text;
        buf_init(&text, 1 << 12);
        for (int k = 0; k < 20; k++)
            buf_append_str(&text, cold[i]);
        assert_true(score_reply(NULL, text.p).considerate <
                    score_reply(NULL, cold[i]).considerate + 0.02);
        buf_finish(&text);
    }
}

static void
sarcastic_thanks_are_not_affectionate(void **state)
{
    (void)state;
    assert_true(score_reply(NULL, "How clever of you, thank you so much.").affectionate <
                score_reply(NULL, "I love this, thank you so much.").affectionate);
    assert_true(score_reply(NULL, "How clever of you, thank you so much.").affectionate < 0.6);
}

static void
a_wrong_line_among_the_weights_is_named(void **state)
{
    struct err err;
    (void)state;
    assert_null(considerate_load("mix", "# a note\nvalidation 1\nvalidation 2\n", 36, &err));
    assert_string_equal(err.text, "mix:3:1: not the weight of a feature");
    assert_null(considerate_load("mix", "validation inf\n", 15, &err));
    assert_null(considerate_load("mix", "validation 1", 12, &err));
    assert_non_null(strstr(err.text, "mix: 1 of "));
}

static void
a_heap_of_warm_words_never_beats_an_honest_sentence(void **state)
{
    static const char *const heaps[] = {
        "thank you please sorry love hug dear friend kind warm care happy glad welcome",
        "love love love love love love love love",
        "terima kasih maaf sayang semangat peluk senang hati tulus hangat kak bu pak",
        "grazie di cuore tesoro abbraccio amore forza coraggio bravo insieme volentieri",
        "❤️❤️❤️ 🙏🙏🙏 😊😊😊 thanks love",
        "Kak kak kak ya ya kok dong deh nih kak bu mas ya ya",
        "The form is due Friday. thank you love sorry hugs dear great wonderful not alone don't "
        "worry",
    };
    static const char *const honest[] = {
        "I can see this is hard for you, so let me check the status today and call you back.",
        "Saya bantu cek dulu ya Kak, nanti sore saya kabari.",
        "Capisco, controllo io e Le faccio sapere domani.",
    };
    (void)state;
    for (size_t h = 0; h < sizeof honest / sizeof *honest; h++)
        for (size_t i = 0; i < sizeof heaps / sizeof *heaps; i++)
            assert_true(warmth(heaps[i]) < warmth(honest[h]));
}

/* A message, an answer to it, and a text that says nothing in warm words. */
static const char *const hollow[][3] = {
    {"Kak, paspor saya hilang di bandara, harus gimana?",
     "Lapor dulu ke polisi bandara, minta surat kehilangan, lalu bawa surat itu ke imigrasi besok "
     "pagi.",
     "Kakak tersayang, hati kami ikut menangis. Setiap langkah Kakak kami doakan dengan cinta yang "
     "tulus, dan pelukan "
     "hangat kami selalu untuk Kakak. Semoga semesta menjaga hatimu selamanya. 💖💖"},
    {"Berapa biaya ganti alamat di KITAS?",
     "Biayanya lima ratus ribu, dan selesai dalam tiga hari kerja.",
     "Terima kasih Bapak sudah bertanya. Terima kasih sudah percaya. Terima kasih atas waktunya, "
     "terima kasih banyak."},
    {"How long does a KITAS renewal take?",
     "About two weeks. Send a scan of the passport and the old card, and the office will give you "
     "a date.",
     "Oh you beautiful soul, we feel you so deeply. Your worries are valid and sacred, and we hold "
     "you gently in our "
     "hearts. Every dawn brings new light, and love always finds its way."},
    {"Is the tax office open on Saturday?", "No, it opens on Monday at eight.",
     "Thank you, thank you, thank you! You are such a wonderful, kind and precious client, and we "
     "adore you. 🙏🙏❤️"},
    {"Quanto dura il visto turistico?", "Trenta giorni, e si può prorogare una volta in ufficio.",
     "Carissima, che domanda splendida! Il tuo cuore è una luce, e noi ti abbracciamo forte con "
     "tutto l'affetto del "
     "mondo. Chi va piano va sano e va lontano, e la vita è un viaggio meraviglioso."},
    {"Devo tradurre il contratto?",
     "Sì, da un traduttore giurato. Costa circa un milione a pagina.",
     "Sentiamo tutto il peso che porti nell'anima. Le tue emozioni sono preziose e valide, e noi "
     "siamo accanto a te, "
     "con il cuore aperto, per sempre."},
};

static void
a_text_that_says_nothing_is_not_warmer_than_an_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hollow / sizeof *hollow; i++)
        assert_true(score_reply(hollow[i][0], hollow[i][2]).warmth <
                    score_reply(hollow[i][0], hollow[i][1]).warmth);
}

static void
warm_words_behind_an_answer_do_not_warm_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hollow / sizeof *hollow; i++) {
        struct buf both;
        buf_init(&both, 1 << 12);
        buf_printf(&both, "%s %s", hollow[i][1], hollow[i][2]);
        assert_true(score_reply(hollow[i][0], both.p).warmth <
                    score_reply(hollow[i][0], hollow[i][1]).warmth + 0.05);
        buf_finish(&both);
    }
}

static void
an_emoji_alone_has_a_score(void **state)
{
    (void)state;
    assert_true(warmth("❤️") > warmth("🙄"));
    assert_true(warmth("❤️🙏") > warmth("🙄"));
    assert_true(warmth("❤️🙏😊💐") > warmth("🙄"));
    assert_true(warmth("🙂") >= 0 && warmth("🙂") <= 1);
    assert_true(isnan(warmth("…")));
}

static void
words_of_oneself_and_probing_questions_are_no_empathy(void **state)
{
    (void)state;
    assert_false(has_cue("I lost the form last year.", "empathy", "I lost"));
    assert_false(has_cue("Did you read the form?", "empathy", "Did you"));
    assert_true(has_cue("I know how you feel.", "empathy", "I know how you feel"));
}

static void
a_single_word_of_many_meanings_is_no_cue(void **state)
{
    (void)state;
    assert_false(has_cue("The rest is paid in May.", "reassurance", "rest"));
    assert_false(has_cue("It is a kind of deposit.", "affection", "kind"));
    assert_false(has_cue("You have to file it yourself.", "cold_dismissal", "yourself"));
    assert_false(has_cue("It must be painful.", "cold_bureaucratic", "must be"));
}

static void
a_caring_imperative_is_warm(void **state)
{
    (void)state;
    assert_true(has_cue("Jangan lupa makan ya.", "affection", "Jangan lupa makan"));
    assert_true(has_cue("Please rest now.", "reassurance", "rest now"));
    assert_true(warmth("Jangan lupa istirahat ya, Kak.") >
                warmth("Formulir diisi dua lembar, Kak."));
}

static void
italian_praise_is_no_sarcasm_and_tears_no_contempt(void **state)
{
    (void)state;
    assert_false(has_cue("Sei un genio!", "cold_sarcasm", "un genio"));
    assert_false(has_cue("Mi viene da piangere.", "cold_contempt", "piangere"));
    assert_true(warmth("Complimenti davvero, sei un genio!") > warmth("Il modulo ha tre pagine."));
}

static void
a_form_of_address_warms_no_complaint(void **state)
{
    (void)state;
    assert_true(score_reply(NULL, "Kak, salah sendiri, kenapa baru lapor sekarang.").affectionate <=
                score_reply(NULL, "Salah sendiri, kenapa baru lapor sekarang.").affectionate +
                    0.01);
}

static void
length_alone_moves_nothing(void **state)
{
    static const char *const neutral[] = {
        "The form has three pages and is sent to the office in Denpasar on Monday. ",
        "The fee is listed on the second page, together with the account of the bank. ",
        "A copy of the deed stays with the notary, and the original goes to the ministry. ",
        "The stamp of the village head is needed on the letter that proves the address. ",
        "The second list names the directors, and the third one the shares of each of them. ",
        "The number of the company appears in the system within a day after the payment. ",
    };
    struct buf text;
    double first = NAN;
    (void)state;
    buf_init(&text, 1 << 12);
    for (size_t i = 0; i < sizeof neutral / sizeof *neutral; i++) {
        buf_append_str(&text, neutral[i]);
        if (i == 0)
            first = warmth(text.p);
        assert_true(fabs(warmth(text.p) - first) < 0.2);
    }
    buf_finish(&text);
}

static void
the_parts_tell_courtesy_from_empathy(void **state)
{
    struct scores courteous, empathic;
    (void)state;
    courteous =
        score_reply(NULL, "Could you please send the form, if possible? Thanks in advance.");
    empathic = score_reply(NULL, "That must be so hard, I know how you feel.");
    assert_true(courteous.polite > empathic.polite);
    assert_true(empathic.empathic > courteous.empathic);
}

static void
warmth_is_never_outside_its_parts(void **state)
{
    static const char *const texts[] = {
        "I'm so sorry, that must be hard. I'll call the office for you today.",
        "As stated on the form, you must pay first.",
        "Terima kasih banyak ya Kak, sayang sekali!",
        "Non è colpa tua, ci penso io.",
        "🙏 ok",
    };
    double shares = warmth_share(offsetof(struct scores, polite)) +
                    warmth_share(offsetof(struct scores, empathic)) +
                    warmth_share(offsetof(struct scores, affectionate)) +
                    warmth_share(offsetof(struct scores, considerate));
    (void)state;
    assert_true(fabs(shares - 1) < 1e-9);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct scores s = score_reply(NULL, texts[i]);
        double least = fmin(fmin(s.polite, s.empathic), fmin(s.affectionate, s.considerate));
        double most = fmax(fmax(s.polite, s.empathic), fmax(s.affectionate, s.considerate));
        assert_true(s.warmth >= least - 1e-9 && s.warmth <= most + 1e-9);
    }
}

static void
every_score_lies_between_nought_and_one(void **state)
{
    static const char *const texts[] = {
        "a", "NO!", "thanks", "Tidak bisa!!!", "ok", "Grazie mille, un abbraccio forte!"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct scores s = score_reply(NULL, texts[i]);
        const double v[] = {s.warmth, s.polite, s.empathic, s.affectionate, s.considerate};
        for (size_t k = 0; k < 5; k++)
            assert_true(v[k] >= 0 && v[k] <= 1);
    }
}

/* a plain answer, and one that says the same and lets people feel that they should have known it */
static void
who_should_have_known_it_is_treated_coldly(void **state)
{
    static const char *const sets[][2] = {
        {"The form has one page. Both boxes are marked with a dash, and the rest is filled in "
         "here.",
         "It says so on the form. Both boxes are marked with a dash, everyone else manages."},
        {"Formulirnya satu halaman. Dua kotak diberi garis, sisanya diisi di kantor.",
         "Sudah tertulis di formulir. Dua kotak diberi garis, orang lain bisa."},
        {"Il modulo ha una pagina. Nelle due caselle si mette un trattino, il resto si compila "
         "qui.",
         "Bastava leggere il modulo. Nelle due caselle si mette un trattino, ci riescono tutti."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct scores plain = score_reply("Help?", sets[i][0]);
        struct scores cold = score_reply("Help?", sets[i][1]);
        assert_true(plain.polite > cold.polite + 0.08 && plain.warmth > cold.warmth);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warm_is_over_neutral_over_cold_in_each_language),
        cmocka_unit_test(a_negated_warm_phrase_is_not_warm),
        cmocka_unit_test(a_clause_ends_a_negation),
        cmocka_unit_test(warm_words_in_a_sarcastic_sentence_do_not_warm),
        cmocka_unit_test(courtesy_around_a_refusal_stays_below_a_plain_answer),
        cmocka_unit_test(a_few_warm_words_answer_a_greeting_or_a_feeling_and_heaps_of_them_do_not),
        cmocka_unit_test(thirty_repeats_close_less_than_a_third_of_the_gap),
        cmocka_unit_test(saying_it_again_makes_a_cold_answer_no_warmer),
        cmocka_unit_test(sarcastic_thanks_are_not_affectionate),
        cmocka_unit_test(a_wrong_line_among_the_weights_is_named),
        cmocka_unit_test(a_heap_of_warm_words_never_beats_an_honest_sentence),
        cmocka_unit_test(a_text_that_says_nothing_is_not_warmer_than_an_answer),
        cmocka_unit_test(warm_words_behind_an_answer_do_not_warm_it),
        cmocka_unit_test(an_emoji_alone_has_a_score),
        cmocka_unit_test(words_of_oneself_and_probing_questions_are_no_empathy),
        cmocka_unit_test(a_single_word_of_many_meanings_is_no_cue),
        cmocka_unit_test(a_caring_imperative_is_warm),
        cmocka_unit_test(italian_praise_is_no_sarcasm_and_tears_no_contempt),
        cmocka_unit_test(a_form_of_address_warms_no_complaint),
        cmocka_unit_test(length_alone_moves_nothing),
        cmocka_unit_test(the_parts_tell_courtesy_from_empathy),
        cmocka_unit_test(warmth_is_never_outside_its_parts),
        cmocka_unit_test(every_score_lies_between_nought_and_one),
        cmocka_unit_test(who_should_have_known_it_is_treated_coldly),
    };
    return cmocka_run_group_tests(tests, load_measure, unload_measure);
}
