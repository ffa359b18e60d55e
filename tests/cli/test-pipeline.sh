# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Declarations: the ones that come along are right; wrong ones are named with file and line.
. "$(dirname "$0")/lib.sh"
export LANGUAGE=en

bj check-pipeline
gives 0 "the declarations that came along are right"
has out '申请表' "check-pipeline says what was loaded"
has out '^sha256 [0-9a-f]{64}$' "check-pipeline gives their hash"
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
rule=$(find p/rules -name '*.yaml' | sort | head -n 1)
sed -i 's/property_certificate/no_such_paper/' "$rule"
bj check-pipeline p
gives 4 "a rule that names no paper gives 4"
has err 'no_such_paper' "a rule that names no paper: the name is said"
finish
