# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# What was read is not read again; what changed is decided again.
. "$(dirname "$0")/lib.sh"
needs_fixture
export LANGUAGE=en
copy_store

cd "$TOP" || exit 1
status=0
"$BANJIE" --store "$work/store" --as-of 2024-01-15 run samples/cases >"$work/out" 2>"$work/err" \
    </dev/null || status=$?
cd "$work" || exit 1
gives 0 "the same pile again ends well"
adds_up out "the ledger adds up"
has out ' 0 taken in' "nothing is taken in twice"
has err 'read 0 pages' "nothing is read twice"
has out 'No new cases' "no new cases"
bj --store store cases --json
same out "$FIXTURE/records.jsonl" "the records are the same, byte for byte"

bj --store store --as-of 2024-01-15 process
has err 'read 0 pages' "process has nothing to read"
has err ' 0 of them new or changed' "process has nothing to decide"
equal "$(grep -c '^Cases: ' out)" 1 "process says what there is once"

# Another day: decided again, not read again.
bj --store store --as-of 2024-02-01 process
has err 'read 0 pages' "another day needs no reading"
bj --store store cases --json
jq -e 'select(.as_of != "2024-02-01")' out >odd
empty odd "another day is in every record"

# Another rule: from now on electricity wants a handover document of everybody.
cp -rL "$TOP/pipelines" pipelines # -L: never write through a link
for file in pipelines/rules/*.yaml; do
    sed 's/any: \[property_certificate, land_use_certificate, purchase_contract\]/any: [handover_document]/' \
        "$file" >changed.yaml
    cmp -s "$file" changed.yaml || touch was_changed
    mv changed.yaml "$file"
done
if [ -e was_changed ]; then
    bj --store store --as-of 2024-01-15 --pipeline pipelines process
    has err 'read 0 pages' "a changed rule needs no reading"
    bj --store store cases --json
    jq -r '.utilities.electricity // empty | .verdict' out | sort | uniq -c >verdicts
    lacks verdicts ' complete' "by the changed rule no electricity is complete"
    wants='.utilities.electricity // empty | .requirements[]
        | select(.accepts) | "\(.accepts | join(" ")) \(.state)"'
    jq -r "$wants" out >after
    has after '^handover_document missing$' "by the changed rule a handover is missing"
    lacks after '^handover_document met$|^property_certificate' "by the changed rule nothing else will do"
    jq -r "$wants" "$FIXTURE/records.jsonl" >before
    has before '^property_certificate .*(met|unsure)$' "by the rule as it is some certificate was found"
    lacks before handover_document "by the rule as it is no handover is asked for"
else
    fail "the rule to change is not in pipelines/rules as this test knows it"
fi
finish
