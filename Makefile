# mrse: build, test, document, install. One file; objects go to build/<variant>/.
#   make                 the program, build/mrse           make help       every target
#   make VARIANT=asan    with sanitizers (debug, cov too)  make WERROR=1   warnings are errors
#   make V=1             show the commands                 make BUILD=dir  build somewhere else
# SPDX-License-Identifier: GPL-3.0-or-later
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc) --no-builtin-rules --no-print-directory
endif

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | \
	while IFS='|' read -r name text; do printf '  %-16s %s\n' "$$name" "$$text"; done

# --- What to build -----------------------------------------------------------------------------

VERSION := $(shell cat VERSION)
VARIANT ?= release
BUILD ?= build
B := $(BUILD)/$(VARIANT)
PROGRAM := $(if $(filter release,$(VARIANT)),$(BUILD),$B)/mrse
PREFIX ?= /usr/local
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)';)

LIB_SRC := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI_SRC := $(wildcard src/cli/*.c)
SOURCES := $(LIB_SRC) $(CLI_SRC)
TEST_SOURCES := $(wildcard tests/*/*.c)
HEADERS := $(wildcard include/mrse/*.h)
LIB_OBJ := $(LIB_SRC:%.c=$B/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$B/%.o) $B/cases.o
SUPPORT_OBJ := $(patsubst %.c,$B/%.o,$(wildcard tests/support/*.c))
UNIT := $(patsubst tests/%.c,$B/%,$(wildcard tests/unit/test_*.c))
BENCH := $(patsubst tests/%.c,$B/%,$(wildcard tests/bench/bench_*.c))
EVIDENCE := $(patsubst tests/%.c,$B/%,$(wildcard tests/evidence/evidence_*.c))
FUZZ := $(patsubst tests/%.c,$B/%,$(wildcard tests/fuzz/fuzz_*.c))

# --- Packages: installed on the first build, then asked for their flags ------------------------

PACKAGES := gsl libpng cairo pangocairo pangoft2 fontconfig jansson libsodium libqpdf yaml-0.1
ifneq ($(filter-out help deps clean uninstall dist format format-check,$(or $(MAKECMDGOALS),all)),)
ifneq ($(shell pkg-config --exists $(PACKAGES) 2>/dev/null && echo yes),yes)
$(BUILD)/packages.mk: FORCE
endif
# Make remakes what it includes and then starts again: the flags are asked for after installing.
$(BUILD)/packages.mk: tools/deps.sh
	@tools/deps.sh build $(filter check,$(MAKECMDGOALS))
	@mkdir -p $(@D)
	@{ echo "PACKAGE_CFLAGS := $$(pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')" && \
	   echo "PACKAGE_LIBS := $$(pkg-config --libs $(PACKAGES))"; } > $@
include $(BUILD)/packages.mk
endif

# --- Flags -------------------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wdouble-promotion -Wvla \
	-Wstrict-prototypes -Wformat=2 $(if $(WERROR),-Werror)
FLAGS_release := -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
FLAGS_debug := -O0 -g3
FLAGS_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_cov := -Og -g --coverage
FLAGS_fuzz := $(FLAGS_asan) -fsanitize=fuzzer-no-link
FLAGS_clang := -O1
FLAGS_analyzer := -O1 -fanalyzer
$(if $(FLAGS_$(VARIANT)),,$(error VARIANT is one of release debug asan cov))
# No path of this machine in binaries; to clang (not to gcc) NAN and INFINITY are floats, promoted.
BUILD_CFLAGS := -std=c11 -ffp-contract=off -D_POSIX_C_SOURCE=200809L -fPIC -MMD -MP -Iinclude -Isrc \
	-ffile-prefix-map=$(CURDIR)=. $(FLAGS_$(VARIANT)) $(WARNINGS) \
	$(if $(findstring clang,$(CC)),-Wno-double-promotion) $(PACKAGE_CFLAGS) $(CFLAGS)
BUILD_LDFLAGS := $(filter -fsanitize% --coverage,$(FLAGS_$(VARIANT))) -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS := $(PACKAGE_LIBS) -lm
# Field kernel and sampling of hazards: sqrt need not set errno, and nothing traps.
FIELD_CFLAGS := $(if $(filter release,$(VARIANT)),-O3) -fno-math-errno -fno-trapping-math

# --- Building ----------------------------------------------------------------------------------

all: $(PROGRAM) ## the program, build/mrse (other variants: build/<variant>/mrse)

$(PROGRAM): $(CLI_OBJ) $(if $(filter asan,$(VARIANT)),$B/tests/support/sanitize.o) $B/libmrse.a
	$(call say,LINK $@)$(CC) -pie $(BUILD_LDFLAGS) -o $@ $^ $(LIBS)

$B/libmrse.a: $(LIB_OBJ)
	$(call say,AR   $@)rm -f $@; $(AR) rcs $@ $^

# The shared library exports what the public headers name, and nothing else.
$B/libmrse.map: $(HEADERS)
	@mkdir -p $(@D)
	@{ echo '{ global:'; grep -oh '\bmrse_[a-z0-9_]*' $^ | sort -u | sed 's/$$/;/'; \
	   echo 'local: *; };'; } > $@
$B/libmrse.so.0: $(LIB_OBJ) $B/libmrse.map
	$(call say,LINK $@)$(CC) -shared -Wl,-z,defs $(BUILD_LDFLAGS) -Wl,-soname,$(@F) \
		-Wl,--version-script,$B/libmrse.map -o $@ $(LIB_OBJ) $(LIBS)

$B/%.o: %.c $(BUILD)/packages.mk
	@mkdir -p $(@D)
	$(call say,CC   $<)$(CC) $(BUILD_CFLAGS) -c -o $@ $<
$B/src/field/%.o $B/src/hazard/m%.o: BUILD_CFLAGS += $(FIELD_CFLAGS)
$B/tests/%.o: BUILD_CFLAGS += -Itests

# The program carries the cases, which a hospital can run and file, and the rules of portfolios.
$B/cases.c: tools/embed.awk $(wildcard tests/cases/*.case src/portfolio/*.yaml)
	@mkdir -p $(@D)
	@LC_ALL=C awk -f $^ > $@
$B/cases.o: $B/cases.c
	$(Q)$(CC) $(BUILD_CFLAGS) -Isrc/cli -c -o $@ $<

# Rewritten only when it changes, so that only init.c is compiled again.
$B/commit: FORCE
	@mkdir -p $(@D)
	@commit=; ! test -e .git || commit=$$(git -c safe.directory='*' --no-optional-locks \
		describe --always --dirty --exclude '*' --abbrev=12 2>/dev/null || true); \
	test "$$(cat $@ 2>/dev/null || echo none)" = "$$commit" || echo "$$commit" > $@
$B/src/core/init.o: $B/commit VERSION
$B/src/core/init.o: BUILD_CFLAGS += -DMRSE_VERSION='"$(VERSION)"' -DMRSE_COMMIT='"$(shell cat $B/commit)"'

# --- Tests -------------------------------------------------------------------------------------

export LOGS := $B/log
export MRSE := $(abspath $(PROGRAM))
export MRSE_GOLDEN_DIR ?= ../shared/data
STAGES := unit cases cli-tests examples readme fuzz-replay docs-check style

# One line for each stage, in parallel; the longest goes first. The sanitizers take as long again.
check: FORCE ## everything that must hold before a commit
	@tools/deps.sh build check
	@tools/stage.sh build $(MAKE) all tests shared
	@$(MAKE) -k $(STAGES:%=stage-%) && echo "All stages succeeded."
stage-%: FORCE
	+@tools/stage.sh $* $(MAKE) $*

# Programs, all of them even after one failed: $(call run,PROGRAM...)
run = +@$(MAKE) -k $(addsuffix .run,$(1)) && echo "$(words $(1)) programs succeeded"
%.run: % FORCE
	@tools/stage.sh $(notdir $(patsubst %/run.sh,%,$*)) $(RUN) $(abspath $*)

$(UNIT) $(BENCH) $(EVIDENCE): $B/%: $B/tests/%.o $(SUPPORT_OBJ) $B/libmrse.a
	@mkdir -p $(@D)
	$(call say,LINK $@)$(CC) -pie $(BUILD_LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

$(TEST_SOURCES:%.c=$B/%.o): | $(BUILD)/test-packages
$(BUILD)/test-packages:
	@tools/deps.sh check && touch $@

# A fuzz target is a program of libFuzzer's with VARIANT=fuzz, and else one that replays seeds.
$(FUZZ): $B/%: $B/tests/%.o $(if $(filter fuzz,$(VARIANT)),,$B/tests/fuzz/replay.o) $B/libmrse.a
	@mkdir -p $(@D)
	$(call say,LINK $@)$(CC) -pie $(patsubst %-no-link,%,$(BUILD_LDFLAGS)) -o $@ $^ $(LIBS)

tests: $(UNIT) $(FUZZ) $(BENCH) $(EVIDENCE) ## build the unit tests, fuzz targets, benchmarks and evidence
unit: $(UNIT) ## unit tests
	$(call run,$(UNIT))
cases: $(PROGRAM) ; @$(MRSE) selftest ## numbers a physicist can check: tests/cases
cli-tests: $(PROGRAM) ## command line, exit codes, messages
	@tests/cli/run.sh
examples: $(PROGRAM) ## each folder of examples gives what it says
	$(call run,$(wildcard examples/*/run.sh))
