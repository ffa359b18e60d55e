# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# A person's correction: checked, kept, never overwritten.
. "$(dirname "$0")/lib.sh"
needs_fixture
export LANGUAGE=en
copy_store
case=$(jq -r .case "$FIXTURE/records.jsonl" | head -n 1)
field() {
    bj --store store show "$case" --json
    jq -r "$1" out
}

bj --store store --as-of 2024-01-15 set "$case" applicant.name 欧阳春晓 --by 王芳 --reason 看过原件
gives 0 "set ends well"
equal "$(field '.fields["applicant.name"].value')" 欧阳春晓 "the value is set"
equal "$(field '.fields["applicant.name"].state')" confirmed "the state is confirmed"
bj --store store --as-of 2024-03-01 process
equal "$(field '.fields["applicant.name"].value')" 欧阳春晓 "deciding again keeps it"
bj --store store --as-of 2024-01-15 set "$case" utilities water,gas --by 王芳
gives 0 "choices with a comma"
equal "$(field '.fields.utilities.value | join(" ")')" "water gas" "the choices are set"
equal "$(field '.utilities | keys | join(" ")')" "gas water" "the verdicts follow"

short=$(echo "$case" | sed 's/.*-//' | cut -c1-6 | tr 'A-Z' 'a-z')
bj --store store show "$short"
gives 0 "the beginning of a name is enough, in small letters"
has out 欧阳春晓 "show shows it"

bj --store store set "$case" applicant.name 张三
gives 2 "a correction without a name is refused"
bj --store store set "$case" applicant.shoe_size 42 --by 王芳
gives 2 "a field the form does not have is refused"
bj --store store set "$case" utilities water,beer --by 王芳
gives 2 "a choice that does not exist is refused"
has err electricity "the choices that exist are named"
bj --store store set "$case" applicant.id_number 123 --by 王芳
gives 2 "what cannot be an identity number is refused"
bj --store store set "$case" declaration.date 2023-13-01 --by 王芳
gives 2 "a day that is not in the calendar is refused"
bj --store store set zz99-00000000 applicant.name 张三 --by 王芳
gives 1 "an unknown case gives 1"
bj --store store show tx01
gives 1 "a beginning that fits several cases gives 1"
has err 'cases begin' "a beginning that fits several: the message says so"
equal "$(field '.fields["applicant.name"].value')" 欧阳春晓 "refused corrections leave no trace"
finish
