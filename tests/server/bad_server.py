#!/usr/bin/env python3
"""A web server that misbehaves on request. Loopback only; Python's standard library only.

    bad_server.py [--bind 127.0.0.1] [--port 0] [--also N] [--root DIR] [--script FILE] [--tls CERT KEY] [--tls-most 1.1]

The first line on standard output is the port. It ends when its standard input is closed, or with the process that
started it. Each answer is chosen by the path; the query says how:

    /plain?size=N|text=T&type=T      an ordinary answer (header=Name:Value may be repeated, on every path)
    /status/NNN                      that status, with a short body
    /delay?ms=N                      waits before it answers
    /stall?size=N                    promises N bytes, sends one, then nothing
    /drip?bytes=N&ms=M               N bytes, one every M ms
    /cut?size=N&sent=M               promises N bytes, sends M, closes
    /liar?size=N&say=M               sends N bytes, promises M, keeps the connection
    /chunked?size=N                  chunked; &endless=1 never ends; &cut=1 closes before the last chunk
    /coded?coding=gzip|deflate|raw-deflate|br|zstd&size=N|text=T&cut=N&twice=1&junk=1
                                     encoded; without its last N bytes; in two members; with bytes behind its end
    /bomb?mib=N&coding=gzip|zstd     N MiB of zeros, packed
    /unpacked                        says gzip, is not
    /encoding?name=X                 Content-Encoding: X on a plain body
    /redirect?to=URL&status=302      /loop: to itself; /hops/N: N hops down to /plain, &status=301
    /headers?count=N&size=M          N header lines of M bytes
    /validators?etag=E&modified=M    304 when asked with either; &always=1: 304 whatever is asked
    /retry?after=X&status=429        Retry-After: X
    /close  /garbage  /early         closes without a word; speaks no HTTP; a 103 before the answer
    /charset?name=X&say=Y            text encoded as X, announced as Y
    /challenge                       as a bot check does: 403, cf-mitigated
    /session                         a login: JSON {"accessJwt": …} when the posted password is "open sesame"
    /echo                            what was asked, as JSON
    /stats                           {"connections", "requests", "most_at_once", "at": [own addresses that were asked], "log": [[method, path, {headers}]…]}
    /reset                           forgets the stats
anything else: `--script`, a JSON object {path: answer or [answers in turn, the last one for ever]}, where an answer is
{"status", "headers": [[name, value]…], "body" | "file" (under --root), "delay_ms", "cut", "etag", "last_modified",
"coding", "close"}; then a file under --root (with ETag and Last-Modified, 304 when asked); then 404.
"""
import argparse
import asyncio
import gzip
import hashlib
import json
import os
import ssl
import struct
import sys
import urllib.parse
import zlib
from email.utils import formatdate

TYPES = {".xml": "application/xml", ".json": "application/json", ".html": "text/html; charset=utf-8",
         ".txt": "text/plain; charset=utf-8", ".rss": "application/rss+xml", ".atom": "application/atom+xml"}


class Stats:
    def __init__(self):
        self.at_once = 0
        self.reset()

    def reset(self):
        self.connections = self.requests = self.most_at_once = 0
        self.log = []
        self.at = set()


def brotli_plain(data):
    """A brotli stream (RFC 7932) of uncompressed meta-blocks."""
    bits, count, out = 0, 0, bytearray()

    def put(value, width):
        nonlocal bits, count
        bits |= value << count
        count += width
        while count >= 8:
            out.append(bits & 255)
            bits >>= 8
            count -= 8

    put(0, 1)  # WBITS 16
    for at in range(0, len(data), 65536):
        piece = data[at:at + 65536]
        put(0, 1)  # not the last
        put(0, 2)  # MNIBBLES 4
        put(len(piece) - 1, 16)
        put(1, 1)  # uncompressed
        if count:
            put(0, 8 - count)
        out += piece
    put(3, 2)  # last, empty
    if count:
        put(0, 8 - count)
    return bytes(out)


def zstd_frame(data=None, zeros=0):
    """A zstd frame (RFC 8878) of raw blocks, or of run-length blocks of zeros."""
    out = bytearray(struct.pack("<IBB", 0xFD2FB528, 0, 0x58))  # window of 2 MiB
    blocks = []
    if data is None:
        blocks = [(1, min(131072, zeros - at), b"\0") for at in range(0, zeros, 131072)]
    else:
        blocks = [(0, len(data[at:at + 65536]), data[at:at + 65536]) for at in range(0, len(data), 65536)]
    for index, (kind, size, body) in enumerate(blocks):
        out += struct.pack("<I", (size << 3) | (kind << 1) | (index == len(blocks) - 1))[:3] + body
    return bytes(out)