readme: $(PROGRAM) ## commands in README, course and help run, and print what is quoted
	@tools/readme.sh README examples/README docs/commands.md
fuzz-replay: $(FUZZ) ## every input that fuzzing ever kept, once
	$(call run,$(FUZZ))
golden: $(UNIT) ## unit tests against reference data in MRSE_GOLDEN_DIR, which must be there
	@test -d "$(MRSE_GOLDEN_DIR)" || { echo "no folder $(MRSE_GOLDEN_DIR)"; exit 1; }
	$(call run,$(patsubst tests/%.c,$B/%,$(shell grep -l MRSE_GOLDEN_DIR tests/unit/*.c)))
check-oom: $(UNIT) ## every allocation failed in turn
	$(call run,$(patsubst tests/%.c,$B/%,$(shell grep -lE 'oom_[a-z_]+\(' tests/unit/*.c)))
asan: FORCE ## units, cases and seeds under AddressSanitizer and UBSan
	@$(MAKE) -k VARIANT=asan unit cases fuzz-replay
check-asan: asan ## the command line and the examples too
	@$(MAKE) -k VARIANT=asan cli-tests examples
check-valgrind: ## unit tests under valgrind
	@tools/deps.sh build check valgrind
	@RUN='valgrind -q --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite,indirect,possible' $(MAKE) unit

COVERAGE := --fail-under-line 95 --fail-under-branch 85
COVERAGE_OF_VERDICTS := --fail-under-line 100 --fail-under-branch 95
GCOVR := gcovr -j 2 --root . --exclude-unreachable-branches --print-summary
coverage: ## lines and branches reached by the tests, with the figures of docs/reliability.md
	@tools/deps.sh build check coverage
	@find $(BUILD)/cov -name '*.gcda' -delete 2>/dev/null; $(MAKE) VARIANT=cov unit cases examples
	$(GCOVR) $(COVERAGE) --filter src/ --exclude src/cli/ --html-details $(BUILD)/cov/index.html $(BUILD)/cov
	$(GCOVR) $(COVERAGE_OF_VERDICTS) --filter 'src/(units|spec|implant|assess)/' $(BUILD)/cov

FUZZ_SECONDS ?= 60
fuzz: ## libFuzzer on each target for FUZZ_SECONDS=60
	@tools/deps.sh build fuzz
	@$(MAKE) -k VARIANT=fuzz CC=clang $(patsubst $B/fuzz/%,run-%,$(FUZZ))
run-fuzz_%: $B/fuzz/fuzz_% FORCE
	@mkdir -p $B/corpus/$*
	@tools/stage.sh fuzz-$* $< -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
		-artifact_prefix=$B/$*- $B/corpus/$* tests/fuzz/corpus/$*
bench: $(BENCH) ; @for program in $^; do $$program || exit 1; done ## speed
evidence-field: $B/evidence/evidence_field ; @$< ## how near calibrations come to known magnets
evidence-sequence: $B/evidence/evidence_sequence $B/evidence/evidence_before_after ; @for program in $^; do $$program || exit 1; done ## sequences against other readers and consoles
evidence-hazards: $B/evidence/evidence_hazards ; @$< ## forces, torques, heating against published figures

# --- Reading the code --------------------------------------------------------------------------

style: $(LIB_OBJ) $(CLI_OBJ) ## the house rules a machine can check in seconds
	@tools/style.sh $B
LINTS := style format-check lint-clang lint-analyzer lint-headers lint-cppcheck lint-tidy
lint: FORCE ## style, format, clang's warnings, gcc's analyzer, cppcheck, clang-tidy, C++ headers
	@tools/deps.sh build check lint format
	@$(MAKE) -k $(LINTS:%=stage-%)
lint-clang: ; @$(MAKE) -k VARIANT=clang CC=clang WERROR=1 all tests
lint-analyzer: ; @$(MAKE) -k VARIANT=analyzer WERROR=1 $(LIB_SRC:%.c=$(BUILD)/analyzer/%.o)
lint-headers:
	@for h in $(HEADERS); do clang -x c++ -fsyntax-only -Wall -Werror -Iinclude $$h || exit 1; done
lint-cppcheck:
	@cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
		--inline-suppr --library=tools/cppcheck.cfg --suppressions-list=tools/cppcheck.txt \
		-Iinclude -Isrc $(SOURCES)
lint-tidy:
	@echo $(SOURCES) | xargs -n 4 -P 2 sh -c 'clang-tidy --quiet "$$@" -- $(BUILD_CFLAGS) \
		-DMRSE_VERSION=\"\" -DMRSE_COMMIT=\"\"' tidy
FORMATTED := $(SOURCES) $(TEST_SOURCES) $(HEADERS) $(wildcard src/*/*.h tests/*/*.h)
format: ; @tools/deps.sh format && clang-format -i $(FORMATTED) ## clang-format on every file
format-check: ; @tools/deps.sh format && clang-format -n -Werror $(FORMATTED) ## is all formatted?

# --- Documents, installing ---------------------------------------------------------------------

docs: $(PROGRAM) ## man pages, command and format reference, completion, from the program's tables
	@tools/docs.sh docs
docs-check: $(PROGRAM) ## are they up to date?
	@rm -rf $B/docs && tools/docs.sh $B/docs
	@diff -r $B/docs docs | grep -v '^Only in docs: ' > $B/docs.diff; cat $B/docs.diff; ! test -s $B/docs.diff

demo: $(PROGRAM) ## a worksheet for an invented cochlear implant, in out/demo
	@$(PROGRAM) worksheet examples/cochlear-implant/case.yaml -o out/demo --force
	@echo "Now open out/demo/worksheet.pdf"
shared: $B/libmrse.so.0 ## the shared library, with the public functions only
	@! nm -D --defined-only $< | grep -v ' [A-Z] mrse_'

install: $(PROGRAM) shared ## program, libraries, headers, manual; PREFIX=/usr/local, DESTDIR
	@tools/install.sh $(VERSION) $B $(PROGRAM) "$(DESTDIR)" "$(PREFIX)"
uninstall: ## what install put there
	@tools/install.sh --remove "$(DESTDIR)" "$(PREFIX)"
dist: ## build/mrse-VERSION.tar.gz of the last commit
	mkdir -p $(BUILD) && git archive --prefix=mrse-$(VERSION)/ HEAD | gzip -9n > $(BUILD)/mrse-$(VERSION).tar.gz

deps: ## install the Debian packages that building and checking need
	@tools/deps.sh build check
clean: ; rm -rf $(BUILD) ## remove build/

FORCE:
# What has a description is a command, not a file.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile) FORCE
-include $(patsubst %.c,$B/%.d,$(SOURCES) $(TEST_SOURCES)) $B/cases.d
