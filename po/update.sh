#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings po/zh_CN.po up to date with the messages in src/; run it after changing one.
set -eu
cd "$(dirname "$0")/.."
template=$(mktemp)
trap 'rm -f "$template"' EXIT
sh po/extract.sh "$template"
msgmerge --quiet --update --backup=none --no-fuzzy-matching --sort-by-file \
    po/zh_CN.po "$template"
msgfmt --check --statistics -o /dev/null po/zh_CN.po
