# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# cases and show in all their shapes; page pictures.
. "$(dirname "$0")/lib.sh"
needs_fixture
export LANGUAGE=en
copy_store
all=$(wc -l <"$FIXTURE/records.jsonl")
case=$(jq -r .case "$FIXTURE/records.jsonl" | head -n 1)

bj --store store cases
gives 0 "cases ends well"
equal "$(wc -l <out)" "$all" "one line a case"
bj --store store cases --csv
equal "$(wc -l <out)" "$((all + 1))" "the table has a head and one line a case"
equal "$(head -c 3 out | od -An -tx1 | tr -d ' ')" efbbbf "the table begins with the mark of UTF-8"
for wanted in review incomplete ready; do
    bj --store store cases --json --status "$wanted"
    equal "$(wc -l <out)" "$(jq -r .status "$FIXTURE/records.jsonl" | grep -c "^$wanted\$")" \
        "--status $wanted"
done
bj --store store cases --json --utility gas
equal "$(wc -l <out)" "$(jq -c 'select(.utilities.gas)' "$FIXTURE/records.jsonl" | wc -l)" \
    "--utility gas"
bj --store store show "$case" --json
holds "show --json is JSON" jq -e ".case == \"$case\"" out
LANGUAGE=zh_CN bj --store store show "$case"
has out '填写内容' "show in Chinese"

# Codes are for scripts: people read words, in either language.
for name in $(jq -r .case "$FIXTURE/records.jsonl"); do
    LANGUAGE=zh_CN bj --store store show "$name"
    cat out
done >shown
holds "something was shown" test -s shown
grep -E '(：|；|\[)[a-z]+_[a-z_]+(（|；|\]|$)' shown >codes
empty codes "no bare code in what people read"

bj --store store page "$case" 1 -o page.png
gives 0 "page ends well"
equal "$(head -c 8 page.png | od -An -c | tr -d ' \n')" '211PNG\r\n032\n' "the picture is PNG"
equal "$(stat -c %a page.png)" 600 "the picture is its owner's alone"
bj --store store page "$case" 999 -o no.png
gives 1 "a page that is not there gives 1"
holds "a page that is not there leaves no picture" test ! -e no.png
bj --store store page "$case" one -o no.png
gives 2 "a page wants a number"
bj --store store page "$case" 1
gives 2 "page wants -o"

bj --store store doctor
has out 'Tesseract' "doctor names the libraries"
has out 'chi_sim' "doctor names the language data"
has out 'measured with these models' "doctor says whether confidences were measured with these models"
BANJIE_MODELS=$work bj --store store doctor
has out 'not measured with these models' "and that they were not with the stock ones"
BANJIE_MODELS=$work TESSDATA_PREFIX=$work bj --store store doctor
gives 1 "doctor gives 1 where the language data is missing"
has out 'tesseract-ocr-chi-sim' "doctor says what to install"
finish
