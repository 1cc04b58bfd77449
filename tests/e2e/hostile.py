"""Digests whose every field from outside holds a hostile text: makes them (make FOLDER LISTS…) and checks what every
format made of them (check FOLDER): parsed by other programs' parsers, nothing of it is anything but text."""
import copy
import email
import email.policy
import html.parser
import json
import os
import re
import sys
import urllib.parse
import xml.etree.ElementTree as etree
import zipfile

PER_DIGEST = int(os.environ.get('HOSTILE_PER_DIGEST', '40'))
OWN = ['Subject: x\r\nBcc: everybody@school.example', 'a\r\n\r\n<script>alert(1)</script>', '\u202egnp.exe\u202c',
       'a\x00b\x1b[31mred\x07', '=cmd|" /C calc"!A0', '-->]]><x', '{{7*7}}${7*7}<%= 7*7 %>', 'javascript:alert(1)',
       'JaVaScRiPt\t:alert(1)', 'data:text/html,<script>alert(1)</script>', 'https://user:pw@evil.example/',
       'https://evil.example/"onmouseover="alert(1)', "https://evil.example/'><script>alert(1)</script>",
       'http://evil.example/\r\nSet-Cookie: a=b', '![x](https://evil.example/p.png)', '[x](javascript:alert(1))',
       '<https://evil.example>', '# heading', '- item', '1. item', '> quote', '```', '    code', '---', '===',
       '| a | b |\n|---|---|', '<!-- -->', '&lt;b&gt;', '\ufeff\u2028\u2029', 'e' + '\u0301' * 200, 'x' * 20000,
       'vbscript:msgbox(1)', 'file:///etc/passwd', '//evil.example/x', 'www.evil.example', 'me@evil.example']
OURS = ['https:', 'http:', 'mailto:']


def vectors(lists):
    found = list(OWN)
    for path in lists:
        if path.endswith('.json'):
            found += json.load(open(path, encoding='utf-8'))
        else:
            found += open(path, encoding='utf-8', errors='replace').read().split('\n')
    return [text for text in dict.fromkeys(found) if text.strip()]


def poison(value, text, keep):
    """Every text of a value replaced, but for the keys that the program itself makes."""
    if isinstance(value, dict):
        return {key: one if key in keep else poison(one, text, keep) for key, one in value.items()}
    if isinstance(value, list):
        return [poison(one, text, keep) for one in value]
    return text if isinstance(value, str) else value


KEEP = {'code', 'published', 'updated', 'first_seen', 'modified', 'kind', 'mark', 'reason', 'polarity', 'field',
        'myth_stance', 'schema', 'date', 'base_url'}


