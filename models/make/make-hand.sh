#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make-hand.sh BUILD: makes models/paper-hand.traineddata, which reads words by hand, from
# models/paper-chi_sim.traineddata and faces of hands.
#
# Goes on where it stopped: every step's result is kept in BUILD/models/hand. About an
# hour and a half on one core. Needs the network, for faces; what the model is for and what it can
# do: models/README.md.
set -eu
cd "$(dirname "$0")/../.."
here=models/make
build=${1:-build}
tools=$build/models
work=$tools/hand
CHUNKS=${HAND_CHUNKS:-14}               # of twenty pages, some 1,300 lines each
export OMP_THREAD_LIMIT=1 LC_ALL=C.UTF-8
words=/usr/lib/python3/dist-packages/jieba/dict.txt
say() { echo "make-hand: $*" >&2; }
mkdir -p "$work/chunks"

# Under the Open Font License or in the public domain, kiloji under a BSD licence. Debian's
# are unpacked and not installed: nobody else is to print with them.
if [ ! -f "$work/faces/done" ]; then
    command -v npm >/dev/null || { say "npm is needed to fetch faces: apt install npm"; exit 1; }
    say "fetching faces"
    mkdir -p "$work/faces" "$work/deb"
    # shellcheck disable=SC2046  # a word each
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work/npm" \
        $(sed -n 's/^\([a-z]\)/@fontsource\/\1/p' $here/faces-hands-words.npm)
    for file in "$work"/npm/node_modules/@fontsource/*/files/*-400-normal.woff2; do
        case $file in
        *-chinese-simplified-400-*|*-chinese-traditional-400-*|*-japanese-400-*) ;;
        *-latin-400-*) # the other file of a Chinese or Japanese face has this part too
            ls "${file%-latin-400-*}"-*e*-400-normal.woff2 2>/dev/null |
                grep -qE -- '-(chinese-(simplified|traditional)|japanese)-400-' && continue ;;
        *) continue ;;
        esac
        woff2_decompress "$file"
        mv "${file%.woff2}.ttf" "$work/faces/"
    done
    (cd "$work/deb" && apt-get download -qq fonts-aoyagi-kouzan-t fonts-aoyagi-soseki \
        fonts-kouzan-mouhitsu fonts-kiloji fonts-seto)
    for package in "$work"/deb/*.deb; do dpkg-deb -x "$package" "$work/deb/x"; done
    for face in AoyagiKouzanT KouzanBrushFontSousyo aoyagi-soseki kiloji kiloji_p \
        kouzan-mouhitsu kouzan-mouhitsu-gyosho setofont; do
        find "$work/deb/x" -name "$face.ttf" -exec cp {} "$work/faces/" \;
    done
    touch "$work/faces/done"
fi

# The tuned model as training can go on from it, and what it can write.
if [ ! -f "$work/float.lstm" ]; then
    combine_tessdata -u models/paper-chi_sim.traineddata "$work/base." >/dev/null 2>&1
    "$tools/float-model" "$work/base.lstm" "$work/float.lstm"
fi
{
    tail -n +5 "$work/base.lstm-unicharset" | cut -d' ' -f1 | grep -P '^.$' | tr -d '\n'
    echo
} >"$work/charset.txt"
find pipelines -name '*.yaml' -exec grep -ohP \
    '[\x{4e00}-\x{9fff}][\x{4e00}-\x{9fff}、（）()/]{1,17}' {} + |
    sed 's/（/(/g; s/）/)/g' | sort -u >"$work/terms.txt"

# make_chunk NAME TEXTS PAGES FACES SEED: pages written, worn and cut to lines
make_chunk() {
    out=$work/chunks/$1
    [ -f "$out.lstmf" ] && return
    "$tools/texts" "$work/charset.txt" "$words" "$work/terms.txt" "$2" "$((60000 + $5))" \
        hand >"$out.txt"
    "$tools/line-press" "$out.txt" "$4" "$out.pages" "$3" "$((70000 + $5))" "$work/faces"
    "$tools/line-cutter" "$out.pages" 1 "$3" "$out" 2>/dev/null
    tesseract "$out.tif" "$out" -l chi_sim --psm 13 lstm.train >"$out.log" 2>&1
    rm -rf "$out.pages" "$out.txt"
}
say "making $CHUNKS chunks of lines, a minute each"
for n in $(seq 1 "$CHUNKS"); do make_chunk "$n" 3000 20 $here/faces-hands-words.tsv "$n"; done

# train NAME FROM ITERATIONS RATE: goes on from where NAME stopped, else from FROM, and
# counts from there
train() {
    from=$2
    [ -f "$work/$1_checkpoint" ] && from="--continue_from $work/$1_checkpoint"
    # shellcheck disable=SC2086  # options
    lstmtraining $from --traineddata models/paper-chi_sim.traineddata \
        --train_listfile "$work/list" --model_output "$work/$1" --learning_rate "$4" \
        --max_iterations "$3" >>"$work/train.log" 2>&1
}
find "$PWD/$work/chunks" -name '[0-9]*.lstmf' | sort -V |
    shuf --random-source=$here/faces-hands-words.tsv >"$work/list"
say "training, an hour; progress is in $work/train.log"
train fast "--continue_from $work/float.lstm" 18000 0.0004
train slow "--continue_from $work/fast_checkpoint --reset_learning_rate" 11000 0.0002
train last "--continue_from $work/slow_checkpoint --reset_learning_rate" 14000 0.0001
train end "--continue_from $work/last_checkpoint --reset_learning_rate" 10000 0.00004
lstmtraining --stop_training --convert_to_int --continue_from "$work/end_checkpoint" \
    --traineddata models/paper-chi_sim.traineddata \
    --model_output models/paper-hand.traineddata >>"$work/train.log" 2>&1
ls -l models/paper-hand.traineddata >&2
