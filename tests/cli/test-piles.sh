# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Cover sheets: printed, and read back in stacks; papers that come late.
. "$(dirname "$0")/lib.sh"
export LANGUAGE=en

# --- printing
bj cover
gives 2 "cover without -o is wrong usage"
bj cover -o c.pdf --sheets -1
gives 2 "--sheets wants a number over 0"
bj cover -o c.pdf --count 0
gives 2 "--count wants a number over 0"
bj cover -o c.pdf --place atlantis
gives 2 "an unknown place is wrong usage"
bj cover -o c.pdf --site TX01
gives 2 "a site id has small letters"
bj cover -o c.pdf --code N.T3.XXXX
gives 2 "a mistyped code is refused"
has err 'N\.T3\.XXXX' "and said back"
bj cover -o nowhere/c.pdf
gives 1 "a folder that is not there is said"
bj --store none cover -o c.pdf --case 7K3M
gives 3 "a case wants a store"
[ ! -e c.pdf ] && pass "nothing was written so far" || fail "nothing was written so far"
bj cover -o a.pdf --count 3 --site tx01 --place tongxu --sheets 12
gives 0 "cover sheets are printed"
has err '3 cover sheets' "and counted"
bj cover -o b.pdf --count 3 --site tx01 --place tongxu --sheets 12
same a.pdf b.pdf "the same sheets are the same bytes"
bj -q cover -o d.pdf
empty err "--quiet says nothing"
bj cover -o e.pdf --code ' n.t3.9zzz'
gives 2 "a code is checked, however it is typed"

needs_fixture
copy_store
cp -r store other
samples=$TOP/samples/cases
mkdir stack late
bj cover -q -o stack/00.pdf --sheets 3
cp "$samples/samples-1-001/page-01.jpg" stack/01.jpg
cp "$samples/samples-1-001/page-02.jpg" stack/02.jpg
cp "$samples/samples-1-001/page-03.jpg" stack/03.jpg
bj cover -q -o stack/10.pdf --sheets 3 --site zz9
cp "$samples/samples-1-002/page-01.jpg" stack/11.jpg
cp "$samples/samples-1-002/page-02.jpg" stack/12.jpg
# the back of the last sheet
cat >stack/13.pdf <<'END'
%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
trailer <</Root 1 0 R /Size 4>>
END

# --- a stack
bj --store store --as-of 2024-01-15 run stack
gives 0 "a stack with cover sheets is read"
has err 'read 3 pages' "of known pages only the cover sheets and the blank one are read"
has out '^Cover sheets: 2\. Blank pages left out: 1\.' "cover sheets and blank pages are counted"
has out '^Sheets: 6 expected by cover sheets, 5 found' "expected and found sheets are counted"
has out 'another number of sheets \(3 expected, 2 found\)' "and the case where they differ says so"
bj --store store cases --json
jq -c 'select(.source | startswith("stack/"))' out >records
equal "$(wc -l <records)" 2 "each cover sheet begins a case"
equal "$(jq -r '.papers[].class' records | grep -c cover)" 0 "a cover sheet is no paper"
equal "$(jq -s -c 'map(.pages | length)' records)" "[3,3]" "and no page of the case"
equal "$(jq -s -c '.[1] | [.papers[].pages[]]' records)" "[1,2]" "a blank page is in no paper"
equal "$(jq -s -c 'map([.covers[] | .kind, .expected, .found])' records)" \
    '[["new",3,3],["new",3,2]]' "the record has its cover sheet"
equal "$(jq -s -c '.[1].status' records)" '"review"' "sheets that lack are for a person to look at"
case=$(jq -r 'select(.source == "stack/case-002").case' records)

# --- copies of one sheet
mkdir copies
bj cover -q -o copies/00.pdf
cp "$samples/samples-1-001/page-01.jpg" copies/11.jpg
cp "$samples/samples-1-002/page-01.jpg" copies/21.jpg
cp copies/00.pdf copies/20.pdf
bj --store store --as-of 2024-01-15 run copies
bj --store store cases --json
equal "$(jq -r 'select(.source | startswith("copies/")) | "\(.covers | length) \(.pages[].name)"' out)" \
    "1 11.jpg
1 21.jpg" "copies of one cover sheet each begin a case"
bj --store store --as-of 2024-01-15 run copies
bj --store store cases --json
equal "$(jq -c 'select(.source | startswith("copies/")) | .covers | length' out | tr '\n' ' ')" "1 1 " \
    "taken in again they are the same sheets"

# --- late papers
bj --store store -q cover --case "${case#*-}" --sheets 1 -o late/1.pdf
gives 0 "a cover sheet for a case"
cp "$samples/samples-1-002/page-03.jpg" late/2.jpg
bj --store store --as-of 2024-01-15 run late
gives 0 "late papers are read"
has out "^$case .*stack/case-002" "the case they are for is shown"
has out 'papers that came late \(page 4\)' "and says so"
bj --store store cases --json
jq -c --arg case "$case" 'select(.case == $case)' out >record
equal "$(jq -c '[.papers[-1].class, .source, (.pages | length)]' record)" \
    '["id_card","stack/case-002",4]' "the case has the late paper and keeps its name"
equal "$(jq -c '.covers[1] | [.kind, .pile, .expected, .found]' record)" '["late","late",1,1]' \
    "the record has the cover sheet of the late paper"
equal "$(jq -r 'select(.source == "late")' out)" "" "late papers make no case"
cp out before
bj --store store --as-of 2024-01-15 process
has err 'read 0 pages.* 0 of them new or changed' "nothing is left to do"
bj --store store cases --json
same out before "the records stay"

# --- late papers for a case that this store does not know
bj --store other --as-of 2024-01-15 run late
gives 0 "a cover sheet for an unknown case is read"
has out "the case on the cover sheet is not known here \($case\)" "and the case is named"
bj --store other cases --json
equal "$(jq -r 'select(.covers[0].kind == "late") | .papers[0].class' out)" id_card \
    "its papers are kept, as a case of their own"
bj --store other --as-of 2024-01-15 process
has err ' 0 of them new or changed' "nothing is left to do there either"
finish
