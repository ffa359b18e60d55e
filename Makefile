# SPDX-License-Identifier: GPL-3.0-or-later
# banjie: everything is built into build/; `make help` lists what can be asked for.

# Debian packages, the one list. What each is for: docs/ARCHITECTURE.md, "Dependencies".
PACKAGES_BUILD = gcc libc6-dev pkg-config gettext libglib2.0-dev libjson-glib-dev libyaml-dev \
	libsqlite3-dev zlib1g-dev libtesseract-dev libleptonica-dev libpoppler-glib-dev libqpdf-dev \
	libarchive-dev libexif-dev libpango1.0-dev libqrencode-dev libzbar-dev
PACKAGES_RUN = tesseract-ocr-chi-sim tesseract-ocr-script-hans fonts-noto-cjk
PACKAGES_TEST = perl util-linux jq unzip zip fonts-arphic-uming fonts-arphic-ukai fonts-arphic-gbsn00lp \
	fonts-arphic-gkai00mp fonts-wqy-zenhei fonts-wqy-microhei fonts-lxgw-wenkai \
	fonts-cns11643-kai fonts-cns11643-sung
PACKAGES_LINT = clang-format cppcheck universal-ctags
PACKAGES_BENCH = tesseract-ocr time
PACKAGES_MODELS = tesseract-ocr python3-jieba python3-numpy woff2 fonts-noto-cjk-extra fonts-babelstone-han \
	fonts-cwtex-fs fonts-cwtex-yen fonts-smiley-sans

VARIANT ?= $(if $(SANITIZE),sanitize,)
BUILD := build$(if $(VARIANT),/$(VARIANT))
CC := gcc
PKGS := glib-2.0 json-glib-1.0 yaml-0.1 sqlite3 zlib tesseract lept poppler-glib libqpdf libarchive \
	libexif pangocairo libqrencode zbar
PRESS_PKGS := glib-2.0 json-glib-1.0 pangocairo cairo fontconfig lept

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
	-Wwrite-strings $(if $(DEVELOPER),-Werror)
CFLAGS ?= -O3 -g
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DG_LOG_DOMAIN='"banjie"' -DPREFIX='"$(PREFIX)"' \
	-DVERSION='"$(VERSION)"' -Isrc $(WARNINGS) $(CFLAGS) \
	$(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)
# Third-party headers are not ours to warn about.
PKG_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS)))
PKG_LIBS = $(shell pkg-config --libs $(PKGS)) -lm
VERSION := 0.1.0
PREFIX ?= /usr/local

SOURCES := $(wildcard src/*/*.c)
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
UNIT_SOURCES := $(wildcard tests/unit/test-*.c)
UNIT_TESTS := $(UNIT_SOURCES:tests/unit/%.c=$(BUILD)/tests/%)
PRESS_OBJECTS := $(patsubst samples/press/%.c,$(BUILD)/obj/press/%.o,$(wildcard samples/press/*.c))
SCORE_OBJECTS := $(patsubst tests/accuracy/%.c,$(BUILD)/obj/accuracy/%.o,\
	$(wildcard tests/accuracy/*.c))
HEADERS := $(wildcard src/*/*.h)
MODEL_TOOLS := $(addprefix $(BUILD)/models/,float-model wider-charset texts numerals line-press \
	line-cutter character-press)

.PHONY: all deps deps-test deps-lint deps-bench deps-models models hands demo test check-unit check-cases check-cli \
	accuracy calibration bench samples hdr-check layers lint format metrics asan tsan install clean help \
	translations
.DELETE_ON_ERROR:

all: $(BUILD)/banjie translations ## build the program (build/banjie)

$(BUILD)/banjie: $(BUILD)/obj/main.o $(OBJECTS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/obj/%.o: src/%.c | packages-present
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/press: $(PRESS_OBJECTS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(shell pkg-config --libs $(PRESS_PKGS)) -lm

$(BUILD)/obj/press/%.o: samples/press/%.c | packages-present
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Isamples/press \
		$(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PRESS_PKGS))) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) -Itests -MMD -MP -o $@ $< $(OBJECTS) $(PKG_LIBS)

