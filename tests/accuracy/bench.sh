#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# bench.sh BUILD: processor time per page, of banjie (the whole run, workers and all) and of
# the `tesseract` program with the same language data on the same pages, one thread each.
# CASES says how many cases (default 12), SEED which.
# The forms are taken in a second time (a byte behind a JPEG's end makes it another file with
# the same picture): what pages cost whose print the store knows.
set -eu
build=${1:-build}
seed=${SEED:-7}
cases=${CASES:-12}
work=$build/bench
rm -rf "$work"
mkdir -p "$work"
for tool in tesseract jq /usr/bin/time; do
    command -v "$tool" >/dev/null || { echo "bench needs $tool: make deps-bench" >&2; exit 2; }
done
# Pictures only, so that both programs get the very same files.
"$build/press" --part measure --seed "$seed" --cases "$cases" --wear scan --format jpeg \
    --out "$work/papers"

# The lists of pages, by what is on them.
for truth in "$work"/papers/truth/*.json; do
    jq -r '.case as $case | .papers[] |
        (if .class | startswith("install") or startswith("transfer") then "form" else "paper" end)
        as $kind | .pages[] | "\($kind) \($case)/\(.file)"' "$truth"
done | sort -u >"$work/pages.txt"

# cpu FILE COMMAND…: user + system seconds of the command and its children into FILE
cpu() {
    into=$1
    shift
    /usr/bin/time -o "$into" -f '%U %S %M' "$@" >/dev/null 2>"$into.err" || {
        code=$?
        [ "$code" -eq 1 ] || { cat "$into.err" >&2; exit "$code"; }
    }
}

# total KIND FOLDER: seconds and greatest memory of one program on all pages of one kind
tesseract_on() {
    grep "^$1 " "$work/pages.txt" | while read -r _ page; do
        cpu "$work/one" env OMP_THREAD_LIMIT=1 tesseract "$work/papers/cases/$page" - \
            -l chi_sim --psm 3
        tail -n 1 "$work/one"
    done | awk '{ cpu += $1 + $2; if ($3 > memory) memory = $3 } END { print cpu, memory }'
}
banjie_on() {
    rm -rf "$work/piles/$1"
    grep "^$1 " "$work/pages.txt" | while read -r _ page; do
        mkdir -p "$work/piles/$1/$(dirname "$page")"
        cp "$work/papers/cases/$page" "$work/piles/$1/$page"
    done
    "$build/banjie" --store "$work/store-$1" --quiet init
    run_pile "$1" "$1"
}
# run_pile STORE PILE: seconds and memory of one run
run_pile() {
    cpu "$work/banjie-$2" "$build/banjie" --store "$work/store-$1" --quiet --jobs 1 run \
        "$work/piles/$2"
    tail -n 1 "$work/banjie-$2" | awk '{ print $1 + $2, $3 }'
}

# banjie_again: the forms once more, in the store that knows their prints
banjie_again() {
    cp -r "$work/piles/form" "$work/piles/met"
    find "$work/piles/met" -type f | while read -r page; do
        printf '\n' >>"$page"
    done
    run_pile form met
}

printf '%-8s %6s  %22s  %22s  %6s\n' pages number 'tesseract: CPU s, MB' \
    'banjie: CPU s, MB' share
for kind in form paper; do
    count=$(grep -c "^$kind " "$work/pages.txt" || true)
    [ "$count" -gt 0 ] || continue
    theirs=$(tesseract_on "$kind")
    ours=$(banjie_on "$kind")
    echo "$kind $count $theirs $ours"
    [ "$kind" != form ] || echo "met $count $theirs $(banjie_again)"
done | awk '
    { printf "%-8s %6d  %13.2f a page, %4d  %13.2f a page, %4d  %5.0f %%\n",
        $1, $2, $3 / $2, $4 / 1024, $5 / $2, $6 / 1024, 100 * $5 / $3
      if ($1 == "met") next
      n += $2; theirs += $3; ours += $5
      if ($4 > m1) m1 = $4
      if ($6 > m2) m2 = $6 }
    END { printf "%-8s %6d  %13.2f a page, %4d  %13.2f a page, %4d  %5.0f %%\n",
        "all", n, theirs / n, m1 / 1024, ours / n, m2 / 1024, 100 * ours / theirs }'
# Photos of the same kind of papers; the tesseract program is not made for them.
"$build/press" --part measure --seed "$((seed + 1))" --cases "${PHOTOS:-3}" --wear photo \
    --out "$work/photos"
mkdir -p "$work/piles"
cp -r "$work/photos/cases" "$work/piles/photo"
"$build/banjie" --store "$work/store-photo" --quiet init
run_pile photo photo | awk -v n="$(find "$work/piles/photo" -type f | wc -l)" \
    '{ printf "photos   %6d  %36.2f a page, %4d\n", n, $1 / n, $2 / 1024 }'
echo "met: the forms a second time, their prints being known"
echo "memory: the most that any one process held; banjie: one worker at a time"
