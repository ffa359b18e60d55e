#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# accuracy.sh BUILD: prints fresh papers of made-up people, reads them, and compares with
# their truth. SEED and CASES choose which and how many; CLEAN how many unworn ones more;
# FORMS, with commas between, which forms; LISTS=1: individuals too with any paper of their
# lists; FILL: print, hand or mixed, how the forms are filled (hands want make hands first).
# WEAR=photo: the papers photographed on desks in the place of scanned ones (or another grade of
# the press); then there are no clean ones unless CLEAN says so.
# The papers of the measuring part have faces, prints and names that no other part has.
# Exit status: 1 where a rate is below tests/accuracy/floors.txt, 2 where none could be told.
set -eu
export G_DEBUG=fatal-criticals # a fault of ours, which would pass unseen among the numbers
build=${1:-build}
seed=${SEED:-$(date +%s)}
cases=${CASES:-60}
wear=${WEAR:-scan}
if [ "$wear" = scan ]; then clean=${CLEAN:-20}; else clean=${CLEAN:-0}; fi
forms=${FORMS:+--forms=$FORMS}
lists=${LISTS:+--lists}
fill=${FILL:+--fill=$FILL}
work=$build/accuracy
rm -rf "$work"
mkdir -p "$work"
title="seed $seed: $cases cases of wear $wear, $clean clean${FORMS:+, of $FORMS}${FILL:+, filled by $FILL}"
echo "$title"
# shellcheck disable=SC2086  # a word or none each
"$build/press" --part measure --seed "$seed" --cases "$cases" --wear "$wear" $forms $lists $fill \
    --out "$work/$wear"
folders=$work/$wear
if [ "$clean" -gt 0 ]; then
    # shellcheck disable=SC2086
    "$build/press" --part measure --seed "$((seed + 1))" --cases "$clean" --wear clean \
        $forms $lists $fill --out "$work/clean"
    folders="$folders $work/clean"
fi
paths= truths=
for folder in $folders; do
    paths="$paths $folder/cases"
    truths="$truths $folder/truth"
done
LANGUAGE=en "$build/banjie" --store "$work/store" --quiet init
status=0
start=$(date +%s)
# shellcheck disable=SC2086  # folder names of our own, without blanks
LANGUAGE=en "$build/banjie" --store "$work/store" --quiet run $paths \
    >"$work/run.txt" || status=$?
if [ "$status" -gt 1 ]; then
    echo "banjie run ended with $status; $work/run.txt has what it said" >&2
    exit 1
fi
pages=$(find $paths -type f | wc -l)
echo "$pages files read in $(($(date +%s) - start)) s; what was said: $work/run.txt"
"$build/banjie" --store "$work/store" cases --json >"$work/records.jsonl"
# shellcheck disable=SC2086
"$build/score" --errors "$work/errors.tsv" --floors tests/accuracy/floors.txt \
    --report "$build/accuracy.html" --title "$title" --store "$work/store" \
    --pipeline pipelines $truths <"$work/records.jsonl" >"$work/score.txt" || status=$?
cat "$work/score.txt"
echo "what is wrong, one a line: $work/errors.tsv ($(wc -l <"$work/errors.tsv"))"
echo "the same for people, with pictures of what is wrong: $build/accuracy.html"
[ "$status" -le 1 ] || exit 2 # nothing was measured, whatever the reason
if grep -q BELOW "$work/score.txt"; then exit 1; fi