def pack(coding, data):
    if coding == "gzip":
        return gzip.compress(data, mtime=0)
    if coding == "deflate":
        return zlib.compress(data)
    if coding == "raw-deflate":
        squeeze = zlib.compressobj(wbits=-15)
        return squeeze.compress(data) + squeeze.flush()
    if coding == "br":
        return brotli_plain(data)
    if coding == "zstd":
        return zstd_frame(data)
    return data


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body
        parts = urllib.parse.urlsplit(target)
        self.path = parts.path
        self.query = urllib.parse.parse_qs(parts.query, keep_blank_values=True)

    def word(self, name, otherwise=None):
        return self.query.get(name, [otherwise])[0]

    def number(self, name, otherwise=0):
        return int(self.word(name, otherwise))

    def text(self, size=1000):
        if self.word("text") is not None:
            return self.word("text").encode()
        size = self.number("size", size)
        line = b"The quick brown fox jumps over the lazy dog. "
        return (line * (size // len(line) + 1))[:size]


class Server:
    def __init__(self, options):
        self.options = options
        self.stats = Stats()
        self.script = json.load(open(options.script)) if options.script else {}
        self.turn = {}

    async def serve(self, reader, writer):
        self.stats.connections += 1
        try:
            while await self.one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError, OSError):
            pass
        finally:
            writer.close()

    async def one(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            if value:
                headers[name.strip().lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        request = Request(method, target, headers, body)
        if request.path not in ("/stats", "/reset"):
            self.stats.requests += 1
            self.stats.log.append([method, target, headers])
            self.stats.at.add(writer.get_extra_info("sockname")[0])
        self.stats.at_once += 1
        self.stats.most_at_once = max(self.stats.most_at_once, self.stats.at_once)
        try:
            keep = await self.answer(request, writer)
            await writer.drain()
        finally:
            self.stats.at_once -= 1
        return keep and headers.get("connection", "").lower() != "close"

    def send(self, writer, request, body=b"", status=200, headers=(), length=None, kind="text/plain"):
        lines = ["HTTP/1.1 %d Status" % status]
        given = [list(h) for h in headers]
        given += [h.split(":", 1) for h in request.query.get("header", [])]
        names = [name.lower() for name, _ in given]
        if "content-type" not in names:
            given.append(["Content-Type", request.word("type", kind)])
        if "date" not in names:
            given.append(["Date", formatdate(usegmt=True)])
        if length is not False and status != 304:
            given.append(["Content-Length", str(len(body) if length is None else length)])
        lines += ["%s: %s" % (name, value) for name, value in given]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace"))
        writer.write(b"" if status == 304 else body)
        return True

    async def answer(self, request, writer):
        name = request.path.strip("/").split("/")[0].replace(".", "_")
        method = getattr(self, "do_" + name, None)
        if method is None or request.path in self.script:
            return await self.other(request, writer)
        return await method(request, writer)

    async def do_plain(self, request, writer):
        return self.send(writer, request, request.text())

    async def do_status(self, request, writer):
        return self.send(writer, request, b"as asked\n", status=int(request.path.split("/")[2]))

    async def do_delay(self, request, writer):
        await asyncio.sleep(request.number("ms") / 1000)
        return self.send(writer, request, request.text())

    async def do_stall(self, request, writer):
        self.send(writer, request, b"x", length=request.number("size", 1000))
        await writer.drain()
        await asyncio.sleep(3600)

    async def do_drip(self, request, writer):
        count = request.number("bytes", 100)
        self.send(writer, request, b"", length=count)
        for _ in range(count):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(request.number("ms", 100) / 1000)
        return True

    async def do_cut(self, request, writer):
        self.send(writer, request, request.text()[:request.number("sent", 10)], length=request.number("size", 1000))
        return False

    async def do_liar(self, request, writer):
        return self.send(writer, request, request.text(), length=request.number("say"))

    async def do_chunked(self, request, writer):
        self.send(writer, request, b"", headers=[["Transfer-Encoding", "chunked"]], length=False)
        body = request.text()
        sent = 0
        while request.word("endless") or sent < len(body):
            piece = b"x" * 65536 if request.word("endless") else body[sent:sent + 1000]
            writer.write(b"%x\r\n" % len(piece) + piece + b"\r\n")
            await writer.drain()
            sent += len(piece)
        if request.word("cut"):
            return False
        writer.write(b"0\r\n\r\n")
        return True

    async def do_coded(self, request, writer):
        coding, body = request.word("coding", "gzip"), request.text()
        if request.word("twice"):
            half = len(body) // 2
            data = pack(coding, body[:half]) + pack(coding, body[half:])
        else:
            data = pack(coding, body)
        data = data[:len(data) - request.number("cut")]
        if request.word("junk"):
            data += b"\0\0\0junk"
        return self.send(writer, request, data, headers=[["Content-Encoding", coding.replace("raw-", "")]])

    async def do_bomb(self, request, writer):
        zeros = request.number("mib", 100) << 20
        coding = request.word("coding", "gzip")
        if coding == "zstd":
            data = zstd_frame(None, zeros)
        else:
            squeeze = zlib.compressobj(9, wbits=31)
            data = b"".join(squeeze.compress(b"\0" * (1 << 20)) for _ in range(zeros >> 20)) + squeeze.flush()
        return self.send(writer, request, data, headers=[["Content-Encoding", coding]])

    async def do_unpacked(self, request, writer):
        return self.send(writer, request, request.text(), headers=[["Content-Encoding", "gzip"]])

    async def do_encoding(self, request, writer):
        return self.send(writer, request, request.text(), headers=[["Content-Encoding", request.word("name")]])

    async def do_redirect(self, request, writer):
        return self.send(writer, request, b"moved\n", status=request.number("status", 302),
                         headers=[["Location", request.word("to", "/plain")]])

    async def do_loop(self, request, writer):
        return self.send(writer, request, b"again\n", status=302, headers=[["Location", request.target]])

    async def do_hops(self, request, writer):
        left = int(request.path.split("/")[2])
        status = request.number("status", 302)
        to = "/plain" if left <= 1 else "/hops/%d?status=%d" % (left - 1, status)
        return self.send(writer, request, b"on\n", status=status, headers=[["Location", to]])

    async def do_headers(self, request, writer):
        lines = [["X-Line-%d" % at, "h" * request.number("size", 10)] for at in range(request.number("count", 10))]
        return self.send(writer, request, request.text(), headers=lines)

    async def do_validators(self, request, writer):
        etag, modified = request.word("etag"), request.word("modified")
        headers = [["ETag", etag]] if etag else []
        headers += [["Last-Modified", modified]] if modified else []
        same = request.word("always") or (etag and request.headers.get("if-none-match") == etag) or (
            not etag and modified and request.headers.get("if-modified-since") == modified)
        if request.word("bare") and same:
            headers = []
        return self.send(writer, request, request.text(), status=304 if same else 200, headers=headers)

    async def do_retry(self, request, writer):
        headers = [["Retry-After", request.word("after")]] if request.word("after") is not None else []
        return self.send(writer, request, b"later\n", status=request.number("status", 429), headers=headers)

    async def do_close(self, request, writer):
        return False

    async def do_garbage(self, request, writer):
        writer.write(b"\x00\x01 this is no HTTP\r\n\r\n")
        return False

    async def do_early(self, request, writer):
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\nETag: \"early\"\r\n\r\n")
        return self.send(writer, request, request.text(), headers=[["ETag", "\"late\""]])

    async def do_charset(self, request, writer):
        name = request.word("name", "utf-8")
        return self.send(writer, request, request.word("text", "caf\u00e9").encode(name),
                         headers=[["Content-Type", "text/plain; charset=" + request.word("say", name)]])

    async def do_challenge(self, request, writer):
        return self.send(writer, request, b"<title>Just a moment...</title>", status=403,
                         headers=[["cf-mitigated", "challenge"], ["Server", "cloudflare"]])

    async def do_session(self, request, writer):
        try:
            right = json.loads(request.body)["password"] == "open sesame"
        except (ValueError, KeyError, TypeError):
            right = False
        body = {"accessJwt": "token-of-" + json.loads(request.body)["identifier"]} if right else {"error": "no"}
        return self.send(writer, request, json.dumps(body).encode(), status=200 if right else 401,
                         kind="application/json")

    async def do_echo(self, request, writer):
        body = {"method": request.method, "target": request.target, "headers": request.headers,
                "body": request.body.decode("utf-8", "replace")}
        return self.send(writer, request, json.dumps(body).encode(), kind="application/json")

    async def do_stats(self, request, writer):
        stats = self.stats
        body = {"connections": stats.connections, "requests": stats.requests, "most_at_once": stats.most_at_once,
                "at": sorted(stats.at), "log": stats.log}
        return self.send(writer, request, json.dumps(body).encode(), kind="application/json")

    async def do_reset(self, request, writer):
        self.stats.reset()
        return self.send(writer, request, b"forgotten\n")

    async def other(self, request, writer):
        entry = self.script.get(request.path)
        if isinstance(entry, list):
            turn = self.turn.get(request.path, 0)
            self.turn[request.path] = turn + 1
            entry = entry[min(turn, len(entry) - 1)]
        if entry is None:
            return self.file(request, writer, request.path.lstrip("/"), {})
        await asyncio.sleep(entry.get("delay_ms", 0) / 1000)
        if "file" in entry:
            return self.file(request, writer, entry["file"], entry)
        return self.scripted(request, writer, entry.get("body", "").encode(), entry, [])

    def scripted(self, request, writer, body, entry, headers):
        headers = headers + entry.get("headers", [])
        for key, name, asked in (("etag", "ETag", "if-none-match"),
                                 ("last_modified", "Last-Modified", "if-modified-since")):
            if key in entry:
                headers.append([name, entry[key]])
                if request.headers.get(asked) == entry[key]:
                    return self.send(writer, request, status=304, headers=headers)
        if entry.get("close"):
            return False
        if "coding" in entry:
            body = pack(entry["coding"], body)
            headers.append(["Content-Encoding", entry["coding"]])
        length = len(body)
        body = body[:entry["cut"]] if "cut" in entry else body
        self.send(writer, request, body, status=entry.get("status", 200), headers=headers, length=length)
        return "cut" not in entry

    def file(self, request, writer, name, entry):
        root = os.path.realpath(self.options.root) if self.options.root else None
        path = os.path.realpath(os.path.join(root, name)) if root else None
        if path is None or not path.startswith(root + os.sep) or not os.path.isfile(path):
            return self.send(writer, request, b"not here\n", status=404)
        with open(path, "rb") as file:
            body = file.read()
        entry = dict(entry)
        entry.setdefault("etag", '"%s"' % hashlib.sha256(body).hexdigest()[:16])
        kind = TYPES.get(os.path.splitext(path)[1], "application/octet-stream")
        return self.scripted(request, writer, body, entry, [["Content-Type", kind]])


async def main():
    words = argparse.ArgumentParser(description="A web server that misbehaves on request (loopback only).")
    words.add_argument("--bind", default="127.0.0.1")
    words.add_argument("--port", type=int, default=0)
    words.add_argument("--also", type=int, default=0, metavar="N", help="listen at N more addresses: 127.1.0.1 ... "
                       "127.1.0.250, 127.1.1.1 ...")
    words.add_argument("--root")
    words.add_argument("--script")
    words.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))
    words.add_argument("--tls-most", choices=["1.1", "1.2", "1.3"])
    options = words.parse_args()
    if not options.bind.startswith("127.") and options.bind != "::1" and not os.environ.get("BAD_SERVER_SEALED"):
        sys.exit("bad_server: loopback only (BAD_SERVER_SEALED=1 says that this network leads nowhere)")
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
        if options.tls_most:
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = getattr(ssl.TLSVersion, "TLSv" + options.tls_most.replace(".", "_"))
            context.set_ciphers("ALL:@SECLEVEL=0")
    server = Server(options)
    listener = await asyncio.start_server(server.serve, options.bind, options.port, ssl=context, limit=1 << 20)
    port = listener.sockets[0].getsockname()[1]
    if options.also:
        more = ["127.1.%d.%d" % (n // 250, n % 250 + 1) for n in range(options.also)]
        also = await asyncio.start_server(server.serve, more, port, ssl=context, limit=1 << 20)
        assert len(also.sockets) == options.also
    print(port, flush=True)
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()
    if not sys.stdin.isatty():
        loop.run_in_executor(None, lambda: (sys.stdin.buffer.read(), loop.call_soon_threadsafe(gone.set)))
    await gone.wait()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
