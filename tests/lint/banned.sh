#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# banned.sh: calls and words that have no place in src/. Prints every one it finds.
set -eu
cd "$(dirname "$0")/../.."
bad=0
# look WHY PATTERN FILES…
look() {
    why=$1 pattern=$2
    shift 2
    # comments and strings may speak of these things; calls may not
    found=$(grep -nE "$pattern" "$@" | grep -vE '^[^:]*:[0-9]+: *(\*|/\*|//)' || true)
    [ -z "$found" ] && return 0
    printf '%s\n' "$found" | sed "s/\$/   <- $why/"
    bad=1
}
all=$(find src samples/press tests/unit tests/accuracy -name '*.[ch]' | sort)
# shellcheck disable=SC2046,SC2086  # file names of ours have no blanks
{
    look 'no length: use g_strlcpy() or g_strdup_printf()' \
        '(^|[^a-z_])(strcpy|strcat|sprintf|vsprintf|gets|strtok)\(' $all
    look 'a shell is in between: use GSubprocess' '(^|[^a-z_])(system|popen)\(' $all
    look 'a name others can guess: use g_mkstemp()' '(^|[^a-z_])(mktemp|tmpnam|tempnam)\(' $all
    look 'only main ends the program; return an error' \
        '(^|[^a-z_.>])(exit|_exit|abort|g_error)\(' \
        $(find src -name '*.c' ! -path src/main.c | sort)
    look 'do it, or leave it out' '(TODO|FIXME)' $all
    look 'no goto: g_autoptr frees' '(^|[^a-z_])goto ' $(find src -name '*.c' | sort)
}
for file in $(find src samples tests pipelines po -name '*.[ch]' -o -name '*.def' -o \
    -name '*.sh' -o -name '*.yaml' | sort); do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || {
        echo "$file: no SPDX line"
        bad=1
    }
done
[ "$bad" -eq 0 ] && echo "banned: nothing of it"
exit "$bad"
