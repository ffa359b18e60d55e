#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make-numerals.sh BUILD: makes models/paper-numerals.traineddata from faces and Debian's
# English model, which is small and knows printed digits.
#
# Goes on where it stopped: every step's result is kept in BUILD/models/numbers. About an
# hour and a half on one core. Needs the network, for faces; what the model is for and
# what it can do: models/README.md.
set -eu
cd "$(dirname "$0")/../.."
here=models/make
build=${1:-build}
tools=$build/models
work=$tools/numbers
CHUNKS=${NUMERAL_CHUNKS:-22}            # of twenty pages, some 1,400 lines each
export OMP_THREAD_LIMIT=1 LC_ALL=C.UTF-8
tessdata=${TESSDATA_PREFIX:-/usr/share/tesseract-ocr/5/tessdata}
say() { echo "make-numerals: $*" >&2; }
mkdir -p "$work/chunks"

# All under the Open Font License or Apache-2.0. Those that faces-hands-measuring.tsv names
# are for measuring alone.
if [ ! -f "$work/faces/done" ]; then
    command -v npm >/dev/null || { say "npm is needed to fetch faces: apt install npm"; exit 1; }
    say "fetching faces"
    mkdir -p "$work/faces"
    # shellcheck disable=SC2046  # a word each
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work/npm" \
        $(sed -n 's/^\([a-z]\)/@fontsource\/\1/p' $here/faces-hands.npm)
    for file in "$work"/npm/node_modules/@fontsource/*/files/*-400-normal.woff2; do
        case $file in
        *-latin-400-*|*-chinese-simplified-400-*|*-japanese-400-*)
            woff2_decompress "$file"
            mv "${file%.woff2}.ttf" "$work/faces/" ;;
        esac
    done
    touch "$work/faces/done"
fi

# A network that answers one of these, each a code of its own.
if [ ! -f "$work/start/numerals/numerals.traineddata" ]; then
    mkdir -p "$work/start/numerals"
    printf '%s\n' 0 1 2 3 4 5 6 7 8 9 X . , - / 年 月 日 >"$work/characters.txt"
    unicharset_extractor --output_unicharset "$work/unicharset" --norm_mode 1 \
        "$work/characters.txt" >/dev/null 2>&1
    # Wants to know the strokes of Chinese characters, and uses none of it here.
    printf '4e00\t1.0\n' >"$work/radical-stroke.txt"
    combine_lang_model --input_unicharset "$work/unicharset" --script_dir "$work" \
        --output_dir "$work/start" --lang numerals --pass_through_recoder >"$work/start.log" 2>&1
fi

# make_chunk NAME TEXTS PAGES FACES SEED: pages written, worn and cut to lines
make_chunk() {
    out=$work/chunks/$1
    [ -f "$out.lstmf" ] && return
    "$tools/numerals" "$2" "$((40000 + $5))" >"$out.txt"
    "$tools/line-press" "$out.txt" "$4" "$out.pages" "$3" "$((50000 + $5))" "$work/faces"
    "$tools/line-cutter" "$out.pages" 1 "$3" "$out" 2>/dev/null
    tesseract "$out.tif" "$out" -l chi_sim --psm 13 lstm.train >"$out.log" 2>&1
    rm -rf "$out.pages" "$out.txt"
}
say "making $CHUNKS chunks of lines, half a minute each"
for n in $(seq 1 "$CHUNKS"); do make_chunk "$n" 2000 20 $here/faces-hands.tsv "$n"; done

# The English network as training can go on from it. A network of new layers over its own
# would not do: lstmtraining leaves the old ones as they are then.
if [ ! -f "$work/eng.lstm" ]; then
    combine_tessdata -e "$tessdata/eng.traineddata" "$work/stock-eng.lstm" >/dev/null 2>&1
    "$tools/float-model" "$work/stock-eng.lstm" "$work/eng.lstm"
fi

# train NAME FROM ITERATIONS RATE: goes on from where NAME stopped, else from FROM
train() {
    from=$2
    [ -f "$work/$1_checkpoint" ] && from="--continue_from $work/$1_checkpoint"
    # shellcheck disable=SC2086  # options
    lstmtraining $from --traineddata "$start" --train_listfile "$work/list" \
        --model_output "$work/$1" --learning_rate "$4" --max_iterations "$3" \
        >>"$work/train.log" 2>&1
}
start=$work/start/numerals/numerals.traineddata
ls "$PWD/$work"/chunks/*.lstmf | sort -V | shuf --random-source=$here/faces-hands.tsv >"$work/list"
say "training, an hour; progress is in $work/train.log"
train fast "--continue_from $work/eng.lstm --old_traineddata $tessdata/eng.traineddata" \
    50000 0.0008
train slow "--continue_from $work/fast_checkpoint --reset_learning_rate" 75000 0.0003
train last "--continue_from $work/slow_checkpoint --reset_learning_rate" 110000 0.0001
lstmtraining --stop_training --convert_to_int --continue_from "$work/last_checkpoint" \
    --traineddata "$start" --model_output models/paper-numerals.traineddata \
    >>"$work/train.log" 2>&1
ls -l models/paper-numerals.traineddata >&2
