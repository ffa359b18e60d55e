# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The measure measures: known records against known truth.
. "$(dirname "$0")/lib.sh"
score=$BUILD/score
if [ ! -x "$score" ]; then
    echo "1..0 # SKIP build/score is not built"
    exit 0
fi
mkdir truth
cat >truth/a.json <<'JSON'
{"case": "a", "form": "install_individual", "print": "p", "face": "f", "wear": "clean", "format": "png",
 "fields": {"applicant.name": "陈英涛", "site.address": "通许县 人民路（1）号", "agent.name": "王芳",
            "applicant.phone": "13800000000", "vat.name": null, "other_requirements": null,
            "utilities": ["water", "gas"], "water.nature": "residential", "vat.required": null},
 "papers": [{"class": "install_individual", "pages": [{"file": "1.png", "index": 0}, {"file": "2.png", "index": 0}]},
            {"class": "id_card", "pages": [{"file": "3.png", "index": 0}],
             "fields": {"name": "陈英涛", "id_number": "41022219900101001X"}}],
 "verdicts": {"water": "complete", "gas": "incomplete"}}
JSON
cp truth/a.json truth/b.json
sed -i 's/"case": "a"/"case": "b"/; s/install_individual", "print/transfer", "print/' truth/b.json
cat >records <<'JSON'
{"source": "a", "utilities": {"water": {"verdict": "complete"}, "gas": {"verdict": "complete"}}, "fields": {"applicant.name": {"value": "陈英涛", "state": "accepted"}, "site.address": {"value": "通许县人民路(1)号", "state": "review"}, "agent.name": {"value": "王方", "state": "accepted", "confidence": 0.97, "evidence": [{"paper": 1, "page": 1, "box": [40, 60, 120, 30], "text": "王方", "confidence": 0.97, "model": "m"}]}, "applicant.phone": {"value": null, "state": "empty"}, "vat.name": {"value": "<章>", "state": "review"}, "other_requirements": {"value": null, "state": "empty"}, "utilities": {"value": ["water", "gas"], "state": "accepted"}, "water.nature": {"value": "special", "state": "review"}, "vat.required": {"value": null, "state": "empty"}}, "papers": [{"paper": 1, "class": "install_individual", "pages": [1]}, {"paper": 2, "class": "unknown", "pages": [2]}, {"paper": 3, "class": "id_card", "pages": [3], "fields": {"name": {"value": "陈英涛", "state": "accepted"}, "id_number": {"value": "410222", "state": "review"}}}], "pages": [{"page": 1, "name": "1.png", "index": 0, "dpi": 150, "proof": "sha256:PROOF"}, {"page": 2, "name": "2.png", "index": 0}, {"page": 3, "name": "3.png", "index": 0}]}
JSON
"$score" --errors errors truth <records >out
has out '^fields right .* 3 of +12 ' "fields right: three of a's six, none of b's six, which has no record"
has out '^straight through .* 2 of +12 ' "straight through"
has out '^accepted and right .* 2 of +3 ' "accepted and right: of what was accepted"
has out '^false fill  .* 1 of +6 ' "false fill: over what is empty in truth"
has out '^false fill, accepted .* 0 of +6 ' "false fill that was accepted"
has out '^ticks .* 2 of +6 ' "ticks: all options of a field, the unticked too; a field that is not there is wrong"
has out '^page class .* 2 of +6 ' "page class"
has out '^found whole .* 1 of +4 ' "found whole"
has out '^paper fields right .* 1 of +4 ' "paper fields right"
has out '^accepted paper fields right .* 1 of +1 ' "accepted paper fields right"
has out '^verdicts .* 1 of +4 ' "verdicts"
has out '^false complete .* 1 of +2 ' "false complete: of what is called complete"
has out '^fields right .* 8\.89 \.\. +53\.23' "Wilson's interval of 3 of 12"
holds "each form for itself: the cases of one" \
    sh -c "sed -n '/^form: install_individual/,/^\$/p' out | grep -Eq '^  fields right .* 3 of +6 '"
