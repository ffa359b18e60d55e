#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# get-hands.sh FOLDER: fetches the faces that the press writes by hand with, all under the
# Open Font License, and puts them into FOLDER, where only the press looks for them. Those
# of the measuring part (zhi-mang-xing, liu-jian-mao-cao, reenie-beanie, kalam) are for
# nothing but measuring: never for training, and never for building or testing.
set -eu
folder=${1:-build/hands}
command -v npm >/dev/null || {
    echo "get-hands: npm is needed to fetch faces: apt install npm" >&2
    exit 1
}
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packages=
for face in ma-shan-zheng@5.3.1 long-cang@5.3.0 zhi-mang-xing@5.3.0 liu-jian-mao-cao@5.3.0 \
    caveat@5.3.0 patrick-hand@5.3.0 reenie-beanie@5.3.0 kalam@5.3.0; do
    packages="$packages @fontsource/$face"
done
# shellcheck disable=SC2086  # a word each
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" $packages
for part in chinese-simplified latin; do
    for file in "$work"/node_modules/@fontsource/*/files/*-"$part"-400-normal.woff2; do
        [ -f "$file" ] || continue
        woff2_decompress "$file"
        cp "${file%.woff2}.ttf" "$folder/"
    done
done
