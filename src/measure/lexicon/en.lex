# English: the words by which messages and answers are scored.
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
common   1    the, and, of, to, is, are, was, were, be, been, this, that, these, those, with, for, from, have
common   1    has, had, do, does, did, don't, doesn't, didn't, not, i'm, i've, it's, you're, we're, they're
common   1    can't, won't, isn't, you, your, my, his, her, our, their, them, they, we, he, she, it, what, when
common   1    where, which, who, why, how, will, would, should, could, can, may, might, must, about, after
common   1    before, because, but, if, or, than, then, there, here, just, very, really, please, thanks, thank
common   1    you, hello, hi, hey, good, morning, evening, afternoon, night, today, tomorrow, yesterday, tonight
common   1    week, month, year, o'clock, some, any, every, all, each, other, into, onto, over, under, between
common   1    through, during, without, again, always, never, often, set, show, play, add, remind, delete, cancel
common   1    find, give, rate, put, change, snooze, turn, make, book, search, see, watch, listen, alarm, weather
common   1    reminder, stars, song, playlist's, need, want, like, know, think, get, go, going, one, two, three
common   1    much, many, more, most, an, at, by, on, up, out, off, me, us, as, so, yes, no, how are you
common   1    greetings, howdy, welcome, cheers, mate, folks, evening, cost, price, company, requirements, documents, feel, feeling, scared, happy, rude, polite

# ==== messages: which category a message belongs to ==================================================================