-include $(OBJECTS:.o=.d) $(PRESS_OBJECTS:.o=.d) $(SCORE_OBJECTS:.o=.d) \
	$(BUILD)/obj/main.d $(UNIT_TESTS:=.d)

translations: $(BUILD)/locale/zh_CN/LC_MESSAGES/banjie.mo
$(BUILD)/locale/%/LC_MESSAGES/banjie.mo: po/%.po | packages-present
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

# --- packages ---------------------------------------------------------------------------
# install-missing: asks dpkg first, so that a machine that has all needs no network.
define install-missing
	@missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | \
		grep -q 'install ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "installing:" $$missing >&2; \
		sudo=$$( [ $$(id -u) = 0 ] || echo sudo ); \
		$$sudo apt-get update -qq >/dev/null 2>&1; \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
			--no-install-recommends $$missing >/dev/null || \
			{ echo "could not install:" $$missing >&2; exit 1; }; fi
endef

.PHONY: packages-present
packages-present:
	@pkg-config --exists $(PKGS) || { echo "libraries are missing: make deps" >&2; exit 1; }

deps: ## install the Debian packages that are missing
	$(call install-missing,$(PACKAGES_BUILD) $(PACKAGES_RUN))
deps-test: deps
	$(call install-missing,$(PACKAGES_TEST))
deps-lint: deps
	$(call install-missing,$(PACKAGES_LINT))
deps-bench: deps-test
	$(call install-missing,$(PACKAGES_BENCH))

deps-models: deps-test
	$(call install-missing,$(PACKAGES_MODELS))

# --- running ----------------------------------------------------------------------------
demo: deps ## install, build, and run the main job on samples/
	@echo "building banjie" >&2
	@$(MAKE) --no-print-directory --silent -j2 all
	@sh samples/demo.sh $(BUILD)

hands: ## fetch the faces that the press writes by hand with (needs npm and the network)
	$(call install-missing,woff2)
	sh samples/press/get-hands.sh $(BUILD)/hands

samples: $(BUILD)/press ## make samples/cases again (needs the fonts of deps-test)
	sh samples/make-samples.sh $(BUILD)

# --- tests ------------------------------------------------------------------------------
test: deps-test ## all tests; installs what they need
	@$(MAKE) --no-print-directory -j2 all $(BUILD)/press $(BUILD)/score $(MODEL_TOOLS) check-build
	@sh tests/run-tests.sh $(BUILD)

.PHONY: check-build
check-build: $(UNIT_TESTS)

check-unit: $(UNIT_TESTS) ## unit tests alone
	@sh tests/run-tests.sh $(BUILD) unit
check-cases: all $(UNIT_TESTS) ## text cases alone
	@sh tests/run-tests.sh $(BUILD) cases
check-cli: all $(BUILD)/press $(BUILD)/score $(MODEL_TOOLS) ## command line tests alone
	@sh tests/run-tests.sh $(BUILD) cli

accuracy: deps-test all $(BUILD)/press $(BUILD)/score ## measure on fresh papers from the press
	@sh tests/accuracy/accuracy.sh $(BUILD)

calibration: $(BUILD)/score ## count how often values are right, in RUNS of accuracy (pipelines/calibration.yaml)
	@sh tests/accuracy/calibrate.sh $(BUILD) $(RUNS)

bench: deps-bench all $(BUILD)/press ## CPU per page against the tesseract program
	@sh tests/accuracy/bench.sh $(BUILD)

$(BUILD)/score: $(SCORE_OBJECTS) $(OBJECTS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/obj/accuracy/%.o: tests/accuracy/%.c | packages-present
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) -Itests/accuracy -MMD -MP -c -o $@ $<

# --- models: models/README.md ------------------------------------------------------------
PRESS_PARTS = $(filter-out %/main.o,$(PRESS_OBJECTS))

models: deps-models $(MODEL_TOOLS) ## train the models again (six hours; goes on where it stopped)
	@sh models/make/make-models.sh $(BUILD)

