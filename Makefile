# berdua: `make demo` and `make check` are all a newcomer needs.
PREFIX  ?= /usr/local
DESTDIR ?=
V       ?= 0
VARIANT ?= release
B       := build/$(VARIANT)

PACKAGES      := ncursesw libcurl libcjson readline yaml-0.1 sqlite3 libutf8proc md4c
TEST_PACKAGES := cmocka vterm

CC     ?= cc
CSTD   := -std=c11 -D_DARWIN_C_SOURCE
WARN   := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wconversion -Wno-sign-conversion
WERROR ?= -Werror
OPT.release := -O2 -g
OPT.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
OPT.tsan    := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
OPT.fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS ?= $(OPT.$(VARIANT))

# Missing libraries are installed before anything is compiled; see deps.
PKG_CFLAGS = -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700 $(filter-out -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=600,$(shell pkg-config --cflags $(PACKAGES)))
# libcurl is loaded on first use (net/http.c), so it is not linked.
PKG_LIBS   = $(shell pkg-config --libs $(filter-out libcurl,$(PACKAGES))) -ldl -lpthread -lm
TEST_CFLAGS = $(shell pkg-config --cflags $(TEST_PACKAGES))
TEST_LIBS   = $(shell pkg-config --libs $(TEST_PACKAGES))

VERSION := 0.1.0
ALL_CFLAGS = $(CSTD) $(WARN) $(WERROR) $(CFLAGS) -Iinclude -Isrc -I$(B)/gen -DBERDUA_VERSION='"$(VERSION)"' $(PKG_CFLAGS) -MMD -MP
LDFLAGS += $(filter -fsanitize=%,$(CFLAGS))
# See net/http.c.
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
PROMPTS := src/engine/policy/context_en.txt src/engine/policy/context_id.txt src/jiwa/prompt.txt

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

.PHONY: all demo run check check-built check-asan check-tsan check-chroma fuzz fuzz-built bench bench-built train eval-measure \
	install uninstall clean deps deps-dev lint format map
.DELETE_ON_ERROR:

all: deps
	$(Q)$(MAKE) --no-print-directory berdua

berdua: $(BIN)
	$(Q)ln -sf $(BIN) berdua

$(BIN): $(B)/src/main.o $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) $(BIN_LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS)

$(LIB): $(OBJ)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $(OBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(B)/gen/embedded.o: $(GEN)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(B)/gen/embedded.c: $(B)/tools/embed $(B)/tools/tapes src/demo/exchanges.txt $(THEMES) $(SCORING) $(INSIGHTS) $(PROMPTS)
	@mkdir -p $(B)/gen/demo && rm -f $(B)/gen/demo/*
	$(call say,EMBED,$@)$(B)/tools/tapes src/demo/exchanges.txt $(B)/gen/demo && \
		$(B)/tools/embed $(THEMES) $(SCORING) $(INSIGHTS) $(PROMPTS) $(B)/gen/demo/*.cassette > $@

$(B)/tools/%: src/tools/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(CSTD) -O1 -o $@ $<

# ---- weights ----
# `make train DATA=folder` makes the shipped weights again, bit for bit, from the public sets named in their heads.
DATA   ?= data
MODELS := language category_words category_mix politeness affect tone
TRAIN  := $(patsubst %.c,$(B)/%.o,$(sort src/tools/fit.c $(wildcard src/tools/train*.c)))
$(B)/src/measure/evidence.o $(TRAIN): ALL_CFLAGS += -ffp-contract=off
$(B)/tools/train: $(TRAIN) $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $(TRAIN) $(LIB) $(PKG_LIBS)
train: $(B)/tools/train
	$(Q)for m in $(MODELS); do \
		$(B)/tools/train $$m $(DATA) > $(B)/$$m.weights && mv $(B)/$$m.weights src/measure/weights/$$m.txt || exit 1; done
# How well the scores do, in one table: SPLIT is dev or test of tests/data, DATA as above; EVAL=-v tells each mistake.
SPLIT ?= dev
EVAL_OBJ := $(patsubst %.c,$(B)/%.o,$(filter-out %_answers.c,$(sort $(wildcard tests/eval/*.c))))
$(B)/tests/eval_measure: $(EVAL_OBJ) $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)
$(B)/tests/eval_answers: $(B)/tests/eval/eval_answers.o $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)
eval-measure: $(B)/tests/eval_measure $(B)/tests/eval_answers
	$(Q)$(B)/tests/eval_measure --data $(DATA) --split $(SPLIT) $(EVAL)
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
check-tsan: deps
	$(Q)$(MAKE) --no-print-directory check-built VARIANT=tsan

# Against a real Chroma server, which npm installs under build/chroma; without npm it says so and passes.
check-chroma: deps
	$(Q)$(MAKE) --no-print-directory check-chroma-built
check-chroma-built: $(B)/tests/chroma/test_real_chroma
	$(Q)sh tests/chroma/run.sh build/chroma $(B) $<
$(B)/tests/chroma/%: $(B)/tests/chroma/%.o $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -o $@ $< $(LIB) $(TEST_LIBS) $(PKG_LIBS)

# Each fuzz target runs FUZZ_S seconds over tests/fuzz/corpus/NAME, or FUZZ_RUNS inputs from a fixed seed.
FUZZ      := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_S    ?= 10
FUZZ_RUNS ?= 0
fuzz: deps
	$(Q)$(MAKE) --no-print-directory fuzz-built VARIANT=fuzz CC=clang
fuzz-built: $(FUZZ)
	$(Q)sh tests/fuzz/run.sh $(FUZZ_S) $(FUZZ_RUNS) $(if $(T),$(foreach t,$(FUZZ),$(if $(findstring $(T),$t),$t)),$(FUZZ))
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(LIB)
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS)

# Prints tables with ratios; T=name builds and runs only the benches whose name holds it. See tests/bench/README.md.
BENCH     := $(patsubst tests/bench/%.c,$(B)/tests/bench/%,$(sort $(wildcard tests/bench/bench_*.c)))
YARDSTICK := $(B)/tests/bench/yardstick
BENCH_OBJ := $(patsubst %.c,$(B)/%.o,$(filter-out tests/bench/bench_% tests/bench/yardstick.c,$(sort $(wildcard tests/bench/*.c))))
bench: deps
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
	$(Q)PACKAGES="$(PACKAGES) $(TEST_PACKAGES)" sh .ci/deps

# What lint and fuzz need besides.
deps-dev:
	$(Q)PACKAGES="$(PACKAGES) $(TEST_PACKAGES)" TOOLS="clang clang-format cppcheck mandoc" sh .ci/deps

demo: all
	$(Q)./berdua --demo

run: all
	$(Q)./berdua

lint: $(LIB)
	$(Q)sh tests/lint/lint.sh $(B)

# Writes the map of the rooms into README, from tests/lint/rooms.
map:
	$(Q)sh tests/lint/map.sh write

format: map
	$(Q)clang-format -i $$(git ls-files '*.c' '*.h')

DOC := $(wildcard README.md config.yaml.example LICENSE)
MAN := $(wildcard man/*.[15])
install: all
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin share/doc/berdua share/man/man1 share/man/man5)
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/berdua
	install -m 644 $(DOC) $(DESTDIR)$(PREFIX)/share/doc/berdua
	$(foreach m,$(MAN),install -m 644 $m $(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $m))/$(notdir $m);)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/berdua $(foreach m,$(MAN),$(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $m))/$(notdir $m))
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/berdua

clean:
	rm -rf build berdua

-include $(shell find build -name "*.d" 2>/dev/null)
