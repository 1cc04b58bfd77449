"""A real mail server on loopback, for tests: each message it takes becomes one file in a folder.
Usage: mail.py PORT FOLDER; prints `ready` when it listens, and ends with its standard input or a signal."""
import pathlib
import signal
import sys
import threading

from aiosmtpd.controller import Controller


class Box:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.taken = 0

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        (self.folder / str(self.taken)).write_bytes(envelope.content)
        return "250 taken"


controller = Controller(Box(sys.argv[2]), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
done = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: done.set())
done.wait()
controller.stop()
