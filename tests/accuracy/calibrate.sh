#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# calibrate.sh BUILD [RUN…]: counts how often values were right, by kind, ink and confidence,
# in folders that accuracy.sh left (records.jsonl and the truths), and writes
# pipelines/calibration.yaml. Without a RUN: what `make accuracy` measured last.
# All runs must have been read by the same models.
set -eu
build=${1:-build}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- "$build/accuracy"
all=$(mktemp)
trap 'rm -f "$all"' EXIT
truths=
for run; do
    cat "$run/records.jsonl" >>"$all"
    for truth in "$run"/*/truth; do
        truths="$truths $truth"
    done
done
# shellcheck disable=SC2086  # folder names of our own, without blanks
"$build/score" --pipeline pipelines --calibration pipelines/calibration.yaml $truths \
    <"$all" | sed -n '/^accepted and right/p; /^accepted paper fields/p'
echo "written: pipelines/calibration.yaml"
