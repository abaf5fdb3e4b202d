/* Loaded before a built program (LD_PRELOAD): as soon as it has a desktop, its own main thread runs
 * the file named by PEEPHOLE. A built program takes no Python from outside, on purpose.
 *
 * Nothing of Python is touched on the thread that waits here: PySide does not bear that while it is
 * being imported. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static const char RUN[] =
    "def open_peephole():\n"
    "    import os, sys\n"
    "    widgets = sys.modules.get('PySide6.QtWidgets')\n"
    "    application = getattr(widgets, 'QApplication', None)\n"
    "    desktop = application.instance() if application else None\n"
    "    if desktop is None or 'PEEPHOLE' not in os.environ:\n"
    "        return\n"
    "    os.environ.pop('LD_PRELOAD', None)\n"
    "    place = os.environ.pop('PEEPHOLE')\n"
    "    inside = {'__name__': 'peephole', '__file__': place}\n"
    "    with open(place, encoding='utf-8') as file:\n"
    "        exec(compile(file.read(), place, 'exec'), inside)\n"
    "    inside['open_peephole'](desktop)\n"
    "open_peephole()\n"
    "del open_peephole\n";

static int on_main_thread(void *run) {
    ((int (*)(const char *))run)(RUN);
    return 0;
}

static void *wait_for_desktop(void *nothing) {
    int (*is_ready)(void) = NULL;
    while (!(is_ready = (int (*)(void))dlsym(RTLD_DEFAULT, "Py_IsInitialized")) || !is_ready())
        usleep(2000);
    int (*add)(int (*)(void *), void *) =
        (int (*)(int (*)(void *), void *))dlsym(RTLD_DEFAULT, "Py_AddPendingCall");
    void *run = dlsym(RTLD_DEFAULT, "PyRun_SimpleString");
    for (; getenv("PEEPHOLE"); usleep(20000)) add(on_main_thread, run);
    return nothing;
}

__attribute__((constructor)) static void begin(void) {
    pthread_t thread;
    if (getenv("PEEPHOLE")) pthread_create(&thread, NULL, wait_for_desktop, NULL);
}
