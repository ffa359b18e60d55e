# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Killed or interrupted in the middle: what is done is kept, and process goes on.
. "$(dirname "$0")/lib.sh"
needs_fixture
export LANGUAGE=en
mkdir pile
find "$TOP/samples/cases" -mindepth 1 -maxdepth 1 -type d | sort | head -n 3 |
    while read -r folder; do cp -r "$folder" pile/; done
names=$(find pile -mindepth 1 -maxdepth 1 -printf '%f\n' | sort)

# waits until the store holds the picture of at least one page read
wait_for_a_page() {
    before=$(find "$1/objects" -type f 2>/dev/null | wc -l)
    for _ in $(seq 300); do
        sleep 0.1
        now=$(find "$1/objects" -type f 2>/dev/null | wc -l)
        [ "$now" -gt "$2" ] && return 0
    done
    echo "# waited 30 s for a page: $before, $now objects"
    return 1
}
files=$(find pile -type f | wc -l)

bj --store killed init
setsid "$BANJIE" --store killed --as-of 2024-01-15 --jobs 1 run pile >run.out 2>run.err </dev/null &
runner=$!
wait_for_a_page killed "$files"
kill -9 -- "-$runner" 2>/dev/null || kill -9 "$runner"
wait "$runner" 2>/dev/null
bj --store killed --as-of 2024-01-15 process
gives 0 "process goes on after kill -9"
lacks err 'read 0 pages' "there was something left to read"
lacks err ' 0 known before' "what was read before the kill is kept"
bj --store killed cases --json
jq -c 'del(.batch)' out | sort >got
for name in $names; do
    jq -c --arg name "$name" 'select(.source == $name) | del(.batch)' "$FIXTURE/records.jsonl"
done | sort >wanted
# the site is not the fixture's, so the names differ in their first part
sed -i 's/"case":"[a-z0-9]*-/"case":"/' got wanted
same got wanted "the cases are as if nothing had happened"

bj --store stopped init
setsid "$BANJIE" --store stopped --as-of 2024-01-15 --jobs 1 run pile >run.out 2>run.err </dev/null &
runner=$!
wait_for_a_page stopped "$files"
kill -INT "$runner"
status=0
wait "$runner" || status=$?
cp run.err err
gives 130 "SIGINT gives 130"
has err 'banjie process' "SIGINT: the message says how to go on"
bj --store stopped --as-of 2024-01-15 process
gives 0 "process goes on after SIGINT"
bj --store stopped cases --json
equal "$(wc -l <out)" 3 "all cases are there"
sleep 0.2
holds "no worker is left behind" sh -c "! pgrep -g $runner"
finish
