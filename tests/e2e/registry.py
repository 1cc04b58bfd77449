#!/usr/bin/env python3
"""registry: answers as Crossref's REST API (GET /works/DOI, /works?filter=isbn:…), DataCite's (GET /dois/DOI) and the
Internet Archive's availability API (GET /wayback/available?url=…) do, on loopback, for the tests. usage: registry.py FOLDER; the address comes into FOLDER/address, each question into FOLDER/log.

The shapes are those of the published references (Crossref REST API 1.0, format of `message`; DataCite REST API,
JSON:API `data.attributes`); Crossref answers 404 with the plain words "Resource not found."."""
import http.server
import json
import pathlib
import sys
import time
import urllib.parse

FOLDER = pathlib.Path(sys.argv[1])
asked = {}


def work(doi, title, year, more=None):
    message = {
        "DOI": doi, "type": "journal-article", "title": [title], "container-title": ["Journal of Classroom Enquiry"],
        "author": [{"given": "Ama", "family": "Okafor", "sequence": "first"}], "publisher": "Example Press",
        "issued": {"date-parts": [[year, 3]]}, "URL": "https://doi.org/" + doi,
    }
    message.update(more or {})
    return json.dumps({"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}).encode()


def retracted(doi):
    return {"updated-by": [{"type": kind, "DOI": doi + ".n", "label": kind.title(), "source": "publisher",
                            "updated": {"date-parts": [[2021, 5, 4]]}} for kind in ("retraction",)]}


def corrected(doi):
    return {"updated-by": [{"type": "correction", "DOI": doi + ".c", "label": "Correction", "source": "publisher"}]}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body, kind="application/json", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def archive(self, query):
        page, stamp = query["url"][0], query.get("timestamp", ["20260101000000"])[0]
        if page.endswith("/busy"):
            return self.answer(503, b"busy", "text/plain")
        if page.endswith("/odd"):
            return self.answer(200, b"<html>not today</html>", "text/html")
        closest = {"status": "200", "available": True, "timestamp": stamp,
                   "url": "http://web.archive.org/web/" + stamp + "/" + page}
        if page.endswith("/copied-error"):
            closest["status"] = "404"
        if page.endswith("/elsewhere"):
            closest["url"] = "http://copies.example/" + page
        snapshots = {} if page.endswith("/no-copy") else {"closest": closest}
        return self.answer(200, json.dumps({"url": page, "archived_snapshots": snapshots}).encode())

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        path = urllib.parse.unquote(parts.path)
        with open(FOLDER / "log", "a") as log:
            log.write(self.path + " agent=" + self.headers.get("User-Agent", "") + "\n")
        if path == "/wayback/available":
            return self.archive(urllib.parse.parse_qs(parts.query))
        doi = path.split("/", 2)[2] if path.count("/") > 1 else ""
        asked[path] = asked.get(path, 0) + 1
        if path.startswith("/dois/"):
            if doi == "10.5555/data.set":
                body = {"data": {"id": doi, "type": "dois", "attributes": {
                    "doi": doi, "titles": [{"title": "Quiz scores of 40 classes"}], "publisher": "Example Archive",
                    "publicationYear": 2022, "types": {"resourceTypeGeneral": "Dataset"},
                    "creators": [{"name": "Okafor, Ama", "givenName": "Ama", "familyName": "Okafor"}],
                    "url": "https://archive.example/quiz"}}}
                return self.answer(200, json.dumps(body).encode(), "application/vnd.api+json; charset=utf-8")
            return self.answer(404, b'{"errors":[{"status":"404","title":"The resource you are looking for doesn\'t exist."}]}')
        if doi == "10.5555/found":
            return self.answer(200, work(doi, "Spaced quizzes in Year 8 mathematics", 2019))
        if doi == "10.5555/synthesis":
            return self.answer(200, work(doi, "Feedback in schools: a systematic review and meta-analysis", 2021))
        if doi == "10.5555/retracted":
            return self.answer(200, work(doi, "A trial of background music", 2018, retracted(doi)))
        if doi == "10.5555/corrected":
            return self.answer(200, work(doi, "Worked examples in chemistry", 2017, corrected(doi)))
        if doi == "10.5555/limited":
            return self.answer(429, b"", "text/plain", [("Retry-After", "120")])
        if doi == "10.5555/slow":
            time.sleep(6)
            self.close_connection = True
            return None
        if doi == "10.5555/malformed":
            return self.answer(200, b'{"status":"ok","message":{"DOI":"10.5555/malf')
        return self.answer(404, b"Resource not found.", "text/plain")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
(FOLDER / "address.new").write_text("http://127.0.0.1:%d" % server.server_address[1])
(FOLDER / "address.new").rename(FOLDER / "address")
server.serve_forever()
