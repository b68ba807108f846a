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
cultural  3    proverb, dialect, formal language, slang, western people, westerners, foreigners behave, expats behave
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
general   3    bicycle, bike, shopping, market, mall, supermarket, discount, instagram, tiktok, youtube, photo, photos
general   3    camera, university, homework, essay, exam, rewrite, rephrase, summarise, summarize, proofread, caption
general   3    what time is it, time zone, timezone, what day is, mosquitoes, waterfall, temperature, book, books
general   3    podcast, workout, diet, protein, water
general   1    explain, tell me about, tell me something, write, give me, ideas, idea, example, best, near me, nearby
general   1    nearest, close by, trip, travel, vacation, holiday, birthday, funny, cheap, tonight, weekend, fun fact
general   1    random, guess, fix, english, learn
# follow: a short message that hangs on the one before.
follow    2    and, then, and then, so, next, go on, continue, keep going, carry on, more, tell me more, more details
follow    2    details, what about, how about, what else, anything else, what next, what then, why, why not
follow    2    why is that, how so, how come, really, for example, like what, such as, meaning, what do you mean
follow    2    explain more, explain again, in short, the second one, the first one, the second, the first
follow    2    the last one, the other one, that one, this one, same for, same question, also, or, but, but why
follow    2    and if, what if, even if, is that all, is that so, are you sure, you sure, sure, how long does that
follow    2    how much is that, how much is it, how much would that, how long, and how, and how much, and the
follow    2    and for, and what, and in, can i, can you elaborate, elaborate, go deeper, again, repeat that
follow    2    say that again, expand, which one, who, when, where, it, that, them, these, ok and, ok so, okay and
follow    2    got it and, yes please, ok then, alright and

# ==== end of messages ================================================================================================


# ==== answers: warmth and cultural fit ===============================================================================


# ==== end of answers =================================================================================================
