/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "work/work-private.h"

#include <signal.h>

static volatile sig_atomic_t seen;
static struct sigaction old_int, old_term;

static void note_signal(int number)
{
    seen = number;
}

void interrupt_watch(void)
{
    struct sigaction action = {.sa_handler = note_signal}; /* no SA_RESTART: poll wakes */
    sigemptyset(&action.sa_mask);
    seen = 0;
    sigaction(SIGINT, &action, &old_int);
    sigaction(SIGTERM, &action, &old_term);
}

void interrupt_unwatch(void)
{
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGTERM, &old_term, NULL);
}

bool interrupt_seen(void)
{
    return seen != 0;
}
