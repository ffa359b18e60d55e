# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Declarations: the ones that come along are right; wrong ones are named with file and line.
. "$(dirname "$0")/lib.sh"
export LANGUAGE=en

bj check-pipeline
gives 0 "the declarations that came along are right"
has out '申请表' "check-pipeline says what was loaded"
has out '^sha256 [0-9a-f]{64}$' "check-pipeline gives their hash"
bj check-pipeline --lists
gives 0 "check-pipeline --lists works"
has out '^通许县，企业过户，依据汴审改办〔2022〕1号，自2022-01-17起：$' "it says each list in Chinese"
has out '须是原户主或原户主的法人代表的；须在有效期内' "it says what a requirement stands for"
lacks out '^sha256|字段' "it says nothing but the lists"
bj check-pipeline nowhere
gives 4 "no declarations at all give 4"

fresh() {
    rm -rf p
    cp -rL "$TOP/pipelines" p # -L: never write through a link
}
fresh
form=$(find p/forms -name '*.yaml' | sort | head -n 1)
sed -i '5i frobnicate: yes' "$form"
bj check-pipeline p
gives 4 "an unknown key gives 4"
has err "$(basename "$form"):5" "an unknown key is named with file and line"
bj --store s init
bj --store s --pipeline p run .
gives 4 "run with wrong declarations gives 4"
bj --store s --pipeline p process
gives 4 "process with wrong declarations gives 4"

fresh
printf 'a: [1,\n' >"$(find p/rules -name '*.yaml' | sort | head -n 1)"
bj check-pipeline p
gives 4 "what is no YAML gives 4"
has err '\.yaml:[0-9]+' "what is no YAML is named with file and line"

fresh
printf 'name: note\ntitle: 便条\nmax_pages: 1\naccept_score: 40\nmargin: 10\ncues: [{texts: [便条], weight: 50}]\nfields: [{key: who, kind: text, labels: [谁]}]\n' >p/papers/note.yaml
bj check-pipeline p
gives 0 "a paper that no list names is no mistake"
has out 'papers/note.yaml:1:1: no list names "note"' "but it is remarked on, with file, line and column"

fresh
rule=$(find p/rules -name '*.yaml' | sort | head -n 1)
sed -i 's/about: site/about: account/' "$rule"
bj check-pipeline p
gives 4 "a requirement that no paper can meet gives 4"
has err "$(basename "$rule"):[0-9]+:[0-9]+: requirement \"[a-z_]+\" cannot be met" "and is named with file, line and column"

fresh
rule=$(find p/rules -name '*.yaml' | sort | head -n 1)
sed -i 's/property_certificate/no_such_paper/' "$rule"
bj check-pipeline p
gives 4 "a rule that names no paper gives 4"
has err 'no_such_paper' "a rule that names no paper: the name is said"
finish
