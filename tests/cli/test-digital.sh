# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Papers as programs write them are read by their own text; the same papers scanned are not.
. "$(dirname "$0")/lib.sh"
if [ ! -x "$BUILD/press" ]; then
    echo "1..0 # SKIP no press"
    exit 0
fi
# read_as FORMAT: one certificate, a cover and a page of text; FORMAT.json is its record
read_as() {
    "$BUILD/press" --seed 5 --part test --papers property_certificate --wear clean \
        --format "$1" --out "$1"
    bj --store "store-$1" init --site tx01
    bj --store "store-$1" --quiet --jobs 1 run "$1/cases"
    bj --store "store-$1" cases --json
    cp out "$1.json"
}
# models FILE: what read the inks of a record's papers
models() {
    jq -c '[.papers[].fields[].evidence[]? | .model] | unique' "$1"
}
read_as digital
read_as pdf
bj --store store-digital show "$(jq -r .case digital.json)"
has out 'page 1 2 \(by its own text\)$' "and so does show, for people"
truth=$(find digital/truth -name '*.json')

equal "$(jq -c '[.pages[] | .text // "-"]' digital.json)" '["-","file"]' \
    "a page says that its own text was read"
equal "$(jq -c '[.pages[] | .text // "-"]' pdf.json)" '["-","-"]' "a scan does not"
equal "$(models digital.json)" '["file"]' "evidence says so in the place of a model"
lacks pdf.json '"model":"file"' "and names the recogniser's models on a scan"
equal "$(jq -c '[.pages[].problems] | add' digital.json)" '[]' "nothing is noted"

jq -S '.papers[0].fields' "$truth" >wanted
jq -S '.papers[0].fields | map_values(.value)' digital.json >fields
same fields wanted "every field is letter for letter what was printed"
equal "$(jq -c '[.papers[0].fields[].state] | unique' digital.json)" '["accepted"]' \
    "and accepted"
finish
