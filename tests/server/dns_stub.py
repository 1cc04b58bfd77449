#!/usr/bin/env python3
"""A name server for tests, at 127.0.0.1:53 of a network of its own: each question for a name is answered with its next
address, time to live 0, round and round.

    dns_stub.py NAME=ADDRESS,ADDRESS… [NAME=…]

The first line on standard output is "ready". It ends when its standard input is closed.
"""
import os
import socket
import struct
import sys
import threading


def read_name(data, at):
    labels = []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode("latin-1").lower())
        at += 1 + data[at]
    return ".".join(labels), at + 1


def main():
    names = {name: addresses.split(",") for name, addresses in (word.split("=", 1) for word in sys.argv[1:])}
    turn = {}
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    print("ready", flush=True)
    while True:
        data, peer = server.recvfrom(2048)
        name, end = read_name(data, 12)
        kind, = struct.unpack(">H", data[end:end + 2])
        question = data[12:end + 4]
        answer = b""
        if name in names and kind == 1:
            at = turn.get(name, 0)
            turn[name] = at + 1
            address = socket.inet_aton(names[name][at % len(names[name])])
            answer = struct.pack(">HHHIH", 0xC00C, 1, 1, 0, 4) + address
        flags = 0x8580 if name in names else 0x8583
        server.sendto(data[:2] + struct.pack(">HHHHH", flags, 1, 1 if answer else 0, 0, 0) + question + answer, peer)


if __name__ == "__main__":
    main()
