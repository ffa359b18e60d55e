/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker: the process that hostile bytes are given to. It has no store and no network
 * where the system lets it give that up, and it is limited before it reads anything. */
#include "work/work-private.h"

#include "base/json.h"
#include "intake/intake.h"
#include "reading/reading.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Address space beyond what is resident: libraries, language data, fragmentation. */
#define ADDRESS_SLACK_MB 450
#define OUTPUT_FILE_LIMIT_MB 256

static void limit(int resource, rlim_t value)
{
    struct rlimit both = {value, value};
    setrlimit(resource, &both);
}

static void confine(void)
{
    const char *memory = g_getenv("BANJIE_WORKER_MEMORY_MB");
    const char *cpu = g_getenv("BANJIE_WORKER_CPU_S");
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* no orphans when the coordinator is killed */
    prctl(PR_SET_DUMPABLE, 0);
    signal(SIGINT, SIG_IGN); /* the coordinator decides when to stop */
    if (memory != NULL)
        limit(RLIMIT_AS, ((rlim_t)g_ascii_strtoull(memory, NULL, 10) + ADDRESS_SLACK_MB)
                             << 20);
    if (cpu != NULL)
        limit(RLIMIT_CPU, (rlim_t)g_ascii_strtoull(cpu, NULL, 10));
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, (rlim_t)OUTPUT_FILE_LIMIT_MB << 20);
    /* Refused inside some containers and without user namespaces: then we go on without.
     */
    if (unshare(CLONE_NEWNET) != 0)
        (void)unshare(CLONE_NEWUSER | CLONE_NEWNET);
}

static JsonObject *probe_answer(JsonObject *request)
{
    JsonObject *answer = json_object_new();
    ProbeResult probe = {0};
    g_autoptr(GError) error = NULL;
    if (intake_probe(json_get_string(request, "path", ""), &probe, &error)) {
        json_set_string(answer, "format", probe.format);
        json_object_set_int_member(answer, "pages", probe.page_count);
        probe_result_clear(&probe);
    } else {
        json_set_string(answer, "reason", intake_reason(error));
        json_set_string(answer, "text", error->message);
    }
    return answer;
}

static int64_t cpu_used_ms(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000LL +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static bool send_answer(FILE *out, JsonObject *answer)
{
    g_autofree char *text = json_object_text(answer);
    return fputs(text, out) >= 0 && fputc('\n', out) >= 0 && fflush(out) == 0;
}

/* The warm recogniser, made at the first page: probing needs none. */
static Engine *engine_when_needed(Engine **engine, JsonObject **refusal)
{
    g_autoptr(GError) error = NULL;
    if (*engine == NULL)
        *engine = engine_new(&error);
    if (*engine == NULL) {
        *refusal = json_object_new();
        json_set_string(*refusal, "reason", "no_model");
        json_set_string(*refusal, "text", error->message);
    }
    return *engine;
}

/* The known prints, loaded when the coordinator names another file of them. */
typedef struct {
    char *path;
    GPtrArray *prints;
} Known;

static const GPtrArray *prints_when_needed(Known *known, const char *path)
{
    if (known->prints == NULL || g_strcmp0(path, known->path) != 0) {
        g_free(known->path);
        if (known->prints != NULL)
            g_ptr_array_unref(known->prints);
        known->path = g_strdup(path);
        known->prints = memory_load(path);
    }
    return known->prints;
}

static JsonObject *answer_request(Engine **engine, Known *known, JsonObject *request)
{
    JsonObject *answer = NULL;
    if (g_str_equal(json_get_string(request, "job", ""), "probe"))
        answer = probe_answer(request);
    else if (engine_when_needed(engine, &answer) != NULL)
        answer = page_answer(
            *engine, prints_when_needed(known, json_get_string(request, "prints", NULL)),
            request);
    return answer;
}

int work_serve(void)
{
    /* What libraries print to standard output must not reach the coordinator. */
    FILE *out = fdopen(dup(STDOUT_FILENO), "w");
    if (out == NULL || freopen("/dev/null", "w", stdout) == NULL)
        return EXIT_FAILURE;
    confine();
    g_autoptr(Engine) engine = NULL;
    Known known = {0};
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        g_autoptr(JsonObject) request = json_parse_object(line, -1, NULL);
        if (request == NULL)
            break;
        int64_t before_ms = cpu_used_ms();
        g_autoptr(JsonObject) answer = answer_request(&engine, &known, request);
        json_object_set_int_member(answer, "cpu_ms", cpu_used_ms() - before_ms);
        if (!send_answer(out, answer))
            break;
    }
    g_free(known.path);
    g_clear_pointer(&known.prints, g_ptr_array_unref);
    free(line);
    fclose(out);
    return EXIT_SUCCESS;
}
