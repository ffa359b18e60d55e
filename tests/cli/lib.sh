# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# lib.sh - assertions for the command line tests. A test sources this first, finds itself in
# an empty folder, and ends with `finish`. An assertion that fails prints the file it
# disliked. BANJIE, BUILD and TOP come from tests/run-tests.sh.
set -u
# what GLib calls critical is a fault of ours: it ends the program
export G_DEBUG=fatal-criticals
: "${BANJIE:?run tests/run-tests.sh}" "${BUILD:?}" "${TOP:?}"
FIXTURE=$BUILD/cli/fixture
CORPUS=$TOP/../shared/corpus
work=$(mktemp -d "${TMPDIR:-/tmp}/banjie-cli-XXXXXX")
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1
count=0
failed=0

pass() {
    count=$((count + 1))
    echo "ok $count - $1"
}
# fail CLAIM [FILE…]
fail() {
    count=$((count + 1))
    failed=$((failed + 1))
    echo "not ok $count - $1"
    # prove keeps what is said in TAP to itself
    echo "# failed: $1" >&2
    shift
    for disliked in "$@"; do
        echo "# --- $disliked" >&2
        head -n 40 "$disliked" 2>/dev/null | sed 's/^/# /' >&2
    done
}
# skip CLAIM WHY
skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}
finish() {
    echo "1..$count"
    [ "$failed" -eq 0 ]
    exit
}
# bj ARGUMENT…: run the program; out, err and $status are what came of it
bj() {
    status=0
    "$BANJIE" "$@" >out 2>err </dev/null || status=$?
}
# gives STATUS CLAIM: what the last bj ended with
gives() {
    if [ "$status" -eq "$1" ]; then pass "$2"; else fail "$2: status $status, not $1" out err; fi
}
# has FILE PATTERN CLAIM
has() {
    if grep -qE -e "$2" "$1"; then pass "$3"; else fail "$3: no /$2/ in $1" "$1"; fi
}
# lacks FILE PATTERN CLAIM
lacks() {
    if grep -qE -e "$2" "$1"; then fail "$3: /$2/ is in $1" "$1"; else pass "$3"; fi
}
# same FILE FILE CLAIM
same() {
    if cmp -s "$1" "$2"; then
        pass "$3"
    else
        diff "$1" "$2" >difference 2>&1
        fail "$3" difference
    fi
}
# empty FILE CLAIM
empty() {
    if [ ! -s "$1" ]; then pass "$2"; else fail "$2: $1 is not empty" "$1"; fi
}
# equal VALUE WANTED CLAIM
equal() {
    if [ "$1" = "$2" ]; then pass "$3"; else fail "$3: “$1”, not “$2”"; fi
}
# holds CLAIM COMMAND…: the command succeeds
holds() {
    claim=$1
    shift
    if "$@" >holds.out 2>&1; then pass "$claim"; else fail "$claim: $*" holds.out; fi
}
# adds_up FILE CLAIM: the ledger's line, seen = taken + known + not taken
adds_up() {
    line=$(grep '^Files: ' "$1" | head -n 1)
    # shellcheck disable=SC2046
    set -- "$1" "$2" $(echo "$line" | tr -cd '0-9 ')
    if [ $# -eq 6 ] && [ "$3" -eq $(($4 + $5 + $6)) ]; then
        pass "$2"
    else
        fail "$2: $line" "$1"
    fi
}
# needs_fixture: ends the test, saying so, where the samples were not read
needs_fixture() {
    [ -e "$FIXTURE/records.jsonl" ] && return 0
    echo "1..0 # SKIP samples/cases is not here"
    exit 0
}
# copy_store: a copy of the store in which samples/cases was read, as ./store
copy_store() {
    cp -r "$FIXTURE/store" store
}