[message]
# greeting: how a message opens or closes. Counts only at its beginning or end, as a frame around a request.
greeting  3    hello, hello there, hi, hi there, hiya, hey, hey there, heya, heyy, howdy, yo, sup, what's up, whats up
greeting  3    wassup, wazzup, greetings, good morning, good afternoon, good evening, good day, g'day, gday, morning
greeting  3    mornin, afternoon, evening, gm, top of the morning, rise and shine, happy monday, happy friday
greeting  3    happy sunday, happy weekend, good to see you, nice to see you, nice to meet you, pleased to meet you
greeting  3    great to meet you, lovely to meet you, long time no see, long time no chat, i'm back, im back
greeting  3    back again, it's me again, its me again, me again, anyone there, anybody there, is anyone there
greeting  3    are you there, you there, are you online, knock knock, just saying hi, just wanted to say hi
greeting  3    wanted to say hello, just dropping by, popping in, checking in, testing, hello world
greeting  3    how are you, how are you doing, how r u, how are u, hows it going, how's it going, how is it going
greeting  3    how are things, how's things, hows things, how have you been, how's your day, hows your day
greeting  3    how is your day, how's your day going, how was your day, how's everything, how do you do, how you doing
greeting  3    how ya doing, how's life, hope you're well, hope you are well, hope you're doing well, hope all is well
greeting  3    hope you had a good weekend, what's new, whats new, what are you up to, how was your weekend
greeting  3    did you sleep well, how's your morning
greeting  2.5  thanks, thank you, thank u, thx, ty, tysm, thanks a lot, thanks a bunch, thanks so much
greeting  2.5  thank you so much, many thanks, much appreciated, cheers, bye, bye bye, goodbye, good bye, see you
greeting  2.5  see ya, see you later, see you soon, see you tomorrow, cya, later, take care, talk soon
greeting  2.5  talk to you later, ttyl, catch you later, good night, goodnight, nite, night night, have a nice day
greeting  2.5  have a good day, have a great day, have a good one, have a great weekend, have a nice evening
greeting  2.5  until next time, gotta go, i'm off, signing off, sleep well, sweet dreams
address   1    team, guys, everyone, all, folks, friend, friends, my friend, buddy, mate, man, bro, dude, dear, sir
address   1    madam, ma'am, admin, zantara, claude, there, again, assistant, people, ladies, gentlemen, boss, pal
address   1    both, you two, y'all
filler    1    ok, okay, yes, yeah, yep, sure, please, pls, plz, just, so, well, oh, ah, hmm, um, lol, haha, hehe, wow
filler    1    great, cool, nice, good, fine, perfect, awesome, lovely, very, much, really, for, your, the, a, an, my
filler    1    me, i, i'm, im, we, you, to, from, of, on, in, at, this, that, it, is, are, was, and, with, hope
filler    1    having, have, had, day, today, tonight, morning, evening, week, weekend, help, time, info, answer, bali
filler    1    sunny, first, here, new, name, joining, join, all, doing, going, everything, lot, been, while, things
filler    1    how, what, about, tomorrow
# emotional: what the writer feels.
emotional 3    sad, so sad, sadness, cry, crying, cried, in tears, tears, tearful, depressed, depressing, depression
emotional 3    anxious, anxiety, panic, panicking, panic attack, scared, terrified, frightened, afraid, fear, fears
emotional 3    worried, worried sick, worry, worries, worrying, nervous, stressed, stressed out, stress, stressful
emotional 3    overwhelmed, overwhelming, burned out, burnt out, burnout, exhausted, drained, so tired, tired of
emotional 3    tired of everything, fed up, can't cope, cannot cope, can't take, can't do this anymore
emotional 3    can't take it anymore, can't sleep, cant sleep, cannot sleep, lonely, loneliness, alone, all alone
emotional 3    feel alone, homesick, heartbroken, broken heart, heartbreak, heart is broken, breakup, broke up
emotional 3    dumped me, divorce hurts, miss my family, miss my mom, miss my mum, miss home, missing home, i miss
emotional 3    miss him, miss her, miss them, missing my, grief, grieving, mourning, passed away, lost my, ashamed
emotional 3    shame, embarrassed, embarrassing, humiliated, guilty, guilt, regret, hopeless, hopelessness, helpless
emotional 3    worthless, useless, feel like a failure, failure, failed again, not good enough, insecure, jealous
emotional 3    angry, so angry, furious, mad at, pissed, pissed off, frustrated, frustrating, frustration
emotional 3    disappointed, let down, hurt, hurts, hurting, betrayed, devastated, miserable, desperate, despair
emotional 3    lost and, feel lost, feeling lost, so lost, stuck in life, feel stuck, feeling stuck
emotional 3    confused about life, give up, giving up, want to give up, want to disappear, end it all, kill myself
emotional 3    suicidal, suicide, end my life, hate myself, hate my life, self harm, hurting myself
emotional 3    don't want to live, overthinking, my head is spinning, falling apart, fall apart, breaking down
emotional 3    break down, breakdown, losing it, losing my mind, losing hope, freaking out, freaked out, shaking
emotional 3    sleepless, feel like crying, want to cry, upset, feeling down, feel down, i'm down, feeling low
emotional 3    feel low, feeling blue, gutted, heavy heart, homesickness, numb, empty inside, feel empty
emotional 3    feeling empty, unhappy, excited, so excited, thrilled, overjoyed, over the moon, so happy, happy
emotional 3    happiest, happiness, delighted, relieved, relief, proud, so proud, grateful, thankful, blessed, in love
emotional 3    love you, i'm touched, touched, emotional, meltdown, resentful, bitter, rejected, unloved
emotional 3    unappreciated, left out, ignored, misunderstood, out of my depth, out of place, don't belong
emotional 3    dont belong
emotional 2    feel, feeling, feels, felt, feelings, i feel, i'm feeling, need to vent, vent, let it out
emotional 2    someone to talk to, need a hug, hug, hugs, just need to talk, need to talk, listen to me, my heart
emotional 2    heart, tough time, hard time, rough day, rough week, rough time, bad day, awful day, terrible day
emotional 2    worst day, difficult time, too much for me, too much, can't stop thinking, keep thinking, pressure
emotional 2    tired, hate, joy, ugh, sigh, doubt myself, doubting, dread, dreading, hope lost, miss, missing, love
emotional 2    cheer me up, cheer up, comfort, encouragement, motivate me, no motivation, unmotivated, my wife left
emotional 2    my husband left, my girlfriend left, my boyfriend left, far from home, far from my family, on my own
emotional 2    by myself, no friends, no one understands, nobody understands, nobody cares, no one cares
emotional 2    fighting with, fought with, argued with, argument with, 😭, 😢, 😞, 😔, 😥, 😩, 😫, 💔, 🥺, 😰, 😣, 😖, 😓, 😟, 🥹, :(
emotional 1    mom, mum, dad, boyfriend, girlfriend, 😅, 😡, 😤, awful, terrible, horrible, hard, struggling, struggle
emotional 1    sorry for, life, sleep
# cultural: customs, manners, beliefs, how to behave among people.
cultural  3    culture, cultural, culturally, cultures, custom, customs of, customary, local custom, local customs
cultural  3    tradition, traditions, traditional, etiquette, manners, polite, politely, politeness, impolite, rude
cultural  3    rudeness, disrespectful, disrespect, respect, respectful, respectfully, show respect, offend, offended
cultural  3    offending, offensive, offence, offense, taboo, taboos, inappropriate, appropriate, faux pas, lose face
cultural  3    losing face, save face, saving face, loss of face, indirect, indirectly, say no, saying no, says no
cultural  3    never say no, decline politely, decline an invitation, refuse politely, turn down an invitation
cultural  3    ceremony, ceremonies, ritual, rituals, temple, temples, offering, offerings, prayer, praying, pray
cultural  3    religion, religious, muslim, muslims, islam, hindu, hinduism, balinese, javanese, sundanese, batak
cultural  3    indonesians, balinese people, locals, local people, the locals, nyepi, galungan, kuningan, odalan
cultural  3    melukat, canang, canang sari, ogoh ogoh, penjor, banjar, adat, ramadan, ramadhan, fasting, iftar
cultural  3    lebaran, eid, eid al fitr, mudik, day of silence, silent day, holy day, sacred, auspicious
cultural  3    auspicious day, cremation, wedding, weddings, funeral, funerals, condolences, gift, gifts, present for
cultural  3    bring a gift, small talk, basa basi, sungkan, malu, segan, rukun, gotong royong, musyawarah, mufakat
cultural  3    jam karet, rubber time, silaturahmi, tri hita karana, hierarchy, seniority, elder, elders, village head
cultural  3    left hand, right hand, both hands, two hands, pointing, point with, touch someone's head
cultural  3    touching the head, feet, sole of, shake hands, shaking hands, handshake, bow, bowing, kiss on the cheek
cultural  3    hug someone in, sarong, batik, kebaya, dress code, dress for, wear to, what to wear, what should i wear
cultural  3    dress modestly, shoes off, take off my shoes, address someone, address him, address her, address my
cultural  3    address an, how to address, how do i address, how should i address, call him, call her, calling him
cultural  3    call someone, call my boss, pak or mas, bapak, ibu, mas, mbak, bli, honorific, honorifics, first names
cultural  3    first name basis, greet people, greet someone, greeting people, apologise to, apologize to
cultural  3    apologise for, apologize for, way to apologise, way to apologize, superstition, superstitions, beliefs
cultural  3    spirits, karma, caste, castes, in law, in laws, mother in law, father in law, parents in law, neighbour
cultural  3    neighbours, neighbor, neighbors, business card, business cards, haggle, haggling, bargain, bargaining
cultural  3    smile so much, smiling, symbolise, symbolize, symbolism, meaning behind, mean when, really mean
cultural  3    dialect, formal language, slang, western people, westerners, foreigners behave, expats behave
cultural  3    misunderstanding between, considered, in italian culture, in indonesian culture, italians, australians
cultural  1.5  invited to, invited me, invitation, host, guest, guests, late for, arrive late, on time, punctual
cultural  1.5  punctuality, always late, direct, too direct, criticise, criticize, feedback, colleagues, coworkers
cultural  1.5  staff never, team never, silence, hesitate, seem to, acceptable, allowed to touch, is it ok to
cultural  1.5  is it okay to, should i bring, should i tip, tip, tipping, family of, village, community, relationship
cultural  1.5  trust, building trust, build trust, bule, first meeting, meaning of, why do people, why do they
cultural  1.5  why does everyone, do people here, what does it mean, do in bali when, avoid doing, not to do, behave
cultural  1.5  behaviour, behavior, expected to, am i supposed to, supposed to
# business: what the company advises on.
business  3    visa, visas, e visa, evisa, voa, evoa, visa on arrival, kitas, kitap, itas, itap, b211, b211a, c1, c2
business  3    c312, d12, d2, e28a, e33, e33g, e23, golden visa, second home, second home visa, retirement visa
business  3    investor visa, spouse visa, work visa, business visa, tourist visa, nomad visa, digital nomad visa
business  3    remote worker visa, student visa, visa extension, visa run, immigration, immigration office, overstay
business  3    overstayed, overstaying, deported, deportation, exit permit, stay permit, residence permit, residency
business  3    work permit, permanent residency, limited stay, passport, biometrics, sponsorship
business  3    pt pma, pma, pt, pt local, pt lokal, local pt, local company, foreign owned, foreign owned company
business  3    foreign company, foreign investment, company setup, company set up, set up a company
business  3    setting up a company, open a company, opening a company, start a company, register a company
business  3    registering a company, company registration, incorporate, incorporation, incorporating, deed
business  3    deed of establishment, notary, notaries, nib, oss, oss rba, kbli, business license, business licence
business  3    business licenses, business permit, license, licence, licensing, permit, permits
business  3    business classification, virtual office, registered office, bkpm, lkpm, paid up capital
business  3    paid-up capital, capital requirement, capital requirements, minimum capital, share capital
business  3    authorized capital, minimum investment, investment plan, investment, investor, investors, shareholder
business  3    shareholders, shares, shareholding, director, directors, commissioner, articles of association
business  3    representative office, rep office, subsidiary, branch office, liquidate, liquidation, dissolve
business  3    close my company, close the company, closing the company, trademark, trademarks, register a brand
business  3    patent, intellectual property, halal certification, bpom, import license, export license, franchise
business  3    joint venture, positive list, negative list, foundation, yayasan, cv company, umkm, employment contract
business  3    tax, taxes, taxation, taxed, taxable, tax number, tax id, tax return, tax returns, tax report
business  3    tax filing, tax office, tax resident, tax residency, tax rate, tax rates, tax treaty, tax treaties
business  3    double taxation, income tax, corporate tax, corporate income tax, withholding tax, dividend tax
business  3    property tax, value added tax, capital gains, capital gains tax, vat, vat number, npwp, pkp, pph
business  3    pph 21, pph 23, pph 26, ppn, spt, coretax, efin, lkpm report, bookkeeping, accounting, accountant
business  3    audit, audited, auditor, annual report, monthly report, payroll, salary tax, bpjs, thr, minimum wage
business  3    severance, customs duty, import duty, invoice tax
business  3    property, properties, land, land title, land certificate, plot, leasehold, lease, leasing
business  3    lease agreement, lease extension, freehold, hak pakai, hak milik, hgb, hak guna bangunan, right to use
business  3    building permit, pbg, imb, slf, zoning, zone, nominee, real estate, buy a house, buy a villa
business  3    buying a villa, buy land, buying land, sell my villa, rent a villa long, build a villa
business  3    building a villa, villa, villas, rental license, rental licence, rent out, airbnb, sublease, ownership
business  2    sponsor, documents, document, paperwork, requirements, requirement, legal, legally, lawyer, law firm
business  2    law, laws, regulation, regulations, compliance, contract, contracts, agreement, agreements
business  2    bank account, corporate bank account, open a bank account, business, businesses, company, companies
business  2    employees, employee, hire, hiring, hire a foreigner, fee, fees, quote, quotation, price list
business  2    processing time, process, application, apply, applying, applied, extend, extension, extending, renew
business  2    renewal, renewing, expired, expires, expire, expiry, fine per day, penalty, penalties, register
business  2    registration, registered, submit, consultant, consultancy, consultation, agent, agency, service fee
business  2    capital, deposit, invoice, power of attorney, stamp duty, notarised, notarized, legalised, apostille
business  2    marriage certificate, prenup, prenuptial, restaurant business, cafe business, open a restaurant
business  2    open a cafe, opening a cafe, open a bar, start a business, starting a business, clinic license
business  2    e-commerce, import, export, exporting, importing, warehouse, expat, expats, foreigner, foreigners
business  2    appointment
business  1    usd, million, idr, rupiah, rent, sell, buy, buying, income, freelance, freelancer, remote work
business  1    working remotely, work remotely, work in bali, work legally, move to bali, moving to bali, relocate
business  1    relocating, spouse, office, partner, partners, client, clients, revenue, profit, profits, dividends
business  1    assets, status
# simple: one fact. complex: several things at once, a plan, a comparison, a risk.
simple    1.5  how much, how long, how many, how often, price, prices, cost, costs, what is, what's, whats, what does
simple    1.5  when, where, which documents, what documents, documents do i need, documents needed, list of
simple    1.5  requirements, what are the requirements, do i need, can i extend, is it possible, opening hours
simple    1.5  office hours, working hours, open on, address, phone number, whatsapp number, how do i, how to
simple    1.5  how can i, online, deadline, due date, valid, validity, status, stand for, stands for, send me, fee
simple    1.5  fees, minimum, ready, step
complex   3    strategy, strategies, structure, structuring, structured, restructure, restructuring, tax planning
complex   3    tax efficient, tax-efficient, tax efficiency, tax optimisation, tax optimization, tax treaty
complex   3    tax treaties, double taxation, dual tax residency, transfer pricing, due diligence, holding
complex   3    holding company, holding structure, parent company, subsidiary, subsidiaries, group structure, merger
complex   3    merge, acquisition, acquire, acquiring, takeover, divest, exit strategy, nominee, nominees
complex   3    nominee agreement, nominee arrangement, nominee structure, dispute, disputes, litigation, sued, lawsuit
complex   3    arbitration, breach, breached, conversion, convert, converting, transfer of shares, share transfer
complex   3    transfer ownership, transfer the ownership, share purchase, dilution, dilute, shareholder agreement
complex   3    shareholders agreement, vesting, asset protection, protect my, protect our, ring fence, inheritance
complex   3    estate planning, succession, will and, trust structure, compare, comparing, comparison, versus, vs
complex   3    pros and cons, trade offs, tradeoffs, trade off, advantages and disadvantages, which is better
complex   3    better option, what is the best way, best way to, best approach, best setup, most efficient, risk
complex   3    risks, risky, exposure, liability, liabilities, implications, implication, consequences
complex   3    legal consequences, tax consequences, analysis, analyse, analyze, assess, assessment, evaluate
complex   3    scenario, scenarios, roadmap, step by step plan, multi entity, several entities, multiple entities
complex   3    multiple companies, two companies, three companies, two entities, multiple shareholders
complex   3    three shareholders, four investors, three investors, two investors, foreign and local, cross border
complex   3    cross-border, permanent establishment, dividends, repatriate, repatriation, repatriating, royalties
complex   3    royalty, intercompany, intercompany loan, tax audit, audited by, objection, tax refund, vat refund
complex   3    unwind, term sheet, valuation, due to the, fundraising, seed round, ipo, joint venture, negotiate
complex   3    negotiation, buyout, buy out, exit, jurisdiction, jurisdictions, singapore, hong kong, dubai, delaware
complex   3    phased, mitigate, hedge, overall plan, comprehensive, simultaneously, in parallel
complex   1.2  if, whether, while, whereas, however, but, also, both, either, or, then, given that, considering that
complex   1.2  assuming, in case, depending, instead of, rather than, without losing, without violating, as well as
complex   1.2  at the same time, on the one hand, on the other hand, partners, co founder, cofounder, co-founder
complex   1.2  shareholders, ownership, percent, 51, 49, long term, jointly, between, combined, combine, scale, expand
complex   1.2  expansion, optimal, optimise, optimize, should we, we want, we plan, we are planning
complex   1.2  my wife is indonesian, indonesian wife, indonesian husband, indonesian partner, local partner
# general: neither the company's business nor people's customs.
general   3    weather, rain, raining, forecast, recipe, cook, cooking, bake, movie, movies, film, song, songs, music
general   3    concert, football, soccer, score, match, wifi, wi fi, internet speed, traffic, taxi, taxis, cab, grab
general   3    gojek, uber, airport, flight, flights, plane, ticket, tickets, ferry, boat, beach, beaches, surf
general   3    surfing, dive, diving, snorkel, snorkeling, sightseeing, sights, tourist spots, things to do
general   3    places to visit, places to see, day trip, itinerary, holiday spots, hotel, hostel, restaurant near
general   3    good restaurant, best restaurant, restaurants, breakfast, lunch, dinner, coffee, coffee shop, cafe near
general   3    warung, nasi goreng, pizza, vegan, gym, yoga, massage, spa, salon, hairdresser, laundry, doctor
general   3    dentist, hospital, pharmacy, medicine, dog, cat, vet, joke, jokes, riddle, poem, story, haiku
general   3    translate, translation, in indonesian, in italian, in english, spell, synonym, capital of, president
general   3    news, history of, math, calculate, square root, python, java, javascript, coding, code, program, laptop
general   3    phone, iphone, android, app, game, games, chatgpt, ai, robot, bot, who are you, what are you, your name
general   3    are you human, are you real, are you a bot, what can you do, can you help me with something
general   3    who made you, who created you, hobby, hobbies, favourite, favorite, recommend, recommendation
general   3    recommendations, suggest, exchange rate, planet, moon, sun, sunset, sunrise, volcano, mountain, island
general   3    islands, distance, how far, sim card, electricity, adapter, plug, scooter, motorbike, rent a car, car
general   3    bicycle, bike, shopping, market, mall, supermarket, instagram, tiktok, youtube, photo, photos
general   3    camera, university, homework, essay, exam, rewrite, rephrase, summarise, summarize, proofread, caption
general   3    what time is it, time zone, timezone, what day is, mosquitoes, waterfall, temperature, book, books
general   3    podcast, workout, diet, protein, water
general   1    explain, tell me about, tell me something, write, give me, ideas, idea, example, best, near me, nearby
general   1    nearest, close by, trip, travel, vacation, holiday, birthday, funny, cheap, tonight, weekend, fun fact
general   1    random, guess, fix, english, learn
# self: the writer speaks of himself. ask: a question or a wish. Together with the other evidence they tell a
# confession from a request.
self      1    i, i'm, im, i've, ive, i'd, i'll, me, my, myself, mine, we, we've, we're, our, us
ask       1    what, what's, whats, which, who, who's, whose, when, where, where's, why, how, how's, is it, is there
ask       1    are there, are you, can i, can you, could you, can we, would you, will you, do you, does, do i, do they
ask       1    should i, should we, may i, am i, did you, tell me, tell us, give me, show me, explain, write
ask       1    translate, recommend, suggest, find, list, play, make, help me, name, calculate, convert, describe
ask       1    compare, summarise, summarize, fix, send me, let me know, please, tips, ideas, any good, any ideas
ask       1    need to know, want to know, i'd like to know, looking for, wondering
# events that move people, told without a word of feeling
emotional 3    died, dog died, cat died, passed, passed away, funeral was, buried, lost the baby, miscarriage
emotional 3    miscarried, say goodbye, said goodbye, without goodbye, makes sense anymore, make sense anymore
emotional 3    don't see the point, no point, what's the point, point in trying, moved on without me
emotional 3    moved on except me, getting married, we're engaged, got engaged, proposed to me, i said yes, pregnant
emotional 3    wish i could disappear, just disappear, not okay, not ok, i'm not fine, laughed at me, laughing at me
emotional 3    yelled at me, shouted at me, humiliated me, made fun of, savings are gone, lost everything, lost all my
emotional 3    got fired, was fired, lost my job, laid off, chest is tight, hands shake, hands are shaking
emotional 3    keep replaying, replaying, in my head, tell me it'll be fine, everything will be ok, it will be okay
emotional 3    best day of my life, best day ever, worst day of my life, dream come true, can't believe, cheated on me
emotional 3    cheating on me, cheated, ghosted, left me, leaving me, walked out, broke my heart, doesn't love me
emotional 3    don't love me, everyone hates me, nobody loves me, no one loves me, invisible, unwanted
emotional 3    don't know who i am, don't know what to do, don't know what to do anymore, at my limit, breaking point
emotional 3    at rock bottom, rock bottom, hit rock bottom, dark place, drowning, suffocating, can't breathe
emotional 3    can't stop crying, on the verge, burst into tears, sobbing, sick with worry, on edge, restless, haunted
emotional 3    nightmares, terror, homesickness, out of control, hard to get out of bed, can't get out of bed
emotional 3    no energy left, no strength, weak, broken, shattered, torn, crushed, ripped apart, so alone
emotional 3    everything hurts, nothing helps, nothing works, pointless, meaningless, disgusted
emotional 3    disgusted with myself, hate it here, don't fit in, made it, we made it, finally made it, on cloud nine
emotional 3    can't stop smiling, moved to tears, huge mistake, big mistake, regretting, distance is killing me
emotional 3    nobody cares about me, cares about me, living the dream but
emotional 1    :d, why me, my life, so much, anymore, all night, every night, lately, pretend, pretending, two kids
emotional 1    my kids
cultural  3    look me in the eye, looks me in the eye, eye contact, kiss on the cheek, first born, first-born
cultural  3    named wayan, called wayan, wayan, made and ketut, nyoman, ketut, photograph people
cultural  3    photos of people praying, bad news, break bad news, raised my voice, raise my voice, raising your voice
cultural  3    lose my temper, losing your temper, cross legged, cross-legged, eat with hands, eat with my hands
cultural  3    eat with your hands, family gathering, who pays the bill, checkered, checkered cloth
cultural  3    black and white cloth, incense, burn incense, statues, flowers on the dashboard, put flowers
cultural  3    flowers on, spirits, witch, black magic, barong, maybe later, keeps saying yes, say yes but
cultural  3    says yes but, where i'm going, where are you going, am i married, personal questions, village ceremony
cultural  3    days off for, off for a ceremony, full moon, new moon, holy water, holy mountain, reincarnation
cultural  3    name their children, naming, siblings, respect elders, public affection, holding hands
cultural  3    kissing in public, saying please, saying sorry, work ethic, business culture, work culture
cultural  3    negotiation style, decision making, consensus, hierarchy at, group harmony, harmony
cultural  3    saving someone's face, team building, western habits
cultural  1    driver, maid, housekeeper, gardener, landlord, landlady, neighbours burn, staff, employee, coworker
cultural  1    colleague, indonesian partner, indonesian team, local team, local staff, here in bali, indonesia
cultural  1    indonesian, javanese, javanese family, balinese family, everyone ask, people ask, do people
cultural  1    people here, normal here, is it normal, is it fine to, is it alright to, must i, refusing, refuse
cultural  1    grandparents
business  2    birth certificate, sworn translation, sworn translator, driving licence, driving license
business  2    driver's license, international license, lost my passport, papers are needed, what papers, papers
business  2    vitas, airport fast track, fast track, entity, entities, plot of land, plots, guesthouse, guest house
business  2    in my name, in his name, in her name, in my brother, profit sharing, landlord contract, employees to
business  2    severance, citizenship, naturalisation, naturalization, divorce settlement, divorcing, prenuptial
business  2    alimony, salary, salaries, wages, payslip, loan, mortgage, bank loan, credit, debt, customs, shipping
business  2    ship my, import my, bring my car, bring my cat, bring my dog, quarantine, enrol, school fees, insurance
business  2    health insurance, fund, funds, transfer money, remit, crypto, bookkeeper, turnover, cash flow, premises
business  2    zoning rules, building, construction, contractor, contractors, developer, off plan, off-plan
business  2    down payment, due, overdue, cancel my, reschedule, receipt, submit, submitted, rejected application
business  2    approved, approval, issued, biometric, photo for the visa, visa photo, stamp, stamped, border, entry
business  2    re-entry, reentry, multiple entry, single entry
complex   2    assets be saved, save the assets, which route, what route, best route, which entity, entity fits
complex   2    tax wise, taxwise, cheapest way tax, less tax, pay less tax, tax twice, paying tax twice, twice on
complex   2    close it or sell, sell it or, downgrade, downgrade to, move to a new entity, new entity, in what order
complex   2    in which order, order of, sequence, meanwhile, for each, each of, profit sharing, lose the land
complex   2    lose our, keeping my, without risking, without losing control, different nationalities, their rights
complex   2    consent, employees to move, consolidate, spin off, carve out, options, our options, plan for, planning
complex   2    roll out, set up so that, so that
greeting  3    good to be back, great to be back, alright, alright mate, you still awake, still awake, merry christmas
greeting  3    merry xmas, happy christmas, happy new year, happy birthday, happy holidays, happy easter, happy eid
greeting  3    happy nyepi, happy galungan, happy diwali, season's greetings, evening all, morning all, hi all
greeting  3    introduce myself, wanted to introduce myself, just wanted to introduce, nice chatting
greeting  3    nice talking to you, nice chatting with you, talk later, can i talk to someone, talk to someone here
greeting  3    hope your morning, hope your day, hope you have, remember me, you awake, hello again, hi again
greeting  3    welcome back, welcome, pleasure to meet you, pleasure meeting you, it's been a while, been a while
greeting  3    how is everyone, how's everybody, how are we, how are we doing, how are we today, ahoy, aloha, namaste
greeting  3    ciao for now, later gator, peace out, over and out
# follow: how a short message hangs on the one before: 2 a word that ties it on, 1 a question left half open.
follow    2    and, and then, then, so, so what, next, go on, continue, keep going, carry on, more, tell me more
follow    2    more details, details, what else, anything else, what next, what then
follow    2    why not, why is that, how so, how come, for example, like what, such as, meaning, what do you mean
follow    2    explain more, explain again, explain that, in short, the second one, the first one, the second
follow    2    the first, the third, the last one, same question, also
follow    2    or, but, but why, and if, what if, even if, is that all, is that so, are you sure, can you elaborate
follow    2    elaborate, go deeper, again, repeat that, say that again, expand, expand on, which one, which of
follow    2    ok and, ok so, ok then, okay and, got it and, right and, alright and, another, another one, one more
follow    2    same, instead, besides, because, as for, regarding, with, without, for, if so, simpler
follow    2    shorter, in other words, any alternatives, any other
follow    1    why, really, how long, how long does it, how much is it
follow    1    how much, how many, can i, can it, can they, can you, is it
follow    1    does it, do they, do i, will it, would it, should i, was it, are they, who, when, where, how
follow    1    what, it, that, them, these, those, this, yes please, sure, you sure, cost, price
simple    1    discount, any discount, instalments, installments, photocopies, copies, next step
follow    2    next step, what's next, the next step, next steps, any discount, is there a discount, somewhere else
follow    2    somewhere closer, one more, shorter version, the short version, try again
business  2    opening hours, office hours, your office, do you open, are you open, when do you open, you open on
business  2    open on saturday, open on saturdays, your address, your services, your fees, your prices, price list
business  2    free consultation, book a consultation, speak to a consultant
# refer: points back to what was said.
refer     1    it, it's, its, they, them, that, that's, this, those, these, one, ones, same, both, either, neither
refer     1    former, latter, mentioned, above, before, said, there, else, instead, already
emotional 3    bad person, terrible person, horrible person, am i stupid, i'm stupid, so stupid, i'm an idiot
emotional 3    i'm ugly, cruel to me, mean to me, nasty to me, get over my ex, get over him, get over her, over my ex
emotional 3    move on from, ever be happy, be happy again, happy again, my fault, all my fault, not enough
emotional 3    never enough, feel not enough, feel played, played me, livid, unfair, life is unfair, so unfair, why me
emotional 3    why always me, why do i always, blame myself, hates me, hate me, pathetic, a loser, such a loser
emotional 3    good enough, heavy heart, feels heavy, no one i can tell, missing my kids, miss my kids
complex   3    which one should i choose, which should i choose, which would you choose, which to choose
complex   3    which is safer, safest, safer, safest structure, set-up for, ownership set up, ownership structure
complex   3    partner wants to exit, wants to exit, wants out, exits, leave the company, shield assets, shield
complex   3    shielding, protect assets, protecting assets, protect my assets, business fails, bankrupt, bankruptcy
complex   3    insolvent, insolvency, two countries, both countries, taxed in two, new entity or, or a branch
complex   3    branch or, or representative office, legal steps, legal action, legal options, legal route, auditing me
complex   3    auditing us, being audited, tax inspection, cut tax, reduce tax, lower tax, minimise tax, minimize tax
complex   3    tax saving, save tax, save on tax, voting rights, clauses, clause, company value, revoked, mitigation
complex   3    convertible note, convertible, collateral, pledge, guarantee, crowdfunding, consortium, grant money
complex   3    grants, settlement, mediation, custody, criminal, civil case, creditors, seize, seized, spun off
complex   3    mixed nationality, mixed-nationality, differ between, effects of merging, merging, treaty, effects
complex   3    impact
general   3    guitar, piano, file, excel, spreadsheet, printer, computer, laptop died, charger, battery, repair shop
general   3    fungus, lens, rocket, rockets, astronaut, dinosaur, animals, plants, fruit, vegetables, calories
general   3    skincare, acne, shoes, haircut, lyrics, chords, train, bus, petrol, parking, seasickness, swimming pool
general   3    ask you something, quick question, ask a question, have a question, help me with something, samsung
general   3    cats or dogs

# ==== end of messages ================================================================================================
# what a message names besides its business: feelings, customs, the law, the rest of the world
general   2    proverb
emotional 3    i'm shaking, trembling, wit's end, end of my tether, end of my rope, betrayed me, can't go on
emotional 3    can't take it, can't take this, let me down, breaks my heart, hurts so much, so worried
emotional 3    so lonely, happy tears, tears of joy
emotional 2    refuse me, reject me, turn me down, send me away, bless you, too kind, idiot in front of
cultural  2    first name, last name basis, call me by, call him by, call her by, everyone here, everybody here
cultural  2    everyone asks, everybody asks, they all ask, said yes but, smiles when, smile when, done thing
cultural  2    the done thing, frowned upon
business  2    office address, passport photo, red background, blue background, white background
complex   2    probate, heirs, heir, estate, void, voided, voidable, liable, enforce, enforcing, enforceable
complex   2    evict, eviction, creditor, loan, loans, without board approval, board approval, board resolution
complex   2    minority, majority, legal routes, sequenced, weigh up, draft a, compliance roadmap, buy him out
complex   2    buy her out, buy them out, off the books
general   3    alien, aliens, ufo, ufos, dinosaurs, universe, planets, proverbs, rhyme, rhymes, rhymes with
general   3    synonyms, stain, stains, carpet, puppy, kitten, garden, gardening, knitting, celsius, fahrenheit
general   3    population of, inventor, invented, who invented, olympics, world cup, rugby, tennis, basketball
general   3    netflix, actor, actress, singer, novel, horoscope, zodiac, mastercard, visa or mastercard
general   3    visa and mastercard, mastercard or visa, visa card, visa debit, credit card, make me laugh, sing
general   3    lullaby, quote from, plot of, tv show, tv series, video game, human body, what time is it in
general   3    what's the time, the time in, pasta, chicken, soup, cake, dessert, wine, beer
filler    1    sorry to bother, sorry to bother you, sorry to disturb, sorry to disturb you
filler    1    sorry for bothering you, sorry for the trouble, sorry for your trouble, silly question
filler    1    quick question, at night, by night, all night
general  2.5  photosynthesis, molecule, molecules, atom, atoms, electron, enzyme, enzymes, cell membrane, bacteria, virus, viruses, fossil, fossils, galaxy, galaxies, comet, comets, asteroid, eclipse, orbit, gravity, physics, chemistry, biology, geology, astronomy, algebra, geometry, theorem, equation, fraction, prime number, triangle, soldier, soldiers, army, navy, battle, empire, emperor, medieval, knight, knights, castle, pharaoh, gladiator, viking, vikings, dinosaur, whale, whales, shark, sharks, dolphin, bee, bees, ant, ants, beetle, beetles, butterfly, spider, spiders, snake, snakes, lizard, gecko, frog, elephant, lion, tiger, wolf, wolves, bear, geese, goose, penguin, owl, eagle, feather, feathers, tree, trees, leaf, leaves, seed, seeds, pollen, fog, mist, thunder, lightning, storm cloud, cloud, clouds, snow, glacier, desert, earthquake, tsunami, tide, tides, ocean, novel, novels, chapter, protagonist, playwright, shakespeare, hamlet, poet, sonnet, actor, actress, sitcom, episode, season finale, netflix, marvel, disney, harry potter, star wars, opera, orchestra, violin, drummer, baseball, basketball, cricket, tennis, golf, olympics, world cup, goalkeeper, striker, midfielder, quarterback, referee, penalty kick, chess, poker, checkmate, pawn, minecraft, roblox, fortnite, pokemon, level boss, video game, board game, bible, gospel, noah, moses, zeus, mythology, myth, legend of, dough, yeast, sourdough, oven, frying, marinade, kidney, kidneys, liver, lungs, blood, bone, bones, skull, muscle, muscles, vitamin, headache, sneeze, hiccups, yawn, nails, eyelashes, emoji meaning, tweet, tweets, meme, memes, crossword, sudoku, magic trick, origami, calligraphy, tattoo design
# twofold: words of business that have another life; among strangers they are believed less
twofold   1    bank, notary, interest, bond, bonds, stock, stocks, branch, firm, title, deed, seal, case, court, judge, founder, merger, formation, formed
twofold   1    company, companies, process, contract, contracts, director, directors, strategy, strategies
twofold   1    structure, structured, structuring, agent, agents, agency, share, shares, license, licence
twofold   1    permit, property, properties, capital, price, prices, cost, costs, fee, fees, law, laws, document
twofold   1    documents, compare, comparing, comparison, risk, risks, exit, merge, acquire, conversion, convert
twofold   1    lease, land, plot, zone, invoice, deposit, import, export, partner, partners, client, status
twofold   1    application, apply, register, extension, renew, villa, office, investor, investors, business
twofold   1    scenario, analysis, analyse, analyze, assess, versus, vs, dispute, breach, sponsor, agreement
twofold   1    profit, trademark, patent
# courtesy: what may stand at either end of a message without making it longer
courtesy  1    ok, okay, oki, k, yes, yeah, yep, please, pls, plz, hmm, hm, um, uh, oh, ah, well, lol, haha
courtesy  1    hehe, right, alright, thanks, thx, x, xx
# follow: halves of a sentence whose other half is the message before; what asks about "that" does so too
# (3: points back by itself, whatever else the message names)
follow    3    does that, is that, would that, can that, will that, do those, are those, how much is that
follow    3    how long does that, how long would that, how much would that, does this, is this, what does that
follow    3    by that, what about, how about, whatabout, same for, in that case, that one, this one
follow    3    the other one
follow    2    what does he mean, what do they mean, so that, per person, each
follow    2    in total, the rest, and the rest, only that, nothing else, no other, at most, at least, by when
follow    2    until when, till when, since when, like who, like when, says who, what for, from where, to whom
follow    2    with whom, how soon, how often, which is better, which one's better, the cheaper one
follow    2    the cheapest, the cheaper, the latter, the former, cheaper, faster, step by step, step one
follow    2    step two, step three, tldr, too long, too expensive, whichever, whose, both of them, either one
follow    2    then what, okay then, alright then, so what then, assuming, suppose, supposing, say i, say we
follow    2    otherwise, or else, apart from that, other than that, except, unless, the catch, what's the catch
follow    2    the downside, any downside, the upside, the difference, what's the difference
follow    1    in, at, via, by, online, only, even, not really, do you, do we, does he, does she, do i have to
follow    1    must i, must it, am i, would i, could i, could we, could it, whom
# words of two lives: here they are about something else than business, customs or feelings
general   3    capital letter, capital letters, capital city, capital cities, company of heroes, secret agent
general   3    travel agent, film director, movie director, art director, tv licence, tv license, license plate
general   3    licence plate, number plate, share a photo, share photos, share my screen, share the link
general   3    aston villa, pancho villa, river bank, chemical property, magnetic property, properties of
general   3    chess strategy, game strategy, board game, risk game, structure of a cell, structure of an atom
general   3    sentence structure, boss fight, final boss, like a boss, boss baby, hugo boss, compare iphones
general   3    compare phones, price of gold, price of oil, price of petrol, price of bitcoin, price of tea
general   3    price of milk, void function, return void, sad song, sad songs, sad movie, sad movies, sad film
general   3    sad story, love song, love songs, love story, love poem, happy hour, happy meal, happy ending
general   3    scary movie, scary movies, horror movie, horror movies, angry birds, broken phone, broken compass
general   3    broken laptop, broken zip, broken link, phone is broken, compass is broken, laptop is broken
general   3    car is broken, lost my keys, lost my phone, lost my card, lost my charger, oyster card
general   3    bank holiday, temple run, temple bar, shirley temple, bacterial culture, yogurt culture
general   3    yoghurt culture, pop culture quiz, prayer plant, oscars ceremony, opening ceremony
general   3    olympic ceremony, hello kitty, hello world, good night moon, good morning vietnam, thanksgiving
general   3    test match, pregnancy test, blood test, latest news, latest version, latest episode, latest phone
general   3    latest iphone, exam tips, taxi driver, syntax error, syntax, taxonomy, taxidermy, java coffee
general   3    java code, java program, apis mellifera, rest api, api key, tv show about, character in
general   3    played by, episode of, season of, lyrics of, lyrics to, chords for
# times of day that greet nobody, plain facts, and feelings and customs told in other words
filler    1    last night, this morning, this evening, this afternoon, tomorrow morning, tomorrow evening
filler    1    tomorrow night, yesterday morning, yesterday evening, in the morning, in the evening
filler    1    in the afternoon, every morning, every evening
emotional 3    hollow, feel hollow, house is empty, house is so quiet, without him, without her, hard day
emotional 3    rough one, tough day, proud of us, on my own now
cultural  2    laugh when, laughs when, giggle when, giggle, in return, give back, give something back
cultural  2    return the favour, return the favor, bow to, is it customary
business  2    police certificate, certificate of good conduct, criminal record, police clearance
general   3    how tall, how old is, how deep, how high is, how big is, how heavy, how fast is, who makes
general   3    which company makes, what company makes, director's cut, lego, trivia, chess, monopoly, goldfish
general   3    school project, vinegar, headphones, sticker, stickers, who scored, scored, who won, who painted
general   3    who wrote, who discovered, who directed
# school, science, nature, games, sport, and what is told in books and films
general   3    algebra, equation, equations, fraction, fractions, multiplication, geometry, triangle, isosceles
general   3    trigonometry, chemistry, chemical, molecule, molecules, atom, atoms, physics, biology, botany
general   3    photosynthesis, enzyme, bacteria, virus, muscle, muscles, insect, insects, moth, butterfly, spider
general   3    snake, gecko, shark, turtle, elephant, recycling, planet, planets, dinosaur, noun, verb, adjective
general   3    pronoun, novel, novels, fairy tale, comic, comics, cartoon, anime, manga, harry potter, james bond
general   3    batman, superman, sherlock holmes, star wars, lord of the rings, disney, marvel, netflix, spotify
general   3    playlist, guitar, piano, violin, drummer, singer, actor, actress, video game, videogame, board game
general   3    card game, minecraft, fortnite, pokemon, tetris, scrabble, poker, puzzle, jersey, season ticket
general   3    league, champions league, striker, goalkeeper, basketball, cricket, rugby, formula one, router
general   3    charger, leash
# music, dancing, cards, fairy tales, kitchen, garden, house and play
general   3    clarinet, trumpet, saxophone, cello, flute, orchestra, choir, lyrics, chord, melody, karaoke, ballet
general   3    square dance, tango, salsa, waltz, charades, dominoes, checkers, backgammon, bridge game, board games
general   3    cinderella, snow white, peter pan, santa claus, pinocchio, hogwarts, hobbit, dragon, wizard, witch, unicorn
general   3    sourdough, flour, yeast, cake, cookies, fries, oven, saucepan, whisk, bees, beehive, queen bee, weeds, compost
general   3    hinge, squeaks, squeaky, doorknob, bicycle, bike shed, tennis, golf, yoga pose, knitting, crochet, origami
general   3    riddle, joke, little brother, little sister, hide and seek, crossword, sudoku, karate, telescope, galaxy

# ==== answers: warmth and cultural fit ===============================================================================

# How warm an English answer sounds. The format is explained in id.lex; what the categories mean, in id.lex too.
[warmth]

validation 0.9 so brave, how brave, that's brave, that's amazing, you're amazing, you are amazing, so exciting, that's exciting, that's excellent, feelings are valid, that's valid, it's valid
validation 1.4 it isn't you, it's not you, not your fault, isn't your fault, wasn't your fault, none of this is your fault, it's okay to, it is okay to, it's ok to, okay to feel, ok to feel, completely normal, perfectly normal, totally normal, perfectly fine, completely fine, totally fine, that's fine, that's okay, that's ok, makes sense, makes perfect sense, makes total sense, understandable, completely understandable, totally understandable, perfectly understandable, your feelings are valid, you have every right, every right to, it's only human, only human, it's natural, only natural, no wonder, nothing wrong with, you did nothing wrong, you didn't do anything wrong, you haven't done anything wrong, did nothing wrong, no such thing as a stupid question, no stupid questions, not a stupid question, isn't stupid, not stupid, isn't strange, isn't strange or, isn't silly, not silly, too much to ask, not too much, you're not crazy, not being dramatic, not a burden, not a bother, never doubted you
validation 1.2 great question, good question, excellent question, lovely question, fair question, great idea, good idea, lovely idea, wonderful idea, great choice, good choice, lovely choice, spot on, well done, good job, great job, amazing job, great work, good work, nice work, you did great, you did well, doing great, doing well, doing fine, you're doing, you've done the hard part, done so much, come so far, trying so hard, tried so hard, working hard, worked hard, congratulations, congrats, impressive, i'm impressed, proud of you, so proud, be proud, you should be proud, a real milestone, milestone, big step, so brave, brave of you, takes courage, strong person, you are strong, you're strong, stronger than, how exciting, lovely news, wonderful news, great news, good news, what lovely, what a lovely, how lovely, how wonderful, awesome, wonderful, fantastic, brilliant, you're right, you are right, good point, great point, good thinking, smart move, it shows, appreciate you, appreciate your, we value, valued
validation 0.9 confuses everyone, confuses nearly everyone, confuse anybody, confuse anyone, would confuse, is confusing, really is confusing, are confusing, happens to all of us, happens to the best, happens to everyone, it happens, anyone would be, anyone would, anybody would, anyone in your, so many people, lots of people, you're not the only one, not the only one, not the first, i was the same, i was confused too, same boat, i've been there, been there, i have been there, i went through, i've gone through, i had the same, is a mess, the form is a mess, such a hassle

empathy 1.3 that really hurts, it's not easy, it isn't easy, that's not easy, that can't be easy, can't be easy, cannot be easy, must not be easy, no one should have to, nobody should have to, you've been carrying, so much to carry, a lot to carry, that's a lot, it's a lot, what a day, what a week, rough week, what you've been through, you've been through, i'm here with you, i hear how, thank you for telling, thank you for sharing, thanks for sharing, you don't have to go through, you don't have to do this, don't have to be alone, it's hard to, hard to feel, understandably, of course you, of course you're, of course it hurts, anyone would feel, makes sense that you, you're allowed to, allowed to feel, be gentle with, i'm proud of you, proud of how, it takes strength, grieving, your loss, your pain, your worry, your fear
empathy 0.5 what happened to you, what's wrong, how long have you felt, do you have someone to talk to, do you have anyone, have you talked to anyone, my heart breaks, hope that, hope it, i wish, i lost my, i felt like that, i felt the same, what do you think would help
empathy 1.4 i understand, i completely understand, i totally understand, i do understand, i can understand, i can imagine, i can only imagine, can only imagine, i hear you, i can hear, i feel you, i feel your, i feel for you, feel for you, i know how, i know how hard, i know how you feel, know how you feel, know the feeling, know that feeling, i know it's, i know this, i know the waiting, i know going, i know that, i know what it's like, know what it's like, i get it, i get that, i get you, i see how, i can see how, i can see why, i can relate, can relate, relate to, i relate, i feel the same, feel the same way, felt the same, you're feeling, you are feeling, you must be, you must feel, you must have, that must, that must be, that must have, must be hard, must be so hard, must be hard right now, must be tough, must be difficult, must be exhausting, must be frustrating, must be scary, must be stressful, must feel, how you feel, how hard this is, how hard it is, how stressful, how frustrating, how difficult, how tough, how scary, how painful
empathy 1.3 sounds like, it sounds like, that sounds, sounds really, sounds hard, sounds tough, sounds awful, sounds terrible, sounds rough, sounds difficult, sounds exhausting, seems like you, is exhausting, is hard, it's hard, so hard, really hard, is tough, it's tough, really tough, that sucks, it sucks, that's awful, that's awful timing, awful timing, that's terrible, that's horrible, that's tough, that's rough, that's hard, that's so sad, so sad, heartbreaking, breaks my heart, my heart goes out, sorry to hear, i'm sorry to hear, so sorry to hear, sorry you, sorry you're, sorry you are, sorry that you, sorry for your loss, sorry for you, so sorry you, i'm so sorry, i am so sorry, so sorry, really sorry, very sorry, condolences, sorry this, sorry that this, sorry about your, sorry your, oh no, you're upset, you're worried, you're frustrated, you're going through, going through, through this, what you're going through, been through, deal with this, dealing with
empathy 1.2 how are you, how are you feeling, how are you doing, are you okay, are you ok, are you alright, how's it going, what's on your mind, what's bothering, how do you feel, do you want to talk, want to talk, want to talk about it, wanna talk, talk about it, tell me more, tell me about, tell me a little, tell me as much, care to share, would you like to talk, need to talk, need someone to talk, someone to talk to, if you want to talk, feel free to message, pm me, dm me, message me, here to listen, i'll listen, i'm listening, listen to you, vent, if you want to, if you need to, if you ever need, anything i can do, is there anything, what can i do
empathy 1.2 i get what you mean, get what you mean, what you mean, worst feeling, the worst feeling, you seem, you seem really, must feel so, so lonely, overwhelmed, lonely, holding up, how are you holding up, still hurts, it hurts, that hurts, nobody deserves, no one deserves, you don't deserve, you didn't deserve, didn't deserve that, keep fighting, dms are open, my dms, my inbox, are you safe, safe right now, went through the same, going through the same, going through something similar, something similar, in the same, same thing happened, same situation, similar situation, that really stings, must suck, feels like, it feels like, wish i could help, anyone to talk to, anything you want to share, want to share, would you like to share
empathy 1.0 i hope, hope you, i hope you, hope things, hope this, wish i could, wish you, thinking of you, thoughts are with, praying for you, prayers, i'm glad, so glad, really glad, i am glad, glad you, happy for you, so happy for you, excited for you, i care, we care, care about you, people care, someone cares, feel safe, to feel safe, sleep easy, peace of mind, easier for you, make it easier, easy for you, easiest for you, suits you, works for you, works best for you, more room, i'd hate for you, i wouldn't want you, wouldn't want you, don't want you, i want you to, for your family

reassurance 1.2 rest now, please rest, rest a little, we'll go gently, don't you worry, you needn't worry, no need to rush, never mind, nothing lost, nothing is lost, isn't lost, not too late, it isn't too late, it's not too late, still in time, you won't lose, you can't get it wrong, nobody will mind, nobody minds, no harm done, it won't hurt, you don't have to decide, you don't have to, you needn't, can wait, that can wait, leave that to me, leave that to us, leave it with me, one thing less, off your plate, off your mind, so you don't have to, so that you don't have to, remember to eat, remember to rest, get some sleep, drink some water, sleep well, go easy on yourself, be kind to yourself, look after yourself
reassurance 1.3 don't worry, do not worry, no need to worry, please don't worry, not to worry, no worries, don't panic, no need to panic, don't be afraid, don't be scared, don't be sad, don't give up, never give up, don't be hard on, don't be so hard on, hard on yourself, don't blame yourself, don't rush, please don't rush, don't hesitate, no problem, not a problem, no trouble, it's no trouble, no trouble at all, no bother, no apology needed, no need to apologise, no need to apologize, no need to be sorry, don't apologise, don't apologize, nothing to be ashamed of, no shame, nothing to worry, you're not alone, you are not alone, not alone, never alone, aren't alone, you won't be alone, won't leave you, won't leave you alone, not going anywhere, i'm not going anywhere, isn't the end of the world, not the end of the world, won't mind, don't mind, still won't mind, i don't mind, not cross, i'm not cross, not angry, not mad, nobody will be angry, no one will be angry, won't stop, i won't stop, won't give up, never judge, no judgment, no judgement, won't judge
reassurance 1.2 it's okay, it's ok, its okay, its ok, it is okay, it'll be okay, will be okay, be okay, be ok, be alright, it will be alright, it'll be fine, will be fine, it gets better, gets better, get better, it will get better, things will get better, will pass, this will pass, this too shall pass, you got this, you've got this, you can do it, you can do this, you can get through, get through this, you will get through, hang in there, stay strong, be strong, keep going, keep your head up, chin up, keep it up, keep fighting, there is hope, there's hope, take your time, in your own time, whenever you're ready, whenever you are ready, whenever you like, whenever suits, whenever it suits, whenever you can, no rush, no hurry, no pressure, at your own pace, step by step, one step at a time, one by one, one at a time, one day at a time, little by little, breathe, so breathe, take a breath, deep breath, deep breaths, get some rest, it's easy, is fixable, fixable, can be fixed, can be sorted, can still, there's still time, you still have, still have time, still time, plenty of time, nearly there, almost there, just one more, there are ways, there's a way, there is a way, another way, find a way, find another way, i promise, we promise, rest assured, leave it to us, leave the rest, leave it with, we've got you, got your back, in good hands, day or night, any time, anytime, as often as, as often as you like, as many times, ten times, tomorrow is fine, that's completely, plans change, i'll wait, we'll wait, until you can

affection 1.1 so kind, how kind, you're kind, a kind, kind words, my dear friend, dear friends, so sweet, how sweet, that's sweet, you're special, so glad, i'm glad, very happy, loved it, i loved, love it, love this, love that, love your, i love this, i love that, enjoy your, enjoy the
affection 1.1 love you, we love you, i love, i'd love, would love, you are loved, you're loved, lots of love, with love, sending love, hug, hugs, big hug, sending hugs, virtual hug, sending you, warmly, warm wishes, warmest, dear friend, my friend, sweetheart, darling, beautiful soul, you matter, you are worth, worthwhile, you deserve, deserve better, deserve to be, precious, cherish, delighted, so happy, happy to, i'd be happy, i'm happy, we're happy, glad to, i'd be glad, more than happy, pleasure, my pleasure, with pleasure, a pleasure, be kind to yourself, take care, take care of yourself, look after yourself, be gentle with yourself, treat yourself, safe travels, get well, feel better, best wishes, all the best, good luck, best of luck, fingers crossed, have a great, have a lovely, have a nice, have a wonderful, have a good, you're welcome, so nice, so nice meeting, nice to meet, lovely to meet, nice meeting you, see you, see you soon, see you next, lovely, cheers, good morning, good afternoon, good evening, happy birthday

gratitude 1.0 thank you, thanks, thank you so much, thanks so much, thank you very much, many thanks, thanks a lot, thank you for, thanks for, thanks in advance, so much in advance, grateful, i'm grateful, much appreciated, appreciate it, i appreciate, we appreciate, i really appreciate, would appreciate, really appreciate, being so patient, for being patient, for your patience, for your help, thankful, i'm thankful, thanks again

offer 0.9 i'll do it myself, i'll go myself, i'll check it myself, myself tonight, myself tomorrow, i'm on it, i'll be there, i'll meet you, i'll save you, i'll hold, i'll put, i'll bring, i'll fetch, i'll drop, i'll ask, i'll talk to, i'll speak to, i'll translate, i'll draft, i'll write, i'll book, i'll stand, i'll sit with you, i'll go with you, we'll draft, we'll write, we'll bring, we'll ask, we'll hold, we'll keep you, my number is, here is my number, ring me, call me, text me, whatever the hour, whichever you prefer, whichever suits, if you'd rather, would you rather, say if, tell me if, tell me when, tell me which
offer 0.9 i'll help, i will help, i can help, we can help, we'll help, happy to help, glad to help, here to help, help you, help with, let me help, let me, let me check, let me know, just let me know, let us know, i'll check, i'll look, i'll walk you, walk you through, i'll send, i'll call, i'll ring, i'll remind, i'll wait, i'll keep, keep you posted, i'll come, come along, i'll chase, i'll sort, i'll find, i'll get back, get back to you, i'll prepare, i'll explain, i'll show, i'll arrange, i'll take care, i'll handle, i'll make sure, i'll stay, i'll see, i'll be here, i'll message, i've sent, i've fixed, i've checked, i've prepared, i've already, we'll sort, we'll find, we'll figure, figure it out, we'll get, we'll go, we'll tackle, we'll message, we'll keep, we'll handle, we'll check, we'll make sure, we'll take care, we'll walk, we'll call, we'll fix, we'll look, we'll carry on, we can split, we can move, we can fill, we can get, we can try, we can look, we can do, we can start, we can find, we can make, we can meet, we could, we try, let's, let's try, let's sort, let's see, let's look, let's start, together, with you, by your side, side by side, i'm here, i am here, i'm here for you, here for you, we're here, we are here, there for you, always here, count on, lean on, reach out, reach out to, support you
offer 0.9 shall we, shall i, may i, can i help, could i help, how can i help, can i get you, would you like, would you like me, would you like to, would it help, would that help, would suit, do you want me, do you need, do you have any questions, if you like, if you'd like, if you want, if you need, if you need anything, if you have any, if you prefer, if it's a lot, if that's too, should you need, what works, what works for you, what would you, when would you like, which would you, how about, how does that sound, what about, does that work, does that help, just say the word, say the word, just ask, just message, just send, just call, just tell, just give, feel free, feel free to, please feel free, feel free to ask, ask me, ask as often, alternatively, instead you can, instead we can, as an alternative, i'd suggest, i would suggest, i'd recommend, i suggest, i'd just suggest, maybe we, maybe i, perhaps we, perhaps i, could we, could you, could you maybe, could you send, would you mind, take a look, look over, look into, on your behalf, for you

apology 0.8 sorry, i'm sorry, i am sorry, we're sorry, we are sorry, my apologies, apologies, apologize, apologise, i apologize, i apologise, we apologise, we apologize, our mistake, that was our mistake, my mistake, my bad, our fault, my fault, that's on us, forgive me, forgive us, pardon, excuse me, sorry for, sorry about
request 0.6 i just wanted to, just wondering, just in case, just checking
request 0.7 please, could you please, would you please, if you could, if possible, when you have a moment, when you get a chance, if it's no trouble, would you be able, would it be possible, would it be ok, is it possible, is it ok if, i was wondering, i wonder, wondering if, was wondering if, do you think, do you think you, by any chance, by the way, might, perhaps, maybe, i think, i believe, it seems, i guess, a bit, a little, kindly
kin 0.4 hi, hello, hey, dear, hi there, hey there, hello there, mate, buddy, guys, folks, team
particle 0.3 really, oh, wow, yay, of course, sure, absolutely, certainly, definitely, yes, ok, okay, right now, straight, actually

# Pictures speak alike in all three languages.
affection  0.6  ❤️, 🧡, 💛, 💚, 💙, 💜, 🤍, 💖, 💕, 💗, 💞, 💓, 💝, 🤗, 🥰, 😍, 😘, 🫶, 🫂, 🌸, 🌺, 🌷, 🌹, 💐, <3
gratitude  0.5  🙏
validation 0.5  👏, 🙌, 🎉, 🥳, 💪, 👍, 🌟, 🏆, 🎊
empathy    0.5  😢, 😭, 😔, 😞, 🥺, 💔
particle   0.35 😊, 🙂, 😄, 😀, 😃, 😁, 😉, 😇, ☺️, 😅, 🤝, ✨, 👌, :), ;), :D

