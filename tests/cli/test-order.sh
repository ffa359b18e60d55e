# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Neither the number of workers nor the order of the pile has a say in what is read: the
# same cases under other names, so that the last comes first, by three workers.
. "$(dirname "$0")/lib.sh"
needs_fixture
export LANGUAGE=en
mkdir pile
number=100
for folder in "$TOP"/samples/cases/*/; do
    number=$((number - 1))
    cp -r "$folder" "pile/other-$number"
done
bj --store store init --site tx01
bj --store store --as-of 2024-01-15 --jobs 3 run pile
bj --store store cases --json
jq -c 'del(.batch, .source)' out | sort >got
jq -c 'del(.batch, .source)' "$FIXTURE/records.jsonl" | sort >wanted
same got wanted "another order and other workers make the same records, byte for byte"
has got '"layout"' "prints were learnt and used"
finish
