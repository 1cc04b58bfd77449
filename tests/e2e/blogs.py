"""blogs.py DOCS FOLDER DAY NOW: the labelled documents as blogs that grow by some posts a day; prints their sources."""
import collections
import email.utils
import json
import os
import sys
from xml.sax.saxutils import escape

docs, folder, day, now = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
os.makedirs(folder, exist_ok=True)
blogs = collections.defaultdict(list)
with open(docs, encoding="utf-8") as lines:
    for number, line in enumerate(lines):
        doc = json.loads(line)
        if number % 40 <= day:
            blogs[doc["id"].split("-")[0]].append((number, doc))
for name, posts in sorted(blogs.items()):
    items = "".join(
        f"<item><guid>{escape(doc['id'])}</guid><title>{escape(doc.get('title') or '')}</title>"
        f"<link>https://{name}.example/{escape(doc['id'])}</link>"
        f"<pubDate>{email.utils.formatdate(now - (day - number % 40) * 86400)}</pubDate>"
        f"<description>{escape(escape(doc['text']))}</description></item>" for number, doc in posts)
    text = "".join(c for c in items if c in "\t\n" or ord(c) >= 32)
    with open(f"{folder}/{name}.xml", "w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>'
                   f"<link>https://{name}.example/</link><description>x</description>{text}</channel></rss>")
    os.utime(f"{folder}/{name}.xml", (now, now))
    print(f"source b-{name}\n  kind feed\n  title Blog {name}\n  file {folder}/{name}.xml")