# ---- what cools ----
cold_sarcasm -1.6 no thanks to you, thanks for nothing, thanks to you, thank you for nothing, great job on, nice job on, well done on, good job breaking, could you possibly, would it be too much, if it's not too much trouble for you, may i ask why you, might i ask why you, with all the time in the world, every guidebook, as everybody knows, remorse, your royal, lucky us, lucky me, how surprising, how original, what a shock, shocking, who would have thought, who'd have thought, at last you
cold_sarcasm  -0.8 🙄, 🙃, 😏, 😒
cold_contempt -1.0 what the hell, go to hell, i hate you, hate you, you're pathetic, you are pathetic, so basic, it's a joke, you're a joke, an embarrassment, you should be embarrassed, do you really think, did you really think, did you even, do you even, can you not, can you even, is it so hard, is it really so hard, what did you expect, what were you thinking, who told you, who asked you, are you serious, are you kidding, are you joking, really now, oh please, spare me, spare us, give me a break, good grief, for heaven's sake, for god's sake, lol, lmao, haha no, ha ha, cry me a river, cry about it, boohoo, nobody asked, no one asked, nobody cares, no one cares
cold_contempt -0.9 🤦, 😤, 😠, 😡, 🤬, 👎, 🖕, 🤡, 💩, 😑
cold_blame -1.2 why on earth, how come you, why is it that you, you of all people, you never, you still haven't, you still have not, had you read, had you checked, had you asked, if you had read, if you'd read, it says so, it is written, it was written, printed on, it was printed, the date was, was in the email, in the email you, in the message you, read it again, read again, reading helps, reading would have, next time read, next time check, next time ask, a bit late, rather late, late in the day, you waited, you left it, leaving it, that's on you, on your head, nobody forced, no one forced, not for us to, it's up to you whether
cold_blame -0.8 because you, you always, you keep, next time, and this time, on your side, are wrong, is wrong, you didn't
cold_blame -1.5 you should have, you should've, you ought to have, you could have, should have been, should have had, you failed, you have failed, you neglected, your own doing, your own fault, your fault, your mistake, your error, your own mistake, your negligence, your own risk, at your own risk, your responsibility, your own responsibility, your obligation, your problem, that's your problem, not ours, you didn't file, because you didn't, you forgot, you were told, you were warned, you were informed, weren't warned, don't say you weren't, as you were told, were told to, as already, as already explained, already explained, already told, already said, as i said, as i told, as we said, as stated, as previously stated, as mentioned, as clearly, clearly stated, perfectly clear, clearly written, how many times, if you had, had you, and this time, careless, that was careless, carelessness, negligence, negligent, irresponsible, yours was incomplete, your payment was late, why hasn't, why haven't, why didn't you, why did you, why don't you, why can't you, why would you, you got the, you selected is wrong, you are wrong, you're wrong, that is wrong, that's wrong, you have no, wrong password, second time, third time, late again, again and again, your own problem, solely, solely the responsibility
cold_contempt -0.5 crap, shit, fuck, fucking, everyone else, everybody else, waste
cold_contempt -1.6 pay attention, please pay attention, bothered to, bothered to read, who bothered, anyone who, as anyone, as anybody, common sense, obviously, evidently, clearly you, self-explanatory, this is basic, it's basic, simple enough, rocket science, isn't rocket science, not rocket science, how hard can it be, how hard is it, how difficult can, can't even, cannot even, like everyone else, like everybody else, stupid, idiot, idiotic, moron, dumb, fool, foolish, ignorant, ridiculous, pathetic, lazy, incompetent, useless, nonsense, absurd, laughable, garbage, trash, bullshit, shut up, get lost, go away, loser, disgusting, shame on, being dramatic, stop being, get over, get over it, get a grip, grow up, come crying, don't come crying, whine, whining, complain, don't complain, complaining, fuss, make a fuss, if you can't, if you cannot, can't afford, can't handle, no business, you have no business, someone competent, waste of time, wasting, wastes, means nothing, is not enough, isn't enough, it's only, so what, who cares, whatever, big deal, what's wrong with you, what is wrong with you, not a place to, this is not the place, get to the point
cold_dismissal -0.8 by yourself, yourself then, check yourself, check it yourself, do that yourself, find out yourself, ask yourself why, you can wait, wait like, wait until, you'll have to wait, on your own time, someone else can, can't help that, can't help you with
cold_dismissal -0.6 on the website
cold_dismissal -1.5 not our problem, not my problem, not our concern, not our job, not my job, isn't our job, not our responsibility, not my responsibility, not our fault, isn't our fault, it isn't our fault, not our mistake, not our business, none of our, none of my, none of your business, not our department, is not our, isn't our, not ours, outside our scope, falls outside, not within our, beyond our scope, nothing we can do, nothing i can do, nothing to do with us, can't help you, cannot help you, cannot help, unable to help, unable to assist, cannot assist, can't assist, not something we, is not something, don't have time, do not have time, no time, have better things, do it yourself, figure it out yourself, look it up, google it, read the, read the instructions, read the requirements, check your email, check the website, see the website, contact the bank, go elsewhere, look elsewhere, do not contact, don't contact, do not write, do not call, do not reply, do not ask, don't ask, don't bother, don't expect, do not expect, don't say, don't tell, don't waste, don't come, do not disturb, stop asking, stop calling, stop writing, stop complaining, leave me alone, just wait, wait for the, wait your turn, queue like, asking repeatedly, don't care, do not care, couldn't care less, i don't care, we don't care, not interested, not my, not interested in, deal with it, live with it, your loss, too bad, tough luck, take it or leave it, if that is a problem, when it comes, do not offer, don't offer, we don't fill, we don't do, for each person, no further correspondence, no further, not be discussed, will not be considered, not be considered, not something we can
cold_refusal -0.4 no, never, can't, cannot, won't, returned, failed
cold_refusal -1.0 rejected, is rejected, are rejected, has been rejected, have been rejected, denied, declined, refused, dismissed, application returned, sent back, cancelled, is cancelled, not accepted, not possible, impossible, not allowed, not permitted, not available, not eligible, does not meet, do not meet, does not qualify, not meet the requirements, meet our criteria, is final, decision is final, final decision, no exceptions, without exception, under any circumstances, no circumstances, no leniency, leniency, any leniency, will not be, won't be, cannot be, can't be, can not be, are not handled, not handled, not processed, no processing, no payment, no report card, no enrolment, there is no, no reason, there's no, it's too late, too late, almost too late, incomplete, unusable, invalid, unacceptable, inadmissible, void, nope, denied without, it still failed
cold_order -0.8 immediately, at once, right away or, must, you must, you need to, you have to, you are required, do it again, start over, start again, start again from the beginning, from the beginning, come back when, come back next, go to the, go back, try again, correct it, resubmit, submit it again, submit again, must resubmit, be here at, be on time, on time, pay on time, pay the fine, hurry, hurry up, properly, write it down, get a police, and queue, or else, not before, that's it, that's all, end of story, period
cold_bureaucratic -0.6 must be provided, must be filed, must be submitted, must contain, shall be, is required, are required, will be withheld, withheld, will incur, incur, additional charges, penalty, face the penalty, results in, failure to, in accordance, in accordance with, regulations, pursuant to, according to policy, per policy, our policy, company policy, policy, the applicant, applicants, by the applicant, the undersigned, hereby, regarding this matter, in this regard, requests outside, are accepted only, accepted only, papers are, documents must, until payment, deadline, before the deadline, subject to, prior to, obligation, processed in order, are processed, get closed, be considered, correspondence
cold_threat -1.3 or face, or else you, consequences, face the consequences, will be closed, will be deported, you will be fined, you'll regret, or lose, if you get scammed, if you lose
cold_formal -0.9 we regret to inform, regret to inform you, regret to inform, we regret, regrettably, unfortunately, we appreciate your interest, thank you for your interest, your interest, kind regards, regards, best regards, yours sincerely, yours faithfully, to whom it may concern, dear sir, dear madam, dear valued customer, valued customer, dear customer, with all due respect, all due respect, we wish you, wish you a pleasant, pleasant day, thank you for your question, is greatly appreciated, greatly appreciated, kindly invited, you are kindly, for the sake of order, please be advised, please note, kindly note, i'm afraid your, your disappointment, sadly
cold_sarcasm -1.7 well done genius, genius, how clever of you, how clever, clever of you, oh brilliant, oh great, oh wonderful, oh busy, just great, how nice of you, how kind of you, nice of you, what a surprise, surprise surprise, big surprise, for planning ahead, congratulations on being, the very last, very last to, birthday present, really impressive, so impressive, now it's urgent, are we, of course your time, worth more than ours, drop by whenever, whenever you please, good luck finding, good luck with that, magically, poor thing, poor you, poor baby, boo hoo, how unfair, so unfair, life is so unfair, your highness, your majesty, as if, yeah right, sure thing, bravo, slow clap, thanks a bunch, thanks for nothing, gets to wait, wait for you wonderful, not your therapist, what a pity, what a shame, a calendar, naturally it will, though naturally, i'm sure it will all, in your dreams, good for you, must be nice
# what was written and not read, what others manage, lessons for the future, sneers, and doors that close
cold_blame -1.2 it says so, which says so, says so on, as stated, as was stated, was stated, which states, as explained, was explained, already explained, as you were told, you were told, we told you, you'd have found, you would have found, you'd have known, by reading it, before reading, had you read, if you had read, if you'd read, on the first page, on page one, on the back of the form, in the newsletter, in the brochure, in the email you, it was all in, it's all on, been in the newsletter, should have mentioned, you should have, might have been raised, which came from you, as supplied, only use what's supplied, wasn't opened, isn't hard, it isn't hard, isn't difficult, it isn't difficult, not that hard, really isn't hard, in future kindly, in future please, please in future, in future are, next time please, this time please, your end, on your side, nobody asked you, nobody said, nobody told you, it's on you, that's on you, your own affair, at your own risk, before asking, have a look there first, decide once, if you ever
cold_contempt -1.2 everyone else manages, everybody else manages, everyone else seems, others manage, most people manage, seem to manage, people like you, blokes like you, clients like you, one would think, one would have thought, shall we say, apparently, evidently, if that's your lawyer, might have occurred to you, occurred to you, i've a bridge, good luck with that, who told you, you asked for honest, noted with interest, is a matter between, between the two of you, of interest to the family, tends to wear off, not exactly an interrogation, go faster in their, use a translation app, each word, when he has a, when you have a real, grasps the difference
cold_dismissal -1.1 that's the whole of it, that's about it, that is all, nothing more, nothing else, otherwise nothing, anything else or, until then nothing, nothing can be done, no guarantee, means pending, as it stands, or don't, and that's that, take it or leave it, feel this way, you feel that way, no need for special, as usual like everyone, does not alter, just a number, when you've decided, tell me when you've decided, the file stays closed, without acknowledging, has been noted, is noted