holds "each form for itself: those of another" \
    sh -c "sed -n '/^form: transfer/,/^\$/p' out | grep -Eq '^  fields right .* 0 of +6 '"
has errors '^a	field	agent\.name	王芳	王方	accepted' "what is wrong is listed"
has errors '^b	NO RECORD' "a case without a record is listed"

echo 'fields_right 20' >low
echo 'false_complete 0' >high
holds "a floor that is kept" sh -c "'$score' --floors low truth <records >kept"
holds "a floor that is not" sh -c "! '$score' --floors high truth <records >not_kept"
has not_kept 'BELOW' "the floor that is not kept is named"

# --- the page for people ---
"$BANJIE" --store store --quiet init 2>err
proof=$(sha256sum "$TOP/docs/page.png" | cut -d' ' -f1)
head=$(echo "$proof" | cut -c1-2) rest=$(echo "$proof" | cut -c3-)
mkdir -p "store/objects/$head"
cp "$TOP/docs/page.png" "store/objects/$head/$rest"
sed "s/PROOF/$proof/" records >with_proof
report() {
    "$score" --floors low --store store --pipeline "$TOP/pipelines" "$@" truth <with_proof >again 2>err
}
holds "a report is written" report --report page.html --title '2 cases & more'
has page.html '2 cases &amp; more' "what was measured"
has page.html '<td>fields right<td>25\.00 %<td>3 of 12<td>8\.89 – 53\.23' "a rate with its counts and interval"
has page.html 'kept, too few to judge' "a floor that is kept by too few values"
has page.html '<h3>False complete: 1</h3>' "false complete first"
holds "the worst kind stands before what is accepted and wrong" \
    sh -c "tr -d '\n' <page.html | grep -q 'False complete: 1.*Accepted on the form, and wrong: 1.*left to a person'"
has page.html '王方<dt>true<dd class=true>王芳' "what was read, and what is true"
has page.html '^.*src=.data:image/jpeg;base64,/9j/' "with its ink"
has page.html '&lt;章&gt;' "what would be markup is not"
has page.html '<td>person_name<td>print<td>accepted<td>1<td>97\.00<td>0\.00<td>1' "what a confidence is worth, by kind and ink"
has page.html 'Of 1 values 0 say how often such values were right' "whether confidences were measured at all"
lacks page.html '(src|href)=.?(http|//|/[^9])' "it needs nothing beside it"
equal "$(grep -c '<h3>By ' page.html)" 9 "form, paper, kind, wear, fill, face, print, format; and confidences by kind"
holds "a limit on pictures" report --report few.html --pictures 0
has few.html '<p class=soft>[1-9][0-9]* more pictures are left out' "is said"
lacks few.html 'data:image' "is kept"
holds "without a store there is a page still" \
    sh -c "'$score' --report bare.html truth <records >again && grep -q 'False complete: 1' bare.html"

# --- how often values are right ---
holds "values are counted" sh -c "'$score' --pipeline '$TOP/pipelines' --calibration counts truth <records >again"
has counts '^model: m$' "by the models that read them"
has counts 'kind: person_name, ink: print, state: accepted, from: 0.97, right: 0, of: 1}' "by kind, ink, state and confidence"
lacks counts 'kind: address' "only where the record says how sure it is"
cp -r "$TOP/pipelines" measured
cp counts measured/calibration.yaml
holds "what is counted is a declaration" "$BANJIE" check-pipeline measured
sed 's/"value": "通许县人民路(1)号", "state": "review"/&, "confidence": 0.9, "evidence": [{"model": "n"}]/' records >two
holds "two models are not counted together" \
    sh -c "! '$score' --pipeline '$TOP/pipelines' --calibration none truth <two >again 2>err"
has err 'read by (m and by n|n and by m)' "it says which"
sed 's/"state": "accepted", "confidence": 0.97/"state": "review", "reason": {"code": "rate_too_low"}, "confidence": 0.4, "raw_confidence": 0.97/' \
    records >left
holds "what calibration left to a person counts as what the rules made of it" \
    sh -c "'$score' --pipeline '$TOP/pipelines' --calibration again truth <left >out && cmp counts again"
finish
