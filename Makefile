#: make               build berdua; says what is missing, installs nothing
#: make deps          install the libraries and what the tests need (apt-get; elsewhere prints the line to run)
#: make demo          make deps, build, play recorded exchanges
#: make check         make deps, build, run every test; T=word only the test programs whose name holds it
#: make check-asan    the same under ASan and UBSan; check-tsan under TSan; check-built without make deps
#: make check-peers   the program with servers, Chromium and loaders of exports; all fetched below build/
#: make check-team    a team of eight around a real PostgreSQL, which is killed, stopped and started again
#: make install       copy program, manual and documents below DESTDIR/PREFIX (PREFIX=/usr/local)
#: make deb            the Debian package and what lintian says of it, below build/deb (debhelper, lintian)
#: make uninstall     remove them
#: make lint          the rooms, the format, cppcheck, the manual (make deps-dev installs the tools)
#: make screens       the chat's screens anew, which the tests compare with (tests/data/screens)
#: make format        clang-format everything; make map writes the rooms into README
#: make fuzz          the fuzz targets, FUZZ_S seconds each
#: make bench         the benchmarks; T=word only some
#: make train         the scores' weights again, from DATA=folder; make eval-measure tells how good they are
#: make clean         remove what was built
#: DEV=1              warnings are errors; V=1 shows the commands; VARIANT=asan|tsan another build
PREFIX  ?= /usr/local
DESTDIR ?=
V       ?= 0
VARIANT ?= release
B       := build/$(VARIANT)

# The libraries as pkg-config knows them, each with the oldest version that has what is called:
# init_extended_pair, CURLOPT_QUICK_EXIT, cJSON_ParseWithLengthOpts, rl_callback_sigcleanup, RETURNING,
# utf8proc_map_custom, MD_BLOCK_TABLE_DETAIL; yaml-0.1 and vterm as far back as they are packaged.
NEEDS      := ncursesw=6.1 libcurl=7.87.0 libcjson=1.7.13 readline=7.0 yaml-0.1=0.1.4 sqlite3=3.35.0 libutf8proc=2.1.0 md4c=0.4.6 libpq=10
TEST_NEEDS := cmocka=1.1.5 vterm=0.1

PACKAGES      := $(foreach n,$(NEEDS),$(firstword $(subst =, ,$n)))
TEST_PACKAGES := $(foreach n,$(TEST_NEEDS),$(firstword $(subst =, ,$n)))

CC     ?= cc
CSTD   := -std=c11 -D_DARWIN_C_SOURCE
WARN   := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers
# Warnings are errors for those who work on berdua and in .ci/run, not for a user with another compiler.
WERROR ?= $(if $(DEV),-Werror)
# A user's build has no assertions: it survives what a developer's build would point out.
OPT.release := -O2 -g $(if $(DEV),,-DNDEBUG)
OPT.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
OPT.tsan    := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
OPT.fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS ?= $(OPT.$(VARIANT))

# Asked of pkg-config once, when first used: by then `needs` has said what is missing.
once = $(eval $1 := $(shell $2))$($1)
PKG_CFLAGS = -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700 \
	$(filter-out -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=600,$(call once,LIB_CFLAGS,pkg-config --cflags $(PACKAGES)))
# libcurl and libpq are loaded on first use, so they are not linked; see net/libcurl.h.
PKG_LIBS = $(call once,LIB_LIBS,pkg-config --libs $(filter-out libcurl libpq,$(PACKAGES))) -ldl -lpthread -lm
TEST_CFLAGS = $(call once,TEST_LIB_CFLAGS,pkg-config --cflags $(TEST_PACKAGES))
TEST_LIBS   = $(call once,TEST_LIB_LIBS,pkg-config --libs $(TEST_PACKAGES))

VERSION := 0.1.0
BASE_CFLAGS = $(CSTD) $(WARN) $(WERROR) $(CFLAGS) -Iinclude -Isrc -I$(B)/gen -DBERDUA_VERSION='"$(VERSION)"' $(PKG_CFLAGS) -MMD -MP
ALL_CFLAGS = $(BASE_CFLAGS)
LDFLAGS += $(filter -fsanitize=%,$(CFLAGS))
# See net/libcurl.c.
ifeq ($(shell uname -s),Linux)
BIN_LDFLAGS := -Wl,--export-dynamic-symbol=_gnutls_global_init_skip
endif

