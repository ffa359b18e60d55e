#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run-one.sh TEST: one test, in the way its kind wants; called by prove.
case $1 in
*.sh) exec ${OFFLINE:-} sh "$1" ;;
esac
# GLib's tests end with "Bail out!" where an assertion fails, and prove would then drop all
# other tests; the exit status says as much about this one.
output=$(mktemp)
trap 'rm -f "$output"' EXIT
status=0
"$1" --tap >"$output" || status=$?
sed 's/^Bail out!/# Bail out!/' "$output"
exit "$status"
