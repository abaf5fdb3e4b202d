/* Loaded before a built program (LD_PRELOAD): once its Python has Qt, runs the file named by
 * PEEPHOLE on a thread of its own. A built program takes no Python from outside, on purpose. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char RUN[] =
    "import os, sys\n"
    "if '--helper' not in sys.argv:\n"
    "    os.environ.pop('LD_PRELOAD', None)\n"
    "    place = os.environ.pop('PEEPHOLE')\n"
    "    inside = {'__name__': 'peephole', '__file__': place}\n"
    "    exec(compile(open(place, encoding='utf-8').read(), place, 'exec'), inside)\n"
    "    inside['watch']()\n";

static void *wait_and_run(void *unused) {
    int (*is_ready)(void) = NULL;
    while (!(is_ready = (int (*)(void))dlsym(RTLD_DEFAULT, "Py_IsInitialized")) || !is_ready())
        usleep(2000);
    int (*ensure)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "PyGILState_Ensure");
    void (*release)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "PyGILState_Release");
    int (*run)(const char *) = (int (*)(const char *))dlsym(RTLD_DEFAULT, "PyRun_SimpleString");
    void *(*modules)(void) = (void *(*)(void))dlsym(RTLD_DEFAULT, "PyImport_GetModuleDict");
    void *(*item)(void *, const char *) =
        (void *(*)(void *, const char *))dlsym(RTLD_DEFAULT, "PyDict_GetItemString");
    for (int has_qt = 0; !has_qt; usleep(2000)) {
        int state = ensure();
        has_qt = item(modules(), "PySide6.QtWidgets") != NULL;
        if (has_qt) run(RUN);
        release(state);
    }
    return unused;
}

__attribute__((constructor)) static void begin(void) {
    pthread_t thread;
    if (getenv("PEEPHOLE")) pthread_create(&thread, NULL, wait_and_run, NULL);
}
