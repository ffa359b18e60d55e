# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The programs that make models (models/make), on models of a few bytes.
. "$(dirname "$0")/lib.sh"
tools=$BUILD/models

# bytes NUMBER…: each as four bytes, least first
bytes() {
    for number in "$@"; do
        printf "\\$(printf %o $((number % 256)))\\$(printf %o $((number / 256)))\\000\\000"
    done
}
# recoded CODE…: one entry of a recoder
recoded() {
    printf '\001'
    bytes "$#" "$@"
}
{
    echo 4
    for character in 江 河 虹 干; do echo "$character 1 0,255 Han 0 0 0 $character"; done
} >stock.lstm-unicharset
{
    bytes 4
    recoded 10 20
    recoded 10 21 31
    recoded 12 20
    recoded 11 22 30 40
} >stock.lstm-recoder
printf '%s\n' '江:a(氵,工)' '河:a(氵,可)' '虹:a(虫,工)' '蚵:a(虫,可)' '汗:a(氵,干)' '玒:a(氵,工)' >parts
printf '蚵玒' >added
"$tools/wider-charset" stock.lstm-unicharset stock.lstm-recoder parts added wide
status=$?
gives 0 "a charset is made wider"
equal "$(head -n 1 wide.lstm-unicharset)" 6 "two more characters"
has wide.lstm-unicharset '^蚵 .* Han 4 0 4 蚵' "a new character has an id of its own"
head -c "$(stat -c %s stock.lstm-recoder)" wide.lstm-recoder | tail -c +5 >old
tail -c +5 stock.lstm-recoder >stock
holds "the codes of old characters stay" cmp -s old stock
tail -c +"$(($(stat -c %s stock.lstm-recoder) + 1))" wide.lstm-recoder >new
{
    recoded 12 21 31
    recoded 10 20 30
} >expected
holds "a new one has the codes of its parts, or others where they are taken" cmp -s expected new

echo nonsense >network
"$tools/float-model" network float 2>err
status=$?
gives 1 "what is no network is refused"
has err 'network: not an integer network' "and named"
"$tools/float-model" nowhere float 2>err
status=$?
gives 1 "a network that is not there is refused"

printf '江河虹\n干' >charset
echo '江河 5 ns' >words
echo '江干' >terms
"$tools/texts" charset words terms 5 7 >one 2>err
status=$?
gives 1 "a dictionary without names is refused"
has err 'surnames' "and what it lacks is named"
for n in $(seq 20); do echo '江河 5 nr'; done >>words
echo '江河干 5 nt' >>words
"$tools/texts" charset words terms 5 7 >one 2>err
status=$?
gives 0 "texts are made of few characters"
"$tools/texts" charset words terms 5 7 >two
holds "the same seed gives the same texts" cmp -s one two
equal "$(wc -l <one)" 5 "as many as asked for"
printf '江河虹□|干' >charset
"$tools/texts" charset words terms 300 7 hand >written
equal "$(wc -l <written)" 300 "what people write is made as well"
lacks written '[|□]' "and has no gaps and no boxes"

printf '江河干12\n' >written
printf 'LXGW WenKai\t1\thand\nDejaVu Sans\t1\tdigits\n' >faces
"$tools/line-press" written faces pages 1 7 2>err
status=$?
gives 0 "a page is written, its digits with another face"
has pages/page-0001.tsv '江河干12' "and says what stands where"
finish
