# Goal of this test: real answers of the networks, as client libraries recorded them, are read right: what each holds is
# worked out a second time, from the providers' references, and compared item by item.
. "$(dirname "$0")/lib.sh"
data=${DISCERN_SHARED:-}/data/api
[ -d "$data" ] || {
    echo "0 passed, 0 failed, 1 skipped"
    exit 77
}
cat >"$work/oracle.py" <<'PY'
import datetime, html, json, os, subprocess, sys
binary, folder, kind = sys.argv[1:]
def instant(text, form=None):
    if not text: return None
    when = datetime.datetime.strptime(text, form) if form else datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return when.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
def snowflake(number):
    # Where an answer does not say when, the id does: the reference of snowflake ids.
    return datetime.datetime.fromtimestamp(((int(number) >> 22) + 1288834974657) // 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
def x_links(urls):
    found = []
    for one in urls if isinstance(urls, list) else []: # R's programs write an empty list as an object
        target = one.get("unwound_url") or (one.get("unwound") or {}).get("url") or one.get("expanded_url")
        status = target and "/status/" in target and target.split("/")[2].replace("www.", "").replace("mobile.", "") in ("twitter.com", "x.com")
        if target and target.startswith("http") and "media_key" not in one and not status and target not in found: found.append(target)
    return found
def x2(doc):
    posts = doc if isinstance(doc, list) else doc.get("data")
    beside = {} if isinstance(doc, list) else doc.get("includes", {})
    users = {one["id"]: one["username"] for one in beside.get("users", []) if "username" in one}
    known = {one["id"]: one for one in beside.get("tweets", beside.get("posts", []))}
    for post in [posts] if isinstance(posts, dict) else posts or []:
        if "text" not in post: continue
        refs = {one["type"]: one["id"] for one in post.get("referenced_tweets", [])}
        whole = known.get(refs.get("retweeted"), post)
        note = whole.get("note_tweet", whole)
        urls = note.get("entities", {}).get("urls") or whole.get("entities", {}).get("urls")
        kinds = [name for key, name in (("retweeted", "repost"), ("quoted", "quote"), ("replied_to", "reply")) if key in refs]
        first = next(({"retweeted": "repost", "quoted": "quote", "replied_to": "reply"}[one["type"]] for one in post.get("referenced_tweets", [])), "post")
        yield {"id": post.get("edit_history_tweet_ids", [post["id"]])[0], "kind": kinds and ("repost" if "repost" in kinds else first) or "post",
               "published": instant(post.get("created_at")) or snowflake(post.get("edit_history_tweet_ids", [post["id"]])[0]), "links": x_links(urls), "handle": users.get(post.get("author_id")),
               "reposts": refs.get("retweeted"), "quotes": refs.get("quoted"), "in_reply_to": refs.get("replied_to"), "lang": post.get("lang")}
def x1(doc):
    for post in doc if isinstance(doc, list) else doc["statuses"]:
        whole = post.get("retweeted_status", post)
        kind = "repost" if "retweeted_status" in post else "reply" if post["in_reply_to_status_id_str"] else "quote" if post.get("quoted_status_id_str") else "post"
        repost = kind == "repost"
        yield {"id": post["id_str"], "kind": kind, "published": instant(post["created_at"], "%a %b %d %H:%M:%S %z %Y"), "handle": post["user"]["screen_name"],
               "links": x_links(whole.get("entities", {}).get("urls")), "reposts": post["retweeted_status"]["id_str"] if repost else None, "lang": post["lang"],
               "in_reply_to": None if repost else post["in_reply_to_status_id_str"], "quotes": None if repost else post.get("quoted_status_id_str")}
def sky(doc):
    for entry in doc.get("feed", doc.get("posts", [])):
        post = entry.get("post", entry)
        record, embed = post["record"], post.get("embed") or post["record"].get("embed") or {}
        repost = "Repost" in entry.get("reason", {}).get("$type", "")
        links = [f["uri"] for facet in record.get("facets", []) for f in facet["features"] if f["$type"].endswith("#link")]
        external = embed.get("external") or embed.get("media", {}).get("external")
        if external: links.append(external["uri"])
        quoted = embed.get("record", {})
        quoted = quoted.get("record", quoted).get("uri") if isinstance(quoted.get("record"), dict) else quoted.get("uri")
        quoted = quoted if quoted and "/app.bsky.feed.post/" in quoted else None
        parent = record.get("reply", {}).get("parent", {}).get("uri")
        if repost:
            yield {"kind": "repost", "reposts": post["uri"], "published": instant(entry["reason"]["indexedAt"]), "handle": entry["reason"]["by"]["handle"]}
            continue
        yield {"id": post["uri"], "kind": "reply" if parent else "quote" if quoted else "post", "links": list(dict.fromkeys(links)), "text": record["text"].strip(),
               "handle": post["author"]["handle"], "published": min(instant(record["createdAt"]), instant(post["indexedAt"])), "in_reply_to": parent, "quotes": quoted}
def masto(doc):
    for status in [doc] if isinstance(doc, dict) else doc:
        if status.get("visibility") not in (None, "public", "unlisted"): continue
        repost = bool(status.get("reblog"))
        yield {"id": status["uri"], "kind": "repost" if repost else "reply" if status.get("in_reply_to_id") else "post", "published": instant(status["created_at"]),
               "handle": status["account"]["acct"], "reposts": status["reblog"]["uri"] if repost else None, "in_reply_to": None if repost else status.get("in_reply_to_id")}
def is_masto(doc):
    posts = doc if isinstance(doc, list) else [doc]
    return bool(posts) and all(isinstance(one, dict) and "content" in one and "account" in one for one in posts)
oracles = {"x": (x2, lambda d: isinstance(d, list) and "text" in (d or [{}])[0] or isinstance(d, dict) and any("text" in one for one in (d.get("data") if isinstance(d.get("data"), list) else [d.get("data") or {}]))),
           "twarc": (x1, lambda d: True), "bluesky": (sky, lambda d: isinstance(d, dict) and any("record" in one.get("post", one) for one in d.get("feed", d.get("posts", [])) or [])),
           "mastodon": (masto, is_masto)}
oracle, suits = oracles[kind]
files = items = 0
for name in sorted(os.listdir(folder)):
    path = os.path.join(folder, name)
    doc = json.load(open(path))
    if not suits(doc): continue
    wanted = list(oracle(doc))
    got = json.loads(subprocess.run([binary, "parse", "--kind", kind, path], capture_output=True, text=True).stdout)
    assert got["ok"], (name, got["error"])
    assert len(got["items"]) == len(wanted), (name, len(got["items"]), len(wanted))
    files += 1
    for a, b in zip(got["items"], wanted):
        items += 1
        seen = dict(a["refs"], id=a["id"], kind=a["kind"], published=a["published"], text=(a["text"] or "").strip(), lang=a["lang"],
                    links=[one["expanded"] or one["url"] for one in a["links"]], handle=a["authors"][0]["handle"] if a["authors"] else None)
        for key, value in b.items():
            assert seen[key] == value, (name, a["id"], key, seen[key], value)
print("%s: %d files, %d items" % (kind, files, items))
assert items > 0
PY
for pair in x-v2:x x-v1.1:twarc bluesky:bluesky mastodon:mastodon; do
    [ -d "$data/${pair%%:*}" ] || continue
    check "${pair%%:*}: every item as its reference says" python3 "$work/oracle.py" "$DISCERN_BIN" "$data/${pair%%:*}" "${pair##*:}"
    cat "$work/check.out" | tail -n 1
done
finish
