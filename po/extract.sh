#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# extract.sh FILE: writes the template of all messages of src/ into FILE.
set -eu
cd "$(dirname "$0")/.."
find src/ -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
    xgettext --files-from=- --language=C --from-code=UTF-8 --add-comments=TRANSLATORS \
        --keyword=_ --keyword=N_ --keyword=gettext --keyword=ngettext:1,2 \
        --package-name=banjie --sort-by-file --output="$1"
