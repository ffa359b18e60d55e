# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Files that cannot be read are named, each with its reason, and the rest is done.
. "$(dirname "$0")/lib.sh"
needs_fixture
export LANGUAGE=en
bj --store s init
good=$(find "$TOP/samples/cases" -mindepth 1 -maxdepth 1 -type d | sort | head -n 1)
mkdir pile
cp -r "$good" pile/good
: >pile/good/empty.jpg
printf 'GIF89a no picture we read' >pile/good/odd.gif
head -c 2000 "$(find "$good" -type f | sort | head -n 1)" >pile/good/cut.jpg
ln -s nowhere pile/good/dangling.jpg
# A PDF whose user password is not the empty one: /O and /U are arbitrary.
cat >pile/good/locked.pdf <<'PDF'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f>/U<f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff101112131415161718191a1b1c1d1e1f>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%EOF
PDF
bj --store s --as-of 2024-01-15 run pile
gives 1 "a pile with bad files gives 1"
adds_up out "the ledger adds up"
has out 'empty\.jpg: the file is empty' "the empty file is named"
has out 'odd\.gif: ' "the file of another kind is named"
has out 'locked\.pdf: locked with a password' "the locked file is named"
has out 'cut\.jpg' "the cut file is named"
bj --store s cases --json
equal "$(jq -r 'select(.source == "good") | .form' out)" install_individual "the good case is done"

bj --store s run nowhere-at-all
gives 1 "a path that does not exist gives 1"
has out 'nowhere-at-all' "a path that does not exist is named"
mkdir void
bj --store s run void
gives 1 "a folder without pages gives 1"
has out 'void' "a folder without pages is named"
adds_up out "the ledger of nothing adds up"
finish
