# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Help, languages, and the exit status of wrong usage.
. "$(dirname "$0")/lib.sh"
export LANGUAGE=en

commands='init cover run intake process cases show page set export verify layouts check-pipeline doctor'
for command in $commands; do
    bj "$command" --help
    gives 0 "$command --help ends well"
    has out "^Example:" "$command --help has an example"
    has out "banjie $command" "$command's example is of the command"
done

bj --help
gives 0 "--help ends well"
for command in $commands; do
    has out "^  $command " "--help lists $command"
done
lacks out worker-serve "--help leaves out what is not for people"
bj help run
has out "banjie run" "help COMMAND is COMMAND --help"
bj --version
has out '^banjie [0-9]+\.[0-9]+\.[0-9]+$' "--version"

bj
gives 2 "no command is wrong usage"
bj prosess
gives 2 "an unknown command is wrong usage"
has err '“process”' "an unknown command names the nearest"
empty out "messages keep off standard output"
bj frobnicate
lacks err 'did you mean' "nothing is near frobnicate"
bj run
gives 2 "run without a path is wrong usage"
bj cases --frob
gives 2 "an unknown option is wrong usage"
bj cases --json --csv
gives 2 "--json with --csv is wrong usage"
bj cases --status nice
gives 2 "an unknown status is wrong usage"
bj --as-of 2023-02-29 cases
gives 2 "a day that is not in the calendar is wrong usage"
bj --jobs 0x cases
gives 2 "--jobs wants a number"
bj -j100000 cases
gives 2 "-j100000 is read as --jobs=100000"
has err "number from 1 to" "and that is too large a number"
bj --jobs -3 cases
gives 2 "--jobs wants a number over 0"
bj init --site UPPER
gives 2 "a site id has small letters"
bj --store s init
bj --store s run x --layout heap
gives 2 "an unknown layout is wrong usage"
bj --store s run x --place atlantis
gives 2 "an unknown place is wrong usage"
has err 'kaifeng' "an unknown place names the known ones"

# Options may stand before and after the command.
bj --store t init
gives 0 "--store before the command"
bj cases --store t
gives 0 "--store after the command"
BANJIE_STORE=t bj cases
gives 0 "the store of BANJIE_STORE"

# Chinese by each way to ask for it, installed or not.
for setting in LANGUAGE=zh_CN LC_ALL=zh_CN.UTF-8 LANG=zh_CN.UTF-8; do
    env -u LC_ALL -u LANG -u LANGUAGE "$setting" "$BANJIE" --help >out 2>err
    has out '检查' "$setting gives Chinese"
done
env -u LC_ALL -u LANG -u LANGUAGE "$BANJIE" --help >out 2>err
has out 'missing|read' "nothing set gives English"
LANGUAGE=zh_CN bj prosess
has err '没有“prosess”' "a message in Chinese"

# What is written to a full disk is not done.
if [ -w /dev/full ]; then
    status=0
    "$BANJIE" --help >/dev/full 2>err || status=$?
    gives 1 "a full disk behind standard output is noticed"
else
    skip "a full disk behind standard output is noticed" "no /dev/full here"
fi
finish
