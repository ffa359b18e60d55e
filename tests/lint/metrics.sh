#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# metrics.sh: lines per function of src/: median, 90th percentile, the ten longest; then
# the files over 600 lines.
set -eu
cd "$(dirname "$0")/../.."
command -v ctags >/dev/null || { echo "metrics needs universal-ctags: make deps-lint" >&2; exit 2; }
find src -name '*.c' | sort |
    ctags -L - --kinds-C=f --fields=+ne -o - --output-format=u-ctags --sort=no |
    awk -F '\t' '!/^!/ {
        from = to = 0
        for (i = 4; i <= NF; i++) {
            if ($i ~ /^line:/) from = substr($i, 6)
            if ($i ~ /^end:/) to = substr($i, 5)
        }
        if (to) print to - from + 1, $1, $2
    }' | sort -n >"${TMPDIR:-/tmp}/banjie-metrics.$$"
trap 'rm -f "${TMPDIR:-/tmp}/banjie-metrics.$$"' EXIT
awk '{ lines[NR] = $1 }
    END { printf "%d functions: median %d lines, 90th percentile %d, over 60: %d\n", NR,
        lines[int((NR + 1) / 2)], lines[int(NR * 0.9)], count() }
    function count(  i, n) { for (i in lines) n += lines[i] > 60; return n + 0 }' \
    "${TMPDIR:-/tmp}/banjie-metrics.$$"
tail -n 10 "${TMPDIR:-/tmp}/banjie-metrics.$$" | sort -rn
find src -name '*.c' -exec wc -l {} + | awk '$1 > 600 && $2 != "total" { print "long file:", $0 }'
