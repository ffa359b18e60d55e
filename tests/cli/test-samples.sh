# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The main job on samples/cases, compared with their truth.
. "$(dirname "$0")/lib.sh"
needs_fixture
records=$FIXTURE/records.jsonl
truth=$TOP/samples/truth

equal "$(cat "$FIXTURE/status")" 0 "run ends well"
adds_up "$FIXTURE/out" "the ledger adds up"
equal "$(wc -l <"$records")" "$(find "$truth" -name '*.json' | wc -l)" "every folder is one case"

for file in "$truth"/*.json; do
    name=$(basename "$file" .json)
    jq -c --arg name "$name" 'select(.source == $name)' "$records" >record
    jq -S .verdicts "$file" >wanted
    jq -S '.utilities | map_values(.verdict)' record >verdicts
    # A complete case may ask for a look; what it may never be is complete without being so.
    jq -n --slurpfile wanted wanted --slurpfile got verdicts '
        [$got[0] | to_entries[] | select(.value == "complete" and $wanted[0][.key] != "complete")]
        | length' >false
    equal "$(cat false)" 0 "$name: no false complete"
    jq -n --slurpfile wanted wanted --slurpfile got verdicts '
        [$wanted[0] | keys[]] - [$got[0] | keys[]] | length' >lost
    equal "$(cat lost)" 0 "$name: no utility that was asked for is lost"
    has "$FIXTURE/out" "$name" "$name: is in the summary"
done

# How many verdicts are right is for `make accuracy`, on papers nobody has seen. Here: what is
# not right is left to a person, and the form of every case is found whole.
jq -n --slurpfile records "$records" '
    inputs | . as $truth | ($records[] | select(.source == $truth.case).utilities) as $got
    | .verdicts | to_entries[] | .value as $wanted
    | select($got[.key].verdict | IN("review", $wanted) | not)
    | "\($truth.case) \(.key)"' -r "$truth"/*.json >odd
empty odd "every verdict is right or asks for a look"
jq -n --slurpfile records "$records" '
    inputs | . as $truth | ($records[] | select(.source == $truth.case)) as $record
    | [.papers[] | select(.class == $truth.form) | [.pages[] | [.file, .index]]] as $wanted
    | [$record.papers[] | select(.class == $truth.form)
       | [.pages[] as $n | $record.pages[] | select(.page == $n) | [.name, .index]]] as $got
    | select($got != $wanted) | "\($truth.case) \($got)"' -r "$truth"/*.json >odd
empty odd "every case has its application form, with its pages and no others"

# The prints of the forms were learnt, and their pages read by them.
bj --store "$FIXTURE/store" layouts -o layouts
gives 0 "the prints are listed"
holds "there are some" grep -q '水电气暖信报装申请表' out
equal "$(find layouts -name '*.png' | wc -l)" "$(wc -l <out)" "each has its picture"

# The record's shape, as scripts rely on it.
jq -e 'select(.record != 1 or (.case | test("^tx01-[0-9A-HJKMNP-TV-Z]{8}$") | not)
    or (.status | IN("review", "incomplete", "ready") | not)
    or (.as_of != "2024-01-15"))' "$records" >odd
empty odd "record, case, status, as_of are as promised"
jq -r '.fields[] | .state' "$records" | sort -u >states
holds "field states are of the four" \
    sh -c '! grep -vxE "accepted|confirmed|review|empty" states'
jq -r '.fields[] | select(.state == "accepted" and .value == null)' "$records" >odd
empty odd "nothing is accepted without a value"
jq -r '. as $r | .fields[] | .evidence // [] | .[] | select(.page) | .page as $n
    | select([$r.pages[].page] | index($n) | not)' "$records" >odd
empty odd "evidence is on pages the case has"
jq -c '. as $r | .fields[] | .evidence // [] | .[] | select(.box) | . as $e
    | ($r.pages[] | select(.page == $e.page) | .size_px) as $size
    | select(.box[0] < 0 or .box[1] < 0 or .box[0] + .box[2] > $size[0]
             or .box[1] + .box[3] > $size[1])' "$records" >odd
empty odd "boxes lie on their page"

# Whose paper it is and why, and both sides of a contradiction, in words.
other=$(jq -r 'select(.source == "samples-1-003").case' "$records")
"$BANJIE" --store "$FIXTURE/store" show "$other" >shown
has shown "applicant: the same number: paper 1" "the applicant's card says so, and why"
has shown "owner: the same name: paper 4" "the owner's card says which paper named him"
has shown "note: the owner is not the applicant" "a contradiction is told"
grep -A2 "note: the owner is not the applicant" shown >sides
equal "$(grep -c "(page " sides)" 2 "with its two sides, each with its page"
finish
