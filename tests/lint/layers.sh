#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# layers.sh: who may include whom (docs/ARCHITECTURE.md). Each line of the table: a room and
# the rooms whose headers it may include beside its own and base/. pipeline/, the
# vocabulary, is open to every room that knows of the domain. Prints every violation.
set -eu
cd "$(dirname "$0")/../.."
rooms='
base:
pipeline:
store:      pipeline
intake:     pipeline store
codes:
sheet:
layout:     sheet
reading:    layout sheet
prints:     sheet layout reading
papers:     pipeline reading codes
casework:   pipeline papers reading codes
transfer:   pipeline store casework
work:       pipeline store intake codes sheet layout reading prints papers casework
cmd:        pipeline store intake codes sheet layout reading prints papers casework transfer work
'
# Libraries that only one room speaks to; cmd/doctor.c asks each for its version.
libraries='
tesseract/|reading
sqlite3.h|store
yaml.h|pipeline
poppler|intake
qpdf/|intake
libexif/|intake
archive|transfer
qrencode.h|codes
zbar.h|codes
'
bad=0
complain() {
    echo "$1"
    bad=1
}
for folder in src/*/; do
    room=$(basename "$folder")
    line=$(printf '%s' "$rooms" | grep "^$room:" || true)
    [ -n "$line" ] || { complain "$folder: a room that tests/lint/layers.sh does not know"; continue; }
    allowed=" $room base ${line#*:} "
    for file in "$folder"*.c "$folder"*.h; do
        [ -e "$file" ] || continue
        for other in $(sed -n 's/^#include "\([a-z-]*\)\/.*/\1/p' "$file" | sort -u); do
            case $allowed in
            *" $other "*) ;;
            *) complain "$file: $room/ may not include $other/" ;;
            esac
        done
        for entry in $libraries; do
            name=${entry%%|*} owner=${entry##*|}
            if [ "$room" != "$owner" ] && [ "$file" != src/cmd/doctor.c ] &&
                grep -q "^#include <$name" "$file"; then
                complain "$file: only $owner/ speaks to <$name…>"
            fi
        done
    done
done
# A private header stays in its room;.
for private in src/*/private.h src/*/*-private.h; do
    [ -e "$private" ] || continue
    room=$(basename "$(dirname "$private")")
    for file in $(grep -lE "^#include \"$room/$(basename "$private")\"" -r src | sort); do
        case $file in
        "src/$room/"*) ;;
        *) complain "$file: $private is private" ;;
        esac
    done
done
[ "$bad" -eq 0 ] && echo "layers: every room keeps to its table"
exit "$bad"