def make(folder, lists):
    texts = vectors(lists)
    sample = json.load(open(os.environ['DISCERN_ROOT'] + '/tests/golden/digest/sample.json'))
    entries = [entry for section in sample['sections'] for entry in section['entries']]
    for number, start in enumerate(range(0, len(texts), PER_DIGEST)):
        digest = copy.deepcopy(sample)
        part = texts[start:start + PER_DIGEST]
        digest['sections'] = [{'kind': 'ideas', 'heading': None, 'intro': None, 'entries': [
            poison(copy.deepcopy(entries[i % len(entries)]), text, KEEP) for i, text in enumerate(part)]}]
        digest['left_out'] = [poison(one, part[0], KEEP) for one in digest['left_out']]
        digest['focus'] = [poison(one, part[-1], KEEP) for one in digest['focus']]
        digest['trouble'] = part
        for key in ('school',):
            digest[key] = part[len(part) // 2]
        digest['reader']['title'] = part[0]
        os.makedirs(f'{folder}/{number:03}', exist_ok=True)
        json.dump(digest, open(f'{folder}/{number:03}.json', 'w'))
        json.dump(part, open(f'{folder}/{number:03}.texts.json', 'w'))
    print(len(texts), number + 1)


TAGS = set('html head meta title link style body a header p h1 h2 h3 main section article span ul li dl dt dd b details '
           'summary table thead tbody tfoot tr th td svg path circle div footer br time'.split())
ATTRIBUTES = set('lang charset http-equiv content name rel type title href class id dir scope viewbox aria-hidden fill stroke '
                 'stroke-width stroke-dasharray d cx cy r style role width cellpadding cellspacing border align'.split())


class Page(html.parser.HTMLParser):
    def __init__(self, wrong):
        super().__init__(convert_charrefs=True)
        self.wrong, self.text, self.articles, self.styles, self.in_style = wrong, [], 0, 0, False

    def handle_starttag(self, tag, attrs):
        self.articles += tag == 'article'
        self.in_style = tag == 'style'
        if tag not in TAGS:
            self.wrong.append('element ' + tag)
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append('attribute ' + name)
            if name == 'style' and not re.fullmatch(r'[a-z0-9#:;%, .-]+', value, re.I):
                self.wrong.append('style ' + value[:60])
            if name == 'href' and not re.match(r'(https?://|mailto:|#|[a-z0-9.][a-z0-9./-]*(#[a-z0-9]+)?$)', value):
                self.wrong.append('address ' + value[:80])
            if name == 'href' and re.search(r'[\s"\'<>`\x00-\x1f\x7f]', value):
                self.wrong.append('address with ' + value[:80])

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        self.in_style = self.in_style and tag != 'style'

    def handle_data(self, data):
        if not self.in_style:
            self.text.append(data)

    def handle_comment(self, data):
        self.wrong.append('comment ' + data[:40])

    def unknown_decl(self, data):
        self.wrong.append('declaration ' + data[:40])

    def handle_pi(self, data):
        self.wrong.append('instruction ' + data[:40])


FORBIDDEN = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


def check_html(text, wrong, articles=None):
    page = Page(wrong)
    page.feed(text)
    page.close()
    if articles is not None and page.articles != articles:
        wrong.append(f'{page.articles} articles, not {articles}')
    if FORBIDDEN.search(''.join(page.text)):
        wrong.append('a control character')


def check_mail(data, texts, wrong):
    message = email.message_from_bytes(data, policy=email.policy.default)
    names = [name.lower() for name in message.keys()]
    want = ['from', 'to', 'subject', 'date', 'message-id', 'list-id', 'list-unsubscribe', 'auto-submitted',
            'mime-version', 'content-type']
    if names != want:
        wrong.append('headers ' + ' '.join(names))
    if message.defects or [part.get_content_type() for part in message.walk()] != [
            'multipart/alternative', 'text/plain', 'text/html']:
        wrong.append('parts')
    if [str(one.addr_spec) for one in message['from'].addresses] != ['digest@northfield.example']:
        wrong.append('sender ' + str(message['from']))
    for line in data.split(b'\r\n'):
        if len(line) > 998 or b'\n' in line or b'\r' in line or b'\0' in line:
            wrong.append('mail line')
            break
    body = message.get_body(('html',)).get_content().replace('\r\n', '\n')
    if len(body.encode()) > 90 * 1024:
        wrong.append('mail larger than 90 kB')
    if re.search(r'(src|background)=|url\(', re.sub(r'>[^<]*<', '><', body)):
        wrong.append('mail loads something')
    check_html(body, wrong)


def check_text(text, wrong):
    if FORBIDDEN.search(text):
        wrong.append('text: a control character')
    for line in text.split('\n'):
        if len(line) > 72 and ' ' in line.strip() and len(max(line.split(' '), key=len)) < 60:
            wrong.append('text: a line of ' + str(len(line)))


def check_feeds(folder, wrong):
    root = etree.parse(folder + '/feed.xml').getroot()
    known = set('feed id title subtitle updated author name link entry content'.split())
    for element in root.iter():
        if element.tag.replace('{http://www.w3.org/2005/Atom}', '') not in known:
            wrong.append('feed element ' + element.tag)
        if element.tag.endswith('content'):
            check_html(element.text, wrong)
    feed = json.load(open(folder + '/feed.json', encoding='utf-8'))
    for item in feed['items']:
        check_html(item['content_html'], wrong)


def check_book(path, wrong):
    book = zipfile.ZipFile(path)
    if book.testzip() is not None:
        wrong.append('the archive is damaged')
    known = set('html head title link body h1 h2 h3 h4 p b ul li a article section nav ol'.split())
    for name in book.namelist():
        if not name.endswith(('.xhtml', '.opf', '.xml')):
            continue
        for element in etree.fromstring(book.read(name)).iter():
            tag = element.tag.split('}')[-1]
            if name.endswith('.xhtml') and tag not in known:
                wrong.append(f'book element {tag}')
            href = element.get('href')
            if tag == 'a' and not name.endswith('nav.xhtml') and not any(href.startswith(one) for one in OURS):
                wrong.append(f'book link {href[:60]}')
            if any(key.startswith('on') or key == 'style' for key in element.keys()):
                wrong.append(f'book attributes {element.keys()}')


def check(folder):
    bad = 0
    for name in sorted(os.listdir(folder)):
        if not os.path.isdir(f'{folder}/{name}'):
            continue
        wrong, at = [], f'{folder}/{name}'
        texts = json.load(open(f'{at}.texts.json'))
        check_html(open(at + '/index.html', encoding='utf-8', newline='').read(), wrong, len(texts))
        check_html(open(at + '/days-index.html', encoding='utf-8', newline='').read(), wrong)
        check_mail(open(at + '/digest.eml', 'rb').read(), texts, wrong)
        check_text(open(at + '/digest.txt', encoding='utf-8', newline='\n').read(), wrong)
        check_feeds(at, wrong)
        check_book(at + '/week.epub', wrong)
        digest = json.load(open(at + '/digest.json', encoding='utf-8'))
        got = [entry['excerpt'] for entry in digest['sections'][0]['entries']]
        for want, have in zip(texts, got):
            if have != want.encode('utf-8', 'replace').decode('utf-8'):
                wrong.append('JSON changed ' + repr(want)[:60])
        for one in dict.fromkeys(wrong):
            print(name, one)
        bad += len(wrong) > 0
    return bad


if sys.argv[1] == 'make':
    make(sys.argv[2], sys.argv[3:])
else:
    sys.exit(1 if check(sys.argv[2]) else 0)