SRC     := $(filter-out src/tools/%,$(sort $(wildcard src/*/*.c src/*/*/*.c src/*/*/*/*.c)))
GEN     := $(B)/gen/embedded.c
OBJ     := $(SRC:%.c=$(B)/%.o) $(B)/gen/embedded.o
LIB     := $(B)/libberdua.a
BIN     := $(B)/berdua
THEMES  := $(sort $(wildcard themes/*.yaml))
# What the scores know: word lists and weights.
SCORING := $(sort $(wildcard src/measure/lexicon/*.lex src/measure/weights/*.txt)) src/route/crisis.txt
INSIGHTS := src/knowledge/insights.txt
PAGES   := src/report/html/page.css
PROMPTS := src/engine/policy/context_en.txt src/engine/policy/context_id.txt src/jiwa/prompt.txt \
	src/judge/rubric.txt src/judge/reply_schema.json src/team/server.sql

UNIT    := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(sort $(wildcard tests/unit/*/test_*.c)))
SCREEN  := $(patsubst tests/screen/%.c,$(B)/tests/screen/%,$(sort $(wildcard tests/screen/test_*.c)))
CLI     := $(sort $(wildcard tests/cli/test_*.sh))

ifeq ($(V),0)
Q := @
say = @printf '  %-6s %s\n' $(1) $(2);
else
Q :=
say =
endif

.PHONY: all help berdua demo run check screens check-built check-asan check-tsan check-peers check-peers-built check-team \
	check-team-built fuzz \
	fuzz-built bench bench-built train eval-measure install uninstall clean needs needs-tests deb deps deps-dev lint format \
	map always
.DELETE_ON_ERROR:

all: berdua

berdua: needs
	$(Q)$(MAKE) --no-print-directory $(BIN)
	$(Q)ln -sf $(BIN) berdua

# Says which libraries are missing or too old. Nothing is installed and nobody is asked for root here.
needs:
	$(Q)NEEDS="$(NEEDS)" sh .ci/deps check
needs-tests:
	$(Q)NEEDS="$(NEEDS) $(TEST_NEEDS)" sh .ci/deps check

help:
	@sed -n 's/^#: //p' Makefile

$(BIN): $(B)/src/main.o $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) $(BIN_LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS)

$(LIB): $(OBJ)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $(OBJ)