$(BUILD)/models/float-model $(BUILD)/models/wider-charset: MODEL_PARTS =
$(BUILD)/models/texts $(BUILD)/models/numerals: MODEL_PARTS = $(BUILD)/obj/press/dice.o
$(BUILD)/models/line-press: MODEL_PARTS = $(PRESS_PARTS)
$(BUILD)/models/line-cutter: MODEL_PARTS = $(OBJECTS)
$(BUILD)/models/character-press: MODEL_PARTS = $(PRESS_PARTS) $(BUILD)/obj/base/geometry.o \
	$(BUILD)/obj/reading/character-features.o
$(BUILD)/models/line-press $(BUILD)/models/character-press $(BUILD)/models/texts \
	$(BUILD)/models/numerals: CPPFLAGS += -Isamples/press
$(BUILD)/models/%: models/make/%.c $(OBJECTS) $(PRESS_PARTS)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(CPPFLAGS) $(PKG_CFLAGS) -o $@ $< $(MODEL_PARTS) $(PKG_LIBS) \
		$(shell pkg-config --libs $(PRESS_PKGS))

# --- keeping the house ------------------------------------------------------------------
hdr-check: ## every header compiles alone
	@for h in $(HEADERS); do echo "#include \"$${h#src/}\"" | $(CC) $(ALL_CFLAGS) \
		-Wno-unused-function $(PKG_CFLAGS) -x c -fsyntax-only - || exit 1; done

layers: ## who may include whom (docs/ARCHITECTURE.md)
	@sh tests/lint/layers.sh

# GLib's macros, as cppcheck is to see them: a macro it does not know ends its look at a file.
CPPCHECK_GLIB = '-DG_GNUC_PRINTF(a,b)=' '-DG_DEFINE_QUARK(a,b)=' \
	'-DG_DEFINE_AUTOPTR_CLEANUP_FUNC(a,b)=' '-DG_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(a,b)=' \
	'-DG_DEFINE_AUTO_CLEANUP_FREE_FUNC(a,b,c)=' -Dg_autofree= '-Dg_autoptr(t)=t*' '-Dg_auto(t)=t' \
	'-Dg_assert(x)=((x)?(void)0:abort())' '-Dg_assert_not_reached()=abort()'

lint: deps-lint hdr-check layers ## formatting, cppcheck, banned calls, layers; can fail
	clang-format --dry-run --Werror $(wildcard src/*.c src/*/*.[ch] samples/press/*.[ch] \
		models/make/*.c tests/unit/*.[ch] tests/accuracy/*.[ch])
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,portability \
		--suppress=missingIncludeSystem --suppress=varFuncNullUB --inline-suppr \
		$(CPPCHECK_GLIB) -Isrc src samples/press
	@sh tests/lint/banned.sh

format: deps-lint ## format the whole tree
	clang-format -i $(wildcard src/*.c src/*/*.[ch] samples/press/*.[ch] tests/unit/*.[ch] \
		models/make/*.c tests/accuracy/*.[ch])

metrics: deps-lint ## lines per function: median, 90th percentile, the ten longest
	@sh tests/lint/metrics.sh

asan: ## unit tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory SANITIZE=address,undefined check-unit
tsan: ## unit tests under ThreadSanitizer
	@$(MAKE) --no-print-directory SANITIZE=thread VARIANT=tsan check-unit

install: all ## install under PREFIX (default /usr/local)
	install -D -m 755 $(BUILD)/banjie $(DESTDIR)$(PREFIX)/bin/banjie
	install -D -m 644 docs/banjie.1 $(DESTDIR)$(PREFIX)/share/man/man1/banjie.1
	install -D -m 644 $(BUILD)/locale/zh_CN/LC_MESSAGES/banjie.mo \
		$(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/banjie.mo
	find pipelines models/*.traineddata models/*.bin models/added-characters.txt -type f | while read -r f; do \
		install -D -m 644 "$$f" "$(DESTDIR)$(PREFIX)/share/banjie/$$f" || exit 1; done

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
