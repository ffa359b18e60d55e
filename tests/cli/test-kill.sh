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

# wait_for STORE COUNT: until the store holds COUNT objects: the originals, and then the
# picture of each page that was read
wait_for() {
    for _ in $(seq 600); do
        sleep 0.05
        now=$(find "$1/objects" -type f 2>/dev/null | wc -l)
        [ "$now" -ge "$2" ] && return 0
    done
    echo "# waited 30 s for $2 objects: $now"
    return 1
}
files=$(find pile -type f | wc -l)

bj --store killed init --site tx01
setsid "$BANJIE" --store killed --as-of 2024-01-15 --jobs 1 run pile >run.out 2>run.err </dev/null &
runner=$!
# the second picture: by then the first page is written down
wait_for killed $((files + 2))
kill -9 -- "-$runner" 2>/dev/null || kill -9 "$runner"
wait "$runner" 2>/dev/null
bj --store killed --as-of 2024-01-15 process
gives 0 "process goes on after kill -9"
lacks err 'read 0 pages' "there was something left to read"
lacks err ' 0 known before' "what was read before the kill is kept"
bj --store killed cases --json
jq -c 'del(.batch)' out | sort >got
# What a page teaches depends on the pile it is in: the same pile, left alone, says the same.
bj --store alone init --site tx01
bj --store alone --as-of 2024-01-15 run pile
bj --store alone cases --json
jq -c 'del(.batch)' out | sort >wanted
equal "$(wc -l <wanted)" "$(echo "$names" | wc -l)" "every folder of the pile is a case"
same got wanted "the cases are as if nothing had happened"
holds "forms were read by their print" jq -se 'any(.[].pages[]; .layout)' wanted

# Every page is read, and what they taught is not yet applied.
bj --store late init --site tx01
setsid "$BANJIE" --store late --as-of 2024-01-15 run pile >run.out 2>run.err </dev/null &
runner=$!
wait_for late "$(find alone/objects -type f | wc -l)"
kill -9 -- "-$runner" 2>/dev/null || kill -9 "$runner"
wait "$runner" 2>/dev/null
bj --store late --as-of 2024-01-15 process
gives 0 "process goes on after the last page"
bj --store late cases --json
jq -c 'del(.batch)' out | sort >got
same got wanted "killed after the last page, the cases are the same"

bj --store stopped init --site tx01
setsid "$BANJIE" --store stopped --as-of 2024-01-15 --jobs 1 run pile >run.out 2>run.err </dev/null &
runner=$!
wait_for stopped $((files + 1))
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
cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' | awk -v group="$runner" '$3 == group' >left
empty left "no worker is left behind"
finish