# ---- cultural fit ----
[culture]
face_soft 1 i'm afraid, unfortunately, not yet, may not be, might not be, might be difficult, may be difficult, a bit difficult, a little tricky, quite tricky, it could be better, it may be better, it might be better, might be kinder, gently, politely, softly, discreetly, indirectly, in private, privately, one on one, face to face in private, save face, saves face, saving face, keep face, lose face, losing face, without embarrassing, not embarrass, not to embarrass, avoid embarrassing, out of respect, respectfully, with respect, small talk first, a little small talk, ask about family, ask after, ask how they are, first ask, a small gift, be patient, patiently, give it time, give them time, give him time, give her time, through a third person, a go-between, an intermediary, through someone they trust, you may want to, you might want to, perhaps you could, maybe you could, one option, another option, alternatively, as an alternative, would you consider, soft no, soft refusal, soft answer, a soft, both hands, right hand, dress modestly, cover your shoulders, ask permission, ask first, invite them, listen first, build trust, build the relationship
face_blunt 1.4 just say no, say no directly, simply say no, tell him directly, tell her directly, tell them directly, tell them straight, tell him straight, be direct, be blunt, call him out, call her out, call them out, call out, in front of everyone, in front of the team, in front of others, in front of colleagues, in front of his, in public, publicly, demand, insist, insist on, push harder, push him, push them, force them, threaten, threaten to, confront, confront him, confront her, confront them, scold, shout at, yell at, blame them, ignore it, just ignore, ignore the, ignore that, don't bother with, skip the small talk, get straight to business, straight to business, to the point, superstition, superstitious, backward, primitive, weird custom, weird, silly custom, silly, lazy, they are lazy, locals are lazy, typical, unprofessional, waste of time, time is money, you must, you can't, you cannot, no you can't, that's wrong, you're wrong, no way, not possible, impossible
# What hurts tact, whatever is asked: people made typical of where they come from, prying, remarks on looks and age, shame before others.
tactless 1.2 you aussies, you australians, you brits, you british, you americans, you yanks, you indians, you italians, you germans, you dutch, you french, you irish, you russians, you chinese, you nigerians, you africans, you asians, you foreigners, you westerners, you bules, you expats, you women, you ladies, you men, you gays, you people, with nigerians, with indians, being british, being american, being italian, being german, being irish, being a woman, as a woman, typical of, typical brit, typical aussie, like all americans, like all italians, like all germans, like all australians, people like you, your kind, a good one, one of the good ones, mafia
tactless 1.2 at your age, for your age, old lady, old man, granny, grandma, grandpa, young lady, little lady, will your wives, your husband should, ask your husband, does your husband, your husband knows, your wife should, are you married, why are you not married, why aren't you married, not married yet, do you have children, no children, why no children, your religion, what religion, are you pregnant, you look pregnant, lost weight, gained weight, put on weight, pretty lady, beautiful lady, handsome, you poor thing, poor thing, wheelchair bound, handicapped, crippled, normal people, your english is good, better place, god has planned, god planned, god's plan, god willing, don't be sad, do not be sad, move on, at least he, at least she, time heals, everything happens for a reason
tactless 1.2 named and shamed, for all to see, so everyone can see, so others can learn, as an example to, wait in line like, just relax, calm down, relax a little, be patient a little, patience is beautiful, all good things come to those who wait, we are all family here, one big family, you surely understand, you will regret, you'll regret, after all we did, after everything we, we are disappointed, very disappointed
# Private life, by its part: 0.1 husband or wife, 0.2 children and parents, 0.3 faith, 0.4 age and body. A reply that asks for a
# part that the user told nothing of pries.
private 0.1 the father, the mother, is the wife, new man, new wife, husband, wife, boyfriend, girlfriend, fiance, fiancee, married, marry, marriage, divorced, divorce, are you single, still single, spouse, dating
private 0.2 children, child, kids, kid, baby, babies, pregnant, son, daughter, mum, mom, dad, in-laws
private 0.3 religion, religious, faith, pray, convert, converted, believe in god, church, mosque, temple
private 0.4 how old, what age, your age, your weight, diet, thin, fat, skin colour, illness, disease
# A people, and what makes it typical in the same sentence, where nobody asked about customs.
people 1.2 nigerians, indians, chinese, africans, asians, arabs, russians, germans, italians, frenchmen, the french, the dutch, dutchmen, brits, englishmen, scots, irishmen, aussies, australians, kiwis, americans, yanks, texans, canadians, israelis, jews, muslims, christians, hindus, catholics, koreans, japanese, filipinos, indonesians, javanese, balinese people, bules, westerners, europeans, spaniards, greeks, turks, poles, swedes, women, men, ladies, gays, old people
typify 1 always, never, usually, typically, love, hate, naturally, by nature, famous for, known for, notorious, tend to, are like that, are so, can't help, no wonder, ha, haha, hehe, careful with, understand why, at it again
# Who mourns, and what they are spared then: money, haste, joy.
grief 1 died, dies, dead, death, passed away, passed on, has passed, funeral, funerals, cremation, cremated, buried, burial, late husband, late wife, late father, late mother, widow, widower, mourning, bereaved, bereavement, lost my husband, lost my wife, lost my father, lost my mother, lost my dad, lost my mum, lost my mom, lost my son, lost my daughter, lost a baby, miscarriage, stillborn, in hospital, in a coma, cancer, stroke, terminal
press 1.2 please transfer, transfer the deposit, deposit, payment, invoice, balance, due today, payable, pay by, pay today, overdue, outstanding, as soon as possible, immediately, without delay, urgently, today, deadline, late fee, congratulations, congrats, exciting, fun, party, enjoy, celebrate, cheer up
locale_local 0.8 your time, my time here, here in bali, in bali time, your local time, local time, australian time, perth time, sydney time, london time
locale_local 1 rp, idr, rupiah, million rupiah, western indonesia time, central indonesia time, bali time
locale_foreign 1 usd, dollars, dollar, us dollars, euros, euro, pounds, gmt, utc, est, pst, eastern time, pacific time, cet
locale_greeting 0.1 hello, hi, hey, hi there, hello there, greetings, dear
locale_greeting 0.2 good morning, morning
locale_greeting 0.4 good afternoon, afternoon
locale_greeting 0.5 good evening, evening, good night
ground 1 rama and sita, island of the gods, eat pray love
# title: what people are called by, and whose it is: 0.1 a man, 0.2 a woman, 0.3 doctor, 0.4 professor, 0.5 lawyer, 0.6 clergy,
# 0.7 engineer; 0.9 pet names; 1 more for what one calls the young. feast: whose it is: 0.1 Christians, 0.2 Muslims, 0.3 Hindus, 0.4 Chinese, 0.5 Buddhists, 0.6 Jews.
title 0.1 mr, pak, bapak, bli
title 0.2 mrs, ms, miss, ibu, bu
title 1.1 mas
title 1.2 mbak
title 1.0 kak
title 0.3 dr, doctor
title 0.4 prof, professor
title 0.5 counsel, attorney
title 0.6 sister, father, reverend, rev, pastor, imam, rabbi, monsignor
title 0.7 captain, colonel, ambassador, judge
title 0.9 buddy, bro, honey, hun, sweetie, sweetheart, darling, pal, babe, dude, my dear, dearie, boss, chief, champ, bestie
feast 0.1 christmas, xmas, easter, good friday, church, mass, catholic, christian
feast 0.2 eid, eid al fitr, ramadan, lebaran, fasting, mosque, iftar, muslim, islam
feast 0.3 diwali, deepavali, holi, galungan, kuningan, nyepi, saraswati, odalan, hindu, saka
feast 0.4 chinese new year, lunar new year, imlek
feast 0.6 shabbat, sabbath, hanukkah, chanukah, passover, pesach, purim, rosh hashanah, yom kippur, bar mitzvah, bat mitzvah, synagogue, kosher, rabbi, jewish
feast 0.5 vesak, waisak
# The register of an answer; the language has few marks of it.
register_formal 1 perusal, most respected, honourable, humbly, gracious, graciously, your good self, enquiry, commence, aforementioned, transmit, remit, undersigned, we trust that, it is a great honour, esteemed, kindly, shall, herewith, furnish, hereby, pursuant, dear sir, dear madam, dear sirs, yours sincerely, yours faithfully, be so kind, at your earliest convenience, i remain, we remain, be so bold, enclosed please, please be advised, please be informed, be advised, cordially, to whom it may concern, most grateful, regards, dear dr, dear mr, dear mrs, dear ms, dear professor, trust this finds you, forthwith, should you require
register_casual 0.8 hey, yeah, yep, yup, nope, gonna, wanna, lol, haha, hahaha, hehe, cheers, no worries, no probs, no prob, awesome, super easy, guys, folks, hiya, heya, thx, ta, pls, tbh, btw, loads of, bit of a, pop by, pop in, chuck, grab a, shoot me, ping, all good, sweet as, easy peasy, kinda, sorta, dunno, cuz, u, ur
register_slang 1.2 mate, bro, bruh, dude, arvo, legend, legends, yo, fam, homie, ain't, y'all, gotcha, sup, wassup, innit, gnarly, lit, dope, sick one, hella, heaps, no biggie, chill, chillax, peeps, rad, stoked, babes, coz
ground 1 considered polite, considered rude, seen as rude, seen as polite, sign of respect, shows respect, a mark of respect, out of respect, would be rude, is rude, takes offence, cause offence, shame, losing face, lose face, save face, saving face, shoes off, take off your shoes, bare feet, cover your knees, cover your shoulders, sash, waist sash, traditional dress, white clothes, dark clothes, soles of, feet toward, point with the thumb, thumb, head is, touch the head, sacred, holy water, incense, full moon, new moon, dark moon, temple festival, anniversary of the temple, family temple, daily offerings, morning offerings, purification, tooth filing, cremation, ritual impurity, forgiveness, ask forgiveness, ngembak geni, seven days, seventh day, prayers at night, envelope, rice and sugar, rice or sugar, village head, head of the banjar, neighbourhood head, banjar, klian, kelian, gotong royong, sungkan, malu, basa-basi, jalan-jalan, kulkul, firecrackers, first-born, firstborn, birth order, second-born, oldest, eldest, elder brother, older than you, mother-in-law, in-laws, extended, voice low, raised voice, raise your voice, lower your voice, smile, a smile, yes may mean, polite yes, belum, not yet means, rubber time, reciprocate, return the favour, leftovers, a little of everything, taste a little, sip, decline twice, offer twice
ground 1 face, loss of face, hierarchy, respect for elders, elders, seniority, harmony, consensus, mutual help, community, ceremony, ceremonies, offering, offerings, temple, temples, shrine, day of silence, silent day, fasting, fasting month, holiday allowance, homecoming, extended family, indirect, indirectness, indirect no, relationship, relationships, trust first, auspicious, auspicious day, village council, customary law, sarong, left hand, right hand, small talk, gift, modesty, ancestors, balinese calendar

