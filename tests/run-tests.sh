#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run-tests.sh BUILD [unit|cases|cli]: runs the tests under prove. Every test speaks TAP and
# starts in an empty folder of its own.
#   unit   BUILD/tests/test-*, made from tests/unit/
#   cases  those of them that run text cases from tests/cases/
#   cli    tests/cli/*.sh, on the finished program
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
which=${2:-all}
top=$(pwd)
case $build in /*) ;; *) build=$top/$build ;; esac
export TOP="$top" BUILD="$build" BANJIE="$build/banjie" BANJIE_MODELS="$top/models"
unset LANGUAGE BANJIE_STORE || true
export LC_ALL=C.UTF-8

command -v prove >/dev/null || { echo "the tests need prove: apt install perl" >&2; exit 2; }

# The command line tests run without a network, where the system lets us take it away.
offline=
if [ "$which" = all ] || [ "$which" = cli ]; then
    for try in "unshare -n" "unshare -rn"; do
        if $try true 2>/dev/null; then
            offline=$try
            break
        fi
    done
    if [ -n "$offline" ]; then
        echo "# command line tests run with the network taken away ($offline)"
    else
        echo "# this system does not let us take the network away: command line tests run with it"
    fi
    sh tests/cli/fixture.sh
fi
export OFFLINE="$offline"

list() {
    case $which in
    unit) find "$build/tests" -name 'test-*' -type f -perm -u+x ;;
    cases)
        grep -l '"tests/cases' tests/unit/test-*.c | while read -r source; do
            echo "$build/tests/$(basename "$source" .c)"
        done
        ;;
    cli) find tests/cli -name 'test-*.sh' ;;
    all)
        find "$build/tests" -name 'test-*' -type f -perm -u+x
        find tests/cli -name 'test-*.sh'
        ;;
    *)
        echo "run-tests.sh BUILD [unit|cases|cli]" >&2
        exit 2
        ;;
    esac | sort
}
list >"$build/tests.list"
[ -s "$build/tests.list" ] || { echo "no tests were built" >&2; exit 2; }
exec prove --jobs "$(nproc)" --timer --exec "sh tests/run-one.sh" - <"$build/tests.list"
