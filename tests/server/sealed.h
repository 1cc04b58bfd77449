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

/* `hosts`: lines for /etc/hosts, in this process and its children only. False: not possible here. */
static inline bool sealed_enter(const char *hosts) {
    char path[] = "/tmp/sealed-hosts-XXXXXX";
    if (unshare(CLONE_NEWNET | CLONE_NEWNS) != 0 || !sealed_is()) return false;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return false;
    int file = mkstemp(path);
    bool written = file >= 0 && write(file, hosts, strlen(hosts)) == (ssize_t)strlen(hosts);
    if (file >= 0) (void)close(file);
    bool mounted = written && mount(path, "/etc/hosts", NULL, MS_BIND, NULL) == 0;
    (void)unlink(path);
    return mounted && system("ip link set lo up") == 0;
}

#endif