# Other flags than the last time: everything is compiled again.
$(B)/flags: always
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(BASE_CFLAGS))' | cmp -s - $@ || echo '$(subst ','\'',$(CC) $(BASE_CFLAGS))' > $@

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(B)/gen/embedded.o: $(GEN) $(B)/flags
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(B)/gen/embedded.c: $(B)/tools/embed $(B)/tools/tapes src/demo/exchanges.txt $(THEMES) $(SCORING) $(INSIGHTS) $(PROMPTS) $(PAGES)
	@mkdir -p $(B)/gen/demo && rm -f $(B)/gen/demo/*
	$(call say,EMBED,$@)$(B)/tools/tapes src/demo/exchanges.txt $(B)/gen/demo && \
		$(B)/tools/embed $(THEMES) $(SCORING) $(INSIGHTS) $(PROMPTS) $(PAGES) src/demo/exchanges.txt $(B)/gen/demo/*.cassette > $@

$(B)/tools/%: src/tools/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(CSTD) -O1 -o $@ $<

# ---- weights ----
# `make train DATA=folder` makes the shipped weights again, bit for bit, from the public sets named in their heads.
DATA   ?= data
MODELS := language category_words category_mix politeness affect care considerate considerate_mix
TRAIN  := $(patsubst %.c,$(B)/%.o,$(sort src/tools/fit.c $(wildcard src/tools/train*.c)))
$(B)/src/measure/evidence.o $(TRAIN): ALL_CFLAGS += -ffp-contract=off
$(B)/tools/train: $(TRAIN) $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $(TRAIN) $(LIB) $(PKG_LIBS)
train: $(B)/tools/train
	$(Q)for m in $(MODELS); do \
		$(B)/tools/train $$m $(DATA) > $(B)/$$m.weights && mv $(B)/$$m.weights src/measure/weights/$$m.txt || exit 1; done
# How well the scores do, in one table: no row by weights that were trained on it. SPLIT=name instead scores that part of
# tests/data with the weights as shipped (dev, dev2 and the hands train some of them: it says so). DATA as above; EVAL=-v
# lists each mistake.
SPLIT ?=
EVAL_ANSWERS := $(sort $(wildcard tests/eval/eval_answers.c tests/eval/eval_replies.c))
EVAL_OBJ := $(patsubst %.c,$(B)/%.o,$(filter-out $(EVAL_ANSWERS),$(sort $(wildcard tests/eval/*.c))))
EVAL_ANSWERS_OBJ := $(EVAL_ANSWERS:%.c=$(B)/%.o) $(filter-out %/train.o,$(TRAIN))
$(B)/tests/eval_measure: $(EVAL_OBJ) $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)
$(B)/tests/eval_answers: $(EVAL_ANSWERS_OBJ) $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)
eval-measure: $(B)/tests/eval_measure $(B)/tests/eval_answers
	$(Q)$(B)/tests/eval_measure --data $(DATA) $(if $(SPLIT),--split $(SPLIT)) $(EVAL)
	$(Q)BERDUA_DATA=$(DATA) $(B)/tests/eval_answers $(SPLIT) $(EVAL)

# ---- tests ----
# Every test program is cmocka: unit tests beside nothing but the library; screen tests drive the real
# binary in a pty (tests/screen/harness.c) against the stand-in server (tests/standin/).
STANDIN   := $(filter-out %/server_main.c,$(sort $(wildcard tests/standin/*.c)))
HARNESS   := $(filter-out $(wildcard tests/screen/test_*.c),$(sort $(wildcard tests/screen/*.c)))
RIGS      := $(sort $(filter-out $(wildcard tests/unit/*/test_*.c),$(wildcard tests/unit/*/*.c)))
TEST_OBJ  := $(patsubst %.c,$(B)/%.o,$(STANDIN) $(HARNESS) $(RIGS))

$(B)/tests/%.o: ALL_CFLAGS += $(TEST_CFLAGS) -Itests
$(B)/tests/unit/%: $(B)/tests/unit/%.o $(LIB) $(TEST_OBJ)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $< $(TEST_OBJ) $(LIB) $(TEST_LIBS) $(PKG_LIBS)
$(B)/tests/screen/%: $(B)/tests/screen/%.o $(LIB) $(TEST_OBJ)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $< $(TEST_OBJ) $(LIB) $(TEST_LIBS) $(PKG_LIBS)
$(B)/tests/standin_server: $(B)/tests/standin/server_main.o $(STANDIN:%.c=$(B)/%.o) $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $^ -lpthread
.SECONDARY:

# T=name builds and runs only the test programs whose name holds it.
ALL_TESTS := $(UNIT) $(SCREEN)
TESTS     := $(if $(T),$(foreach t,$(ALL_TESTS),$(if $(findstring $(T),$(notdir $t)),$t)),$(ALL_TESTS))
check: deps
	$(Q)$(MAKE) --no-print-directory check-built VARIANT=$(VARIANT)
check-built: $(BIN) $(TESTS)
	$(Q)BERDUA_BIN=$(abspath $(BIN)) BERDUA_SRC=$(CURDIR) sh tests/run.sh $(B) $(TESTS)
check-asan: deps
	$(Q)$(MAKE) --no-print-directory check-built VARIANT=asan
screens: $(B)/tests/unit/ui/test_screens
	$(Q)BERDUA_SRC=$(CURDIR) BERDUA_WRITE_SCREENS=1 $< >/dev/null
check-tsan: deps
	$(Q)$(MAKE) --no-print-directory check-built VARIANT=tsan

# The program through servers that others wrote: nginx and squid (Debian's, unpacked under build/peers where they are not
# installed), aimock and Chroma (npm's); the report's page in Debian's Chromium, looked over by axe-core; and its exports in
# ajv, a chat template, DuckDB and pandas. Without one of them it fails.
PEERS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/peers/test_*.c)))
check-peers: needs-tests
	$(Q)$(MAKE) --no-print-directory check-peers-built
check-peers-built: $(BIN) $(PEERS)
	$(Q)BERDUA_BIN=$(abspath $(BIN)) BERDUA_SRC=$(CURDIR) sh tests/peers/run.sh build/peers $(B) \
		$(if $(T),$(foreach t,$(PEERS),$(if $(findstring $(T),$(notdir $t)),$t)),$(PEERS))
$(B)/tests/peers/%: $(B)/tests/peers/%.o $(LIB) $(TEST_OBJ)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $< $(TEST_OBJ) $(LIB) $(TEST_LIBS) $(PKG_LIBS)

# A team around a real PostgreSQL (Debian's, unpacked under build/team where none is installed). TEAM_EVENTS=10000: the long form.
TEAM := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/team/test_*.c)))
check-team: needs-tests
	$(Q)$(MAKE) --no-print-directory check-team-built
check-team-built: $(BIN) $(TEAM)
	$(Q)BERDUA_BIN=$(abspath $(BIN)) BERDUA_SRC=$(CURDIR) sh tests/team/run.sh build/team $(B) $(TEAM)
$(B)/tests/team/%: $(B)/tests/team/%.o $(LIB) $(TEST_OBJ)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $< $(TEST_OBJ) $(LIB) $(TEST_LIBS) $(PKG_LIBS)

# Every text passes through these, and a report of each comparison in them takes most of a run's time and finds nothing.
ifeq ($(VARIANT),fuzz)
$(patsubst %,$(B)/src/%.o,base/buf base/safe base/utf8 ui/text/line ui/edit/entry_rows): \
	ALL_CFLAGS += -fno-sanitize-coverage=trace-cmp
endif
# Each fuzz target runs FUZZ_S seconds over tests/fuzz/corpus/NAME, or FUZZ_RUNS inputs from a fixed seed.
FUZZ      := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_S    ?= 10
FUZZ_RUNS ?= 0
fuzz: needs-tests
	$(Q)$(MAKE) --no-print-directory fuzz-built VARIANT=fuzz CC=clang
FUZZES    := $(if $(T),$(foreach t,$(FUZZ),$(if $(findstring $(T),$(notdir $t)),$t)),$(FUZZ))
fuzz-built: $(FUZZES)
	$(Q)sh tests/fuzz/run.sh $(FUZZ_S) $(FUZZ_RUNS) $(FUZZES)
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS)

# Prints tables with ratios; T=name builds and runs only the benches whose name holds it. See tests/bench/README.md.
BENCH     := $(patsubst tests/bench/%.c,$(B)/tests/bench/%,$(sort $(wildcard tests/bench/bench_*.c)))
YARDSTICK := $(B)/tests/bench/yardstick
BENCH_OBJ := $(patsubst %.c,$(B)/%.o,$(filter-out tests/bench/bench_% tests/bench/yardstick.c,$(sort $(wildcard tests/bench/*.c))))
bench: needs-tests
	$(Q)$(MAKE) --no-print-directory bench-built
BENCHES   := $(if $(T),$(foreach t,$(BENCH),$(if $(findstring $(T),$(notdir $t)),$t)),$(BENCH))
bench-built: $(BIN) $(if $(findstring bench_screen,$(BENCHES)),$(YARDSTICK)) $(BENCHES)
	$(Q)for b in $(BENCHES); do \
		BERDUA_BIN=$(abspath $(BIN)) BENCH_YARDSTICK=$(abspath $(YARDSTICK)) $$b || exit 1; done
$(YARDSTICK): $(YARDSTICK).o
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $< $(shell pkg-config --libs ncursesw libcurl)
$(B)/tests/bench/%: $(B)/tests/bench/%.o $(BENCH_OBJ) $(LIB) $(TEST_OBJ)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $< $(BENCH_OBJ) $(TEST_OBJ) $(LIB) $(TEST_LIBS) $(PKG_LIBS)

# ---- everyday targets ----
deps:
	$(Q)NEEDS="$(NEEDS) $(TEST_NEEDS)" sh .ci/deps install

# What lint and fuzz need besides.
deps-dev:
	$(Q)NEEDS="$(NEEDS) $(TEST_NEEDS)" TOOLS="clang clang-format cppcheck mandoc zsh fish" sh .ci/deps install

demo: deps
	$(Q)$(MAKE) --no-print-directory berdua
	$(Q)./berdua --demo

run: all
	$(Q)./berdua

lint: $(BIN)
	$(Q)sh tests/lint/lint.sh $(B)

# Writes the map of the rooms into README, from tests/lint/rooms.
map:
	$(Q)sh tests/lint/map.sh write

format: map
	$(Q)clang-format -i $$(git ls-files '*.c' '*.h')

DOC := $(wildcard README.md config.yaml.example LICENSE)
MAN := $(wildcard man/*.[157])
COMPLETION.bash := bash-completion/completions/berdua
COMPLETION.zsh  := zsh/site-functions/_berdua
COMPLETION.fish := fish/vendor_completions.d/berdua.fish
COMPLETIONS     := $(COMPLETION.bash) $(COMPLETION.zsh) $(COMPLETION.fish)
install: all
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin share/doc/berdua share/man/man1 share/man/man5 share/man/man7)
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/berdua
	install -m 644 $(DOC) $(DESTDIR)$(PREFIX)/share/doc/berdua
	$(foreach m,$(MAN),install -m 644 $m $(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $m))/$(notdir $m);)
	install -d $(addprefix $(DESTDIR)$(PREFIX)/share/,$(dir $(COMPLETIONS)))
	$(foreach s,bash zsh fish,$(BIN) completion $s >$(DESTDIR)$(PREFIX)/share/$(COMPLETION.$s);)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/berdua $(foreach m,$(MAN),$(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $m))/$(notdir $m))
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/berdua
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/share/,$(COMPLETIONS))

# From a copy of the sources as they stand here; debhelper, lintian and dpkg-dev are the packager's to install.
deb:
	$(Q)sh .ci/deb $(VERSION)

clean:
	rm -rf build berdua

-include $(shell find build \( -path build/peers -o -path build/team \) -prune -o -name "*.d" -type f -print 2>/dev/null)
