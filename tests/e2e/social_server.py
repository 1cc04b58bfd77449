#!/usr/bin/env python3
"""Plays the APIs of X, Bluesky and Mastodon on loopback, for whole runs.

usage: social_server.py DIR

DIR/state.json is read anew for every request: what there is, and under "trouble" what goes wrong. DIR/address gets the
address once the server listens, DIR/log one line a request: METHOD PATH?QUERY AUTHORIZATION.

"trouble" is a list of {"at": text in the path, "skip": N, "times": N, "do": …}; do is "status" (with "status",
"headers", "body"), "cut" (half a body), "hang" (writes DIR/hanging, answers never). {{BASE}} in the state becomes the
server's own address."""
import http.server
import json
import os
import pathlib
import sys
import time
import urllib.parse

folder = pathlib.Path(sys.argv[1])
tripped = {}
tokens = {"access": 0, "refresh": 0}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    sys_version = ""

    def log_message(self, *args):
        pass

    def date_time_string(self, timestamp=None):
        now = self.state.get("now", 1795590000)
        return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now))

    def send(self, status, value, headers=(), cut=False):
        body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        kind = "text/html" if body.startswith(b"<") else "application/json"
        self.send_header("Content-Type", kind)
        for name, text in dict(headers).items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if cut:
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()
            return
        self.wfile.write(body)

    def in_trouble(self, target):
        for number, trouble in enumerate(self.state.get("trouble", [])):
            if trouble["at"] not in target:
                continue
            key = (number, json.dumps(trouble))
            seen = tripped[key] = tripped.get(key, 0) + 1
            if seen <= trouble.get("skip", 0) or seen > trouble.get("skip", 0) + trouble.get("times", 1):
                continue
            if trouble["do"] == "hang":
                (folder / "hanging").write_text(target)
                time.sleep(30)
                return True
            if trouble["do"] == "cut":
                self.send(200, {"data": [{"id": "1", "text": "x" * 4000}], "meta": {}}, cut=True)
                return True
            self.send(trouble["status"], trouble.get("body", {}), trouble.get("headers", {}))
            return True
        return False

    def route(self):
        base = "http://127.0.0.1:%d" % self.server.server_address[1]
        self.state = json.loads((folder / "state.json").read_text().replace("{{BASE}}", base))
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        with open(folder / "log", "a") as log:
            log.write("%s %s %s\n" % (self.command, self.path, self.headers.get("Authorization", "-")))
        if self.in_trouble(self.path):
            return
        parts = urllib.parse.urlsplit(self.path)
        self.query = urllib.parse.parse_qs(parts.query)
        path = urllib.parse.unquote(parts.path)
        if path.startswith("/2/"):
            self.x(path[3:])
        elif path.startswith("/xrpc/"):
            self.bluesky(path[6:])
        elif path.startswith("/api/v1/"):
            self.mastodon(path[8:], base)
        else:
            self.send(404, {"error": "Record not found"})

    do_GET = do_POST = route

    def one(self, name, otherwise=None):
        return self.query.get(name, [otherwise])[0]

    # ---- X ----

    def x(self, path):
        x = self.state["x"]
        if self.headers.get("Authorization") != "Bearer " + x["token"]:
            self.send(401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"})
            return
        words = x.get("vocabulary", "tweets")
        wrong = "tweet.fields" if words == "posts" else "post.fields"
        if wrong in self.query:
            self.send(400, {"title": "Invalid Request", "type": "https://api.x.com/2/problems/invalid-request",
                            "errors": [{"parameters": {wrong: self.query[wrong]},
                                        "message": "The query parameter [%s] is not one of [...]" % wrong}]})
            return
        steps = path.split("/")
        if path.startswith("users/by/username/"):
            for number, user in x["users"].items():
                if user["username"].lower() == steps[3].lower():
                    self.send(200, {"data": dict(user, id=number)})
                    return
            self.send(200, {"errors": [{"detail": "Could not find user with username: [%s]." % steps[3],
                                        "type": "https://api.twitter.com/2/problems/resource-not-found"}]})
        elif path == "users":
            wanted = self.one("ids").split(",")
            self.send(200, {"data": [dict(x["users"][one], id=one) for one in wanted if one in x["users"]]})
        elif path == "tweets":
            wanted = self.one("ids").split(",")
            there = {post["id"]: post for post in x["posts"]}
            answer = {"data": [there[one] for one in wanted if one in there],
                      "errors": [{"resource_id": one, "resource_type": "tweet", "value": one,
                                  "type": "https://api.twitter.com/2/problems/resource-not-found"}
                                 for one in wanted if one not in there]}
            self.send(200, {key: value for key, value in answer.items() if value})
        elif steps[0] == "tweets" and len(steps) == 2 and steps[1].isdigit():
            self.x_post(steps[1])
        elif steps[0] == "users" and steps[2] == "tweets":
            self.x_page([post for post in x["posts"] if post["author_id"] == steps[1]])
        elif path == "tweets/search/recent":
            self.x_search()
        elif steps[0] == "lists":
            self.x_page(x.get("list", x["posts"]))
        else:
            self.send(404, {"title": "Not Found", "detail": "no such path"})

    def x_post(self, number):
        """One post, with who wrote it and what it quotes where that was asked for."""
        x = self.state["x"]
        there = {post["id"]: post for post in x["posts"] + x.get("others", [])}
        post = there.get(number)
        if post is None or post.get("protected"):
            what = "not-authorized-for-resource" if post else "resource-not-found"
            self.send(200, {"errors": [{"value": number, "resource_id": number, "resource_type": "tweet", "parameter": "id",
                                        "title": "Not Found Error", "type": "https://api.twitter.com/2/problems/" + what,
                                        "detail": "Could not find tweet with id: [%s]." % number}]})
            return
        answer, wanted = {"data": post, "includes": {}}, (self.one("expansions") or "").split(",")
        old = x.get("vocabulary", "tweets") == "tweets"
        if "author_id" in wanted and post["author_id"] in x["users"]:
            answer["includes"]["users"] = [dict(x["users"][post["author_id"]], id=post["author_id"])]
        if ("referenced_tweets.id" if old else "referenced_posts") in wanted:
            ids = [ref["id"] for ref in post.get("referenced_tweets" if old else "referenced_posts", [])]
            answer["includes"]["tweets" if old else "posts"] = [there[one] for one in ids if one in there]
        self.send(200, {key: value for key, value in answer.items() if value})

    def x_search(self):
        """The last seven days: neither an older bound nor fewer than ten results are taken."""
        x = self.state["x"]
        oldest = (x.get("now", 0) - 7 * 86400) * 1000
        made = (int(self.one("since_id") or "0") >> 22) + 1288834974657
        if "since_id" in self.query and made < oldest or not 10 <= int(self.one("max_results", "10")) <= 100:
            self.send(400, {"title": "Invalid Request", "type": "https://api.x.com/2/problems/invalid-request",
                            "errors": [{"parameters": {"since_id": self.query.get("since_id")},
                                        "message": "'since_id' must be a tweet id created after %d" % oldest}]})
            return
        words = self.one("query").lower().split()
        self.x_page([post for post in x["posts"] if all(word in post["text"].lower() for word in words)])

    def x_page(self, posts):
        x = self.state["x"]
        posts = sorted(posts, key=lambda post: int(post["id"]), reverse=True)
        if "since_id" in self.query:
            posts = [post for post in posts if int(post["id"]) > int(self.one("since_id"))]
        start = int(self.one("pagination_token") or self.one("next_token") or "0")
        size = min(int(self.one("max_results", "10")), x.get("page", 100))
        page = posts[start:start + size]
        answer = {"meta": {"result_count": len(page)}}
        if page:
            answer["data"] = page
            answer["meta"].update(newest_id=page[0]["id"], oldest_id=page[-1]["id"])
        if start + size < len(posts):
            answer["meta"]["next_token"] = str(start + size)
        old = x.get("vocabulary", "tweets") == "tweets"
        if "expansions" in self.query:
            there = {post["id"]: post for post in x["posts"] + x.get("others", [])}
            key = "referenced_tweets" if old else "referenced_posts"
            ids = {ref["id"] for post in page for ref in post.get(key, [])}
            answer["includes"] = {"tweets" if old else "posts": [there[one] for one in sorted(ids) if one in there]}
        if x.get("errors"):
            answer["errors"] = x["errors"]
        self.send(200, answer, x.get("headers", {}))

    # ---- Bluesky ----

    def bluesky(self, method):
        sky = self.state["bluesky"]
        if method == "com.atproto.server.createSession":
            given = json.loads(self.body)
            if given.get("password") != sky["password"]:
                self.send(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
                return
            self.give_session()
        elif method == "com.atproto.server.refreshSession":
            if self.headers.get("Authorization") != "Bearer refresh-%d" % tokens["refresh"]:
                self.send(400, {"error": "ExpiredToken", "message": "Token has been revoked"})
                return
            self.give_session()
        elif method == "app.bsky.feed.getPosts":
            parts = [sky["feed"], *sky.get("lists", {}).values(), *sky.get("feeds", {}).values()]
            there = {entry["post"]["uri"]: entry["post"] for part in parts for entry in part}
            self.send(200, {"posts": [there[uri] for uri in self.query["uris"] if uri in there]})
        elif method == "app.bsky.feed.searchPosts":
            if self.headers.get("Authorization") != "Bearer access-%d" % tokens["access"]:
                self.send(400, {"error": "ExpiredToken", "message": "Token has expired"})
                return
            self.sky_page("posts", [entry["post"] for entry in sky["feed"]])
        elif method == "app.bsky.feed.getAuthorFeed":
            actor = self.one("actor")
            if actor not in (sky["handle"], sky["did"]):
                self.send(400, {"error": "InvalidRequest", "message": "Profile not found"})
                return
            self.sky_page("feed", sky["feed"])
        elif method in ("app.bsky.feed.getListFeed", "app.bsky.feed.getFeed"):
            which = "list" if method.endswith("getListFeed") else "feed"
            if self.one(which) not in sky.get(which + "s", {}):
                self.send(400, {"error": "Unknown" + which.capitalize(), "message": "could not find " + which})
                return
            self.sky_page("feed", sky[which + "s"][self.one(which)])
        else:
            self.send(501, {"error": "MethodNotImplemented"})

    def give_session(self):
        tokens["access"] += 1
        tokens["refresh"] += 1
        self.send(200, {"accessJwt": "access-%d" % tokens["access"], "refreshJwt": "refresh-%d" % tokens["refresh"],
                        "did": "did:plc:us", "handle": "us.example"})

    def sky_page(self, key, entries):
        sky = self.state["bluesky"]
        start, size = int(self.one("cursor", "0")), min(int(self.one("limit", "50")), sky.get("page", 100))
        answer = {key: entries[start:start + size]}
        if start + size < len(entries):
            answer["cursor"] = str(start + size)
        if sky.get("expire_after_page") and key == "posts":
            tokens["access"] += 1  # the token that was just used is worth nothing from now on
        self.send(200, answer)

    # ---- Mastodon ----

    def mastodon(self, path, base):
        house = self.state["mastodon"]
        steps = path.split("/")
        if house.get("token") and self.headers.get("Authorization") != "Bearer " + house["token"]:
            self.send(401, {"error": "The access token is invalid"})
        elif path == "accounts/lookup":
            if self.one("acct") == house["account"]["username"]:
                self.send(200, house["account"])
            else:
                self.send(404, {"error": "Record not found"})
        elif steps[0] == "statuses":
            for status in house["statuses"]:
                if status["id"] == steps[1]:
                    self.send(200, status)
                    return
            self.send(404, {"error": "Record not found"})
        elif (steps[0] == "accounts" and steps[2] == "statuses") or path.startswith("timelines/tag/"):
            self.statuses(house, base + "/api/v1/" + path)
        else:
            self.send(404, {"error": "Record not found"})

    def statuses(self, house, address):
        size = min(int(self.one("limit", "20")), house.get("page", 40))
        newest_first = sorted(house["statuses"], key=lambda status: int(status["id"]), reverse=True)
        if "min_id" in self.query:
            above = [status for status in newest_first if int(status["id"]) > int(self.one("min_id"))]
            page = above[-size:]
        else:
            below = int(self.one("max_id", "9" * 20))
            page = [status for status in newest_first if int(status["id"]) < below][:size]
        headers = dict(house.get("headers", {}))
        if page:
            headers["Link"] = '<%s?limit=%d&max_id=%s>; rel="next", <%s?limit=%d&min_id=%s>; rel="prev"' % (
                address, size, page[-1]["id"], address, size, page[0]["id"])
        self.send(200, page, headers)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    new = folder / "address.new"
    new.write_text("http://127.0.0.1:%d\n" % server.server_address[1])
    os.replace(new, folder / "address")
    server.serve_forever()


main()
