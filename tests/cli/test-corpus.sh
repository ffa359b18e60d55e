# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Malformed files that nobody here made: no crash, no hang, nothing lost.
. "$(dirname "$0")/lib.sh"
export LANGUAGE=en
if [ ! -d "$CORPUS/malformed" ]; then
    echo "1..0 # SKIP the corpus of malformed files is not beside this tree"
    exit 0
fi
bj --store s init
# the test's own patience with one page, so that the whole stays short
sed -i 's/^#* *\(page_timeout_s\|page_timeout\):.*/\1: 20/' s/settings.yaml
status=0
timeout 400 "$BANJIE" --store s --quiet run "$CORPUS/malformed" --layout stack >out 2>err \
    </dev/null || status=$?
holds "ends by itself, with 0 or 1 (got $status)" test "$status" -le 1
adds_up out "the ledger adds up"
seen=$(sed -n 's/^Files: \([0-9]*\) seen.*/\1/p' out)
equal "$seen" "$(find "$CORPUS/malformed" -type f | wc -l)" "every file is in the ledger"
lacks err 'Segmentation|core dumped|assert' "nothing crashed in sight"
has out 'qpdf_encrypted-40-bit-R3\.pdf|locked' "a locked file is named"
bj --store s cases
gives 0 "the store is sound afterwards"
cp "$CORPUS"/malformed/pil_truncated_jpeg.jpg .
bj --store s --quiet process
holds "process again ends by itself (got $status)" test "$status" -le 1
finish
