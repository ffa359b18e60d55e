# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Packages: the same bytes from the same store, whole on arrival, and nothing too much.
. "$(dirname "$0")/lib.sh"
needs_fixture
export LANGUAGE=en TZ=Asia/Shanghai SOURCE_DATE_EPOCH=1705300000 # 2024-01-15
copy_store
cp -r store twin
bj --store store --as-of 2024-01-15 export --out a
gives 0 "export ends well"
ls a >names
has names '^(water|electricity|gas|heat|telecom)-tx01-[0-9]{10}\.zip$' "there is a package, named as promised"
TZ=UTC bj --store twin --as-of 2024-01-15 export --out b
holds "a twin store gives the same bytes, in another time zone too" diff -r a b
bj --store store --as-of 2024-01-15 export --out c
gives 0 "export again ends well"
ls c >names 2>/dev/null || : >names
lacks names '\.zip$' "what was sent is not sent again"
bj --store twin export
gives 2 "export without --out is wrong usage"
bj --store twin export --out x --to nobody
gives 2 "export to nobody is wrong usage"

for package in a/*.zip; do
    bj verify "$package"
    gives 0 "$(basename "$package") is intact"
    name=$(basename "$package" .zip)
    rm -rf open
    mkdir open
    unzip -q "$package" -d open
    holds "$name: sha256sum agrees" sh -c "cd open/$name && sha256sum --quiet -c manifest-sha256.txt"
    holds "$name: says it is a bag" grep -q '^BagIt-Version: 1.0' "open/$name/bagit.txt"
    utility=${name%%-*}
    jq -r --arg utility "$utility" '
        [.utilities | keys[] | select(. != $utility)]
        + [.fields | keys[] | select(test("^(water|electricity|gas|heat|telecom)[.]"))
           | select(startswith($utility + ".") | not)]
        + (if .source then ["source"] else [] end)
        + (if any(.pages[]?; .name) then ["name"] else [] end) | .[]' \
        "open/$name"/data/cases/*/case.json >too_much
    empty too_much "$name: holds nothing of other utilities, no source, no file names"
done

package=$(find a -name '*.zip' | sort | head -n 1)
for place in 100 half last rights end; do
    size=$(stat -c %s "$package")
    case $place in
    half) at=$((size / 2)) ;;
    last) at=$((size - 1000)) ;;
    # the directory's first entry: the rights of its file; and the very end
    rights) at=$(($(unzip -Z -v "$package" | sed -n 's/^  is \([0-9]*\) (.*/\1/p' | head -n 1) + 38)) ;;
    end) at=$((size - 1)) ;;
    *) at=$place ;;
    esac
    cp "$package" "$(basename "$package")"
    here=$(basename "$package")
    byte=$(dd if="$here" bs=1 skip="$at" count=1 2>/dev/null | od -An -tu1 | tr -d ' ')
    printf "\\$(printf %o $(((byte + 1) % 256)))" |
        dd of="$here" bs=1 seek="$at" conv=notrunc 2>/dev/null
    bj verify "$here"
    gives 1 "one byte changed at $place is noticed"
    rm "$here"
done
head -c 1000 "$package" >"$(basename "$package")"
bj verify "$(basename "$package")"
gives 1 "a cut package is noticed"
bj verify nowhere.zip
gives 1 "no package is noticed"
finish
