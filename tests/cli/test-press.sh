# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# What the press draws, by its truths alone: every form, complete, incomplete and for review,
# with every paper of the lists.
. "$(dirname "$0")/lib.sh"
press=$BUILD/press
if [ ! -x "$press" ]; then
    echo "1..0 # SKIP build/press is not built"
    exit 0
fi

# press_ends STATUS CLAIM ARGUMENT…
press_ends() {
    wanted=$1
    claim=$2
    shift 2
    status=0
    "$press" "$@" >out 2>err </dev/null || status=$?
    if [ "$status" -eq "$wanted" ]; then pass "$claim"; else fail "$claim: $status" out err; fi
}

press_ends 0 "firms and transfers" --truth --seed 7 --cases 130 \
    --forms install_enterprise,transfer --out firms
press_ends 0 "individuals with papers of their lists" --truth --seed 7 --cases 40 --lists \
    --forms install_individual --out people
holds "truths alone: no pictures" test ! -e firms/cases
jq -c . firms/truth/*.json people/truth/*.json >truths
equal "$(wc -l <truths)" 170 "a truth for each case"

# kinds: which form, of whom, in which place
for kind in "install_individual individual" "install_enterprise enterprise" \
    "transfer individual" "transfer enterprise"; do
    jq -c --arg kind "$kind" 'select("\(.form) \(.applicant_kind)" == $kind)' truths >those
    for verdict in complete incomplete review; do
        jq -r '.verdicts[]' those >verdicts
        holds "$kind: a verdict is $verdict" grep -qx "$verdict" verdicts
    done
    for place in kaifeng tongxu; do
        jq -r .place those >places
        holds "$kind: in $place" grep -qx "$place" places
    done
    # whole where nothing is the matter, and not where something is
    jq -r 'select(.plan == "complete") | .case as $case | .verdicts[]
        | select(IN("complete", "deferred") | not) | $case' those >odd
    empty odd "$kind: a pile without a flaw is complete"
    jq -r 'select(.plan == "left_out" and .missing == []) | .case' those >odd
    empty odd "$kind: what was left out is missing"
    jq -r 'select(.plan == "unsigned") | .case as $case | .verdicts[]
        | select(IN("review", "incomplete") | not) | $case' those >odd
    empty odd "$kind: nothing is complete unsigned"
done

# Every utility of every list is complete at times, not only the easy ones.
for list in "install_enterprise enterprise water" "install_enterprise enterprise electricity" \
    "install_enterprise enterprise gas" "install_enterprise enterprise heat" \
    "transfer enterprise water" "transfer enterprise electricity" \
    "transfer enterprise gas" "transfer enterprise heat"; do
    jq -r '. as $t | .verdicts | to_entries[] | select(.value == "complete")
        | "\($t.form) \($t.applicant_kind) \(.key)"' truths >complete
    holds "complete: $list" grep -qx "$list" complete
done

jq -r '.papers[].class' truths | sort -u >classes
for file in "$TOP"/pipelines/papers/*.yaml; do
    class=$(basename "$file" .yaml)
    holds "a pile has $class" grep -qx "$class" classes
done
jq -r '.papers[].flaws // [] | .[]' truths | sort -u >flaws
for flaw in about_a_stranger another_owner elsewhere expired not_sealed not_signed \
    number_differs old_style; do
    holds "a paper is $flaw" grep -qx "$flaw" flaws
done
# What a list wants sealed is sealed by its own firm, and what is not says so.
jq -r '. as $t | .papers[]
    | select(.class == "business_license" and .roles == ["applicant"]
        and $t.applicant_kind == "enterprise")
    | select((.fields.firm_name as $name | (.seals // []) | index($name) == null)
        != ((.flaws // []) | index("not_sealed") != null))
    | $t.case' truths >odd
empty odd "a licence has its firm's seal, or is told to lack it"

# What individuals' cases were, they are: the kept samples' truths, but for the pictures.
press_ends 0 "the samples' truths" --truth --part samples --seed 1 --cases 14 --out samples
for file in "$TOP"/samples/truth/*.json; do
    for side in "$file" "samples/truth/$(basename "$file")"; do
        jq -S 'del(.papers[].pages)' "$side"
    done >both
    equal "$(jq -s '.[0] == .[1]' both)" true "$(basename "$file" .json) is as it was"
done

# Photographed papers are the same papers; their truth says how they lie.
press_ends 0 "photos of them" --truth --part samples --seed 1 --cases 14 --wear photo \
    --out photos
jq -s 'map(del(.papers[].pages, .wear, .format, .dpi))' samples/truth/*.json >as_scans
jq -s 'map(del(.papers[].pages, .wear, .format, .dpi))' photos/truth/*.json >as_photos
holds "a photo's papers are a scan's" cmp -s as_scans as_photos
jq -r '.papers[].pages[] | select((.corners | length) < 1 or (.corners[] | length) != 8
    or .camera == null or .desk == null) | .camera' photos/truth/*.json >odd
empty odd "each photo's truth has corners, camera and desk"
# Filled by hand: the same people and values, and which of them the hand wrote.
for fill in print hand mixed; do
    press_ends 0 "filled by $fill" --truth --seed 7 --cases 4 --fill "$fill" --out "$fill"
    jq -r .fill "$fill"/truth/*.json | sort -u >fills
    equal "$(cat fills)" "$fill" "the truth says: $fill"
    jq -S 'del(.fill, .hand_face, .hand_digits, .by_hand, .papers)' "$fill"/truth/*.json >"$fill.values"
done
holds "a hand writes what is typed else" cmp -s print.values hand.values
holds "and so does one that writes a part" cmp -s print.values mixed.values
equal "$(jq 'select(has("by_hand"))' print/truth/*.json)" "" "what is typed names no hand"
jq -r 'select(.fields["applicant.name"] != null)
    | select(.by_hand | index("applicant.name") == null) | .case' hand/truth/*.json >odd
empty odd "a hand writes the applicant's name"
press_ends 1 "no such way to fill" --truth --cases 1 --fill crayon --out none
has err 'crayon' "and named"

press_ends 1 "a plan of no such form is refused" --truth --only no_seal \
    --forms install_individual --cases 1 --out none
has err 'no_seal' "and named"
press_ends 0 "a plan of firms alone leaves the others out" --truth --only no_seal --cases 3 \
    --out sealless
jq -r '.applicant_kind' sealless/truth/*.json | sort -u >kinds
equal "$(cat kinds)" enterprise "only firms have no seal"
finish
