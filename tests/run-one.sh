#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run-one.sh TEST: one test, in the way its kind wants; called by prove.
case $1 in
*.sh) exec ${OFFLINE:-} sh "$1" ;;
*) exec "$1" --tap ;;
esac
