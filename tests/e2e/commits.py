"""Run a command and say what it wrote to a store: "COMMITS N" and, for each table, how many rows are not as before.

usage: commits.py STORE COMMAND…

The store stays open here, so that its log outlives the command: each transaction that reached the disk ends in the log
with a frame that holds the size of the database. The exit status is the command's."""
import sqlite3
import struct
import subprocess
import sys


def commits(log):
    header = struct.unpack(">8I", log[:32])
    page, salts = header[2], header[4:6]
    found = 0
    for at in range(32, len(log) - 24 - page + 1, 24 + page):
        _, size, *salt = struct.unpack(">4I", log[at:at + 16])
        if tuple(salt) != salts:
            break
        found += size != 0
    return found


def rows(store):
    tables = store.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").fetchall()
    found = {}
    for (table,) in tables:
        found[table] = {}
        for row in store.execute('SELECT * FROM "%s"' % table):
            found[table][row] = found[table].get(row, 0) + 1
    return found


def main():
    store = sqlite3.connect(sys.argv[1])
    if store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0:
        sys.exit("the store is in use")
    before = rows(store)
    status = subprocess.run(sys.argv[2:], check=False).returncode
    with open(sys.argv[1] + "-wal", "rb") as file:
        log = file.read()
    print("COMMITS %d" % (commits(log) if log else 0))
    after = rows(store)
    for table in sorted(set(before) | set(after)):
        one, other = before.get(table, {}), after.get(table, {})
        changed = sum(max(0, other[row] - one.get(row, 0)) for row in other)
        gone = sum(max(0, one[row] - other.get(row, 0)) for row in one)
        if changed or gone:
            print("%s %d" % (table, max(changed, gone)))
    sys.exit(status)


if __name__ == "__main__":
    main()
