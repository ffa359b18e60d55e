/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c - argv, the table of commands, the exit status; nothing else. */
#include "cmd/cmd.h"

int main(int argc, char **argv)
{
    language_start(argv[0]);
    return command_main(argc, argv);
}
