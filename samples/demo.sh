#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# demo.sh BUILD: the main job on the papers in samples/cases, from an empty store to
# packages, and a picture of a page as it was read. Everything lands in BUILD/demo.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
demo=$build/demo
export LANGUAGE="${LANGUAGE:-zh_CN}" LC_ALL="${LC_ALL:-C.UTF-8}"
if [ ! -d samples/cases ]; then
    echo "samples/cases is not here; \`make samples\` makes it" >&2
    exit 2
fi
rm -rf "$demo"
mkdir -p "$demo"

echo "\$ banjie init --site tx01"
"$build/banjie" --store "$demo/store" init --site tx01
echo "\$ banjie run samples/cases --export $demo/packages"
status=0
"$build/banjie" --store "$demo/store" run samples/cases --export "$demo/packages" || status=$?
# 1: something was refused and is named above; the rest is done
[ "$status" -le 1 ] || exit "$status"

# a case that is complete for somebody; its form is the first page
case=$("$build/banjie" --store "$demo/store" cases --json |
    sed -n '/"verdict":"complete"/s/^{"record":[0-9]*,"case":"\([^"]*\)".*/\1/p' | head -n 1)
if [ -n "$case" ]; then
    echo "\$ banjie page $case 1 -o $demo/page.png"
    "$build/banjie" --store "$demo/store" page "$case" 1 -o "$demo/page.png"
fi
echo
echo "packages / 数据包: $demo/packages"
if [ -n "$case" ]; then
    echo "a page as it was read / 读过的一页: $demo/page.png"
fi
echo "one case in full / 看一个案件: $build/banjie --store $demo/store show ${case:-CASE}"
