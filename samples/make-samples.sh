#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make-samples.sh BUILD: makes samples/cases and samples/truth again: papers of made-up
# people, the same bytes for the same SEED.
set -eu
build=${1:-build}
cd "$(dirname "$0")/.."
seed=${SEED:-1}
cases=${CASES:-14}
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"$build/press" --part samples --seed "$seed" --cases "$cases" --out "$fresh"
rm -rf samples/cases samples/truth
mv "$fresh/cases" samples/cases
mv "$fresh/truth" samples/truth
cp "$fresh/manifest.json" samples/manifest.json
echo "made $cases cases in samples/cases: $(du -sh samples/cases | cut -f1)" >&2
