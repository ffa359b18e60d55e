# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Making a store; a store that cannot be used.
. "$(dirname "$0")/lib.sh"
export LANGUAGE=en

bj --store s cases
gives 3 "no store gives 3"
has err 'banjie init' "no store: the message says how to make one"
bj --store s run .
gives 3 "run without a store gives 3"
holds "run makes no store by itself" test ! -e s

bj --store s init --site tx01
gives 0 "init makes a store"
equal "$(stat -c %a s)" 700 "the store is its owner's alone"
has s/settings.yaml tx01 "the site is in settings.yaml"
has s/settings.yaml '^ *#' "settings.yaml is commented"
bj --store s cases
gives 0 "a new store can be listed"
empty out "a new store has no cases"
sum=$(cat s/settings.yaml)
bj --store s init --site other
gives 3 "init twice gives 3"
equal "$(cat s/settings.yaml)" "$sum" "init twice changes nothing"

# A second program
exec 9>>s/lock
flock 9
bj --store s --wait 0 cases
gives 3 "a store in use gives 3"
has err 'another program is using the store' "a store in use: the message says so"
exec 9>&-
bj --store s --wait 0 cases
gives 0 "a store that was let go can be used"

# A damaged database
bj --store d init
head -c 4096 /dev/zero >d/banjie.db
rm -f d/banjie.db-wal d/banjie.db-journal
bj --store d cases
gives 3 "a damaged database gives 3"
finish
