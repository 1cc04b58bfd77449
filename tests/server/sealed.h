/* sealed: puts the test's process into a network of its own with nothing but loopback, where private and public
 * addresses can be given to loopback without harm, and names can be given to addresses. What cannot be sealed must not
 * run: sealed_enter says so. */
#ifndef DISCERN_TESTS_SEALED_H
#define DISCERN_TESTS_SEALED_H

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

/* Only "lo" may be there. */
static inline bool sealed_is(void) {
    char line[512];
    int others = 0, lines = 0;
    FILE *file = fopen("/proc/self/net/dev", "r");
    if (file == NULL) return false;
    while (fgets(line, sizeof line, file) != NULL)
        if (++lines > 2 && strstr(line, "lo:") == NULL) others++;
    (void)fclose(file);
    return others == 0 && lines > 2;
}

/* Puts `text` in the place of the file at `path`, in this process and its children only. */
static inline bool sealed_replace(const char *path, const char *text) {
    char copy[] = "/tmp/sealed-file-XXXXXX";
    int file = mkstemp(copy);
    bool written = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);
    if (file >= 0) (void)close(file);
    bool mounted = written && mount(copy, path, NULL, MS_BIND, NULL) == 0;
    (void)unlink(copy);
    return mounted;
}

/* `hosts`: lines for /etc/hosts, in this process and its children only; other names are asked of 127.0.0.1, where no
 * name server need be. False: not possible here. */
static inline bool sealed_enter(const char *hosts) {
    if (unshare(CLONE_NEWNET | CLONE_NEWNS) != 0 || !sealed_is()) return false;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return false;
    if (!sealed_replace("/etc/hosts", hosts) || !sealed_replace("/etc/resolv.conf", "nameserver 127.0.0.1\n"))
        return false;
    return system("ip link set lo up") == 0;
}

#endif
