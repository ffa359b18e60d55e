# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The house is in order: layers, banned calls, messages, manual page.
. "$(dirname "$0")/lib.sh"
holds "every room keeps to its layer" sh "$TOP/tests/lint/layers.sh"
holds "nothing banned" sh "$TOP/tests/lint/banned.sh"

if command -v xgettext >/dev/null && command -v msgcmp >/dev/null; then
    sh "$TOP/po/extract.sh" "$work/messages.pot" 2>err
    holds "every message has its Chinese" msgcmp "$TOP/po/zh_CN.po" messages.pot
    msgattrib --obsolete --no-obsolete "$TOP/po/zh_CN.po" >/dev/null 2>&1
    holds "the Chinese messages are well formed" msgfmt --check -o /dev/null "$TOP/po/zh_CN.po"
else
    skip "every message has its Chinese" "gettext is not installed"
fi

# Every command is in the manual page and has its file.
sed -n 's/^COMMAND(\(.*\))/\1/p' "$TOP/src/cmd/commands.def" | tr _ - | while read -r command; do
    [ -e "$TOP/src/cmd/$command.c" ] || echo "no src/cmd/$command.c"
    [ "$command" = worker-serve ] || grep -q "^\.B banjie $(echo "$command" | sed 's/-/\\\\-/g')" \
        "$TOP/docs/banjie.1" || echo "$command is not in docs/banjie.1"
done >lacking
empty lacking "every command has its file and its place in the manual page"

sed -n 's/.*REASON("\([a-z_0-9]*\)".*/\1/p' "$TOP/src/cmd/reasons.def" | sort >known
sort -u known >once
same known once "every reason of the ledger is in the table once"
# Those that intake and work give are all among them.
grep -hoE 'reason = "[a-z_]+"|\[INTAKE_ERROR_[A-Z_]+\] = "[a-z_]+"|failure = [^;]*"[a-z_]+"' \
    "$TOP"/src/intake/*.c "$TOP"/src/work/*.c | grep -oE '"[a-z_]+"' | tr -d '"' | sort -u >given
comm -23 given once >unknown
empty unknown "every reason that intake and work give has its words"
holds "there are such reasons" test -s given
finish