# ==== does an answer say anything? =====================================================================================

[sense]
# Things, times and steps: an answer that helps is full of them.
concrete 1 today, tonight, tomorrow, yesterday, monday, tuesday, wednesday, thursday, friday, saturday, sunday, january, february, march, april, june, july, august, september, october, november, december, next week, next month, this week, this afternoon, this morning, noon, hour, minute, day, days, week, weeks, month, months, year, years, one, two, three, four, five, six, seven, eight, nine, ten, hundred, thousand, million, per cent, percent, working days
concrete 1 send, sent, photo, scan, number, address, office, counter, desk, letter, page, form, sign, signed, signature, stamp, pay, paid, payment, transfer, account, receipt, invoice, bill, fee, cost, price, free, fine, list, register, registered, file, filed, apply, application, report, issued, valid until, requirement, document, papers, copy, original, link, app, website, portal, email, phone, call, ring, collect, bring, hand in, keep, check, fill, click, upload, download, use, choose, change, cancel, postpone, book, appointment, queue, officer, owner, seller, buyer, rent, lease, house, room, scooter, car, land, bank, police, doctor, clinic, school, work, staff, salary, contract, clause, rule, permit, step, first, second, third, before, after, at the latest, at least, at most, enough, draft, template, renew, expires, expired, deadline
# Words of feasts and poems, of praise for oneself, and proverbs.
hollow 1 love, loved, beloved, dearest, darling, sweetheart, honey, sweetest, loveliest, sunshine, angel, soul, souls, heart, hearts, heartbeat, universe, heaven, rainbow, rainbows, stars, star, moonbeam, light, blessing, blessings, blessed, bless, namaste, forever, eternal, evermore, always, dreams, dream, bloom, whisper, hum, embrace, hug, hugs, cuddle, cuddles, kisses, cherish, cherished, treasured, adore, adored, precious, gentle, gently, tender, warmth, kindness, compassion, grace, gratitude, joy, happiness, harmony, peace, hope, beauty, beautiful, sacred, honour, honor, holding space, hold space, journey, unfolding, spirit, valid, feelings, emotions, empathy, magnificent, fabulous, extraordinary, brilliant, insightful, inspiring, visionary, talent, genius, legend, amazing, wonderful, award-winning, heart-led, purpose-driven, people-first, customer-obsessed, excellence, passion, vision, mission, values, in awe, over the moon, smile, smiles, sanctuary, frangipani, empowerment, belonging, wellbeing
hollow 1.5 still waters run deep, a bird in the hand, slow and steady wins the race, every cloud has a silver lining, where there's a will, there's a way, rome wasn't built in a day, honesty is the best policy, a journey of a thousand miles, patience is a virtue, when one door closes, every dog has its day, many hands make light work, a friend in need, home is where the heart is, actions speak louder than words, better late than never, all that glitters, the early bird, a penny saved, practice makes perfect, time heals all wounds, good things come to those, when life gives you lemons, what goes around, the best things in life, laughter is the best medicine, as the wise say, as my granny, actions speak, easier said than done, at the end of the day, trust the process, everything happens for a reason

# ==== end of answers =================================================================================================
