#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fixture.sh: runs the main job once on samples/cases, for all tests that look at what came
# of it; they work on copies of its store.
set -eu
fixture=$BUILD/cli/fixture
rm -rf "$fixture"
mkdir -p "$fixture"
cd "$TOP"
if [ ! -d samples/cases ]; then
    echo "# samples/cases is not here: tests that need it are skipped"
    exit 0
fi
export LANGUAGE=en
"$BANJIE" --store "$fixture/store" --quiet init --site tx01
status=0
${OFFLINE:-} "$BANJIE" --store "$fixture/store" --quiet --as-of 2024-01-15 run samples/cases \
    >"$fixture/out" 2>"$fixture/err" </dev/null || status=$?
echo "$status" >"$fixture/status"
if [ "$status" -gt 1 ]; then
    echo "banjie run samples/cases ended with $status:" >&2
    cat "$fixture/err" >&2
    exit 1
fi
"$BANJIE" --store "$fixture/store" cases --json >"$fixture/records.jsonl"
