// hostile.cjs FOLDER: texts that would run when written raw (the control counts how many do) do not run from any page or
// mail of ours, with or without the page's content policy.
const fs = require('fs');
const path = require('path');
const { launch } = require('./browser.cjs');
const { Parser, HtmlRenderer } = require('commonmark');

async function count(browser, html, bypassCSP) {
  const context = await browser.newContext({ bypassCSP });
  await context.route('**', route => route.request().url().startsWith('file:') ? route.continue() : route.abort());
  let fired = 0;
  await context.addInitScript(() => { for (const name of ['alert', 'prompt', 'confirm', 'print']) window[name] = () => { window.top.document.title = 'FIRED'; }; });
  const page = await context.newPage();
  page.on('dialog', dialog => { fired++; dialog.dismiss().catch(() => {}); });
  await page.setContent(html, { waitUntil: 'domcontentloaded', timeout: 20000 }).catch(() => {});
  await page.waitForTimeout(150);
  if (await page.title().catch(() => '') === 'FIRED') fired++;
  await context.close();
  return fired;
}

(async () => {
  const folder = process.argv[2];
  const browser = await launch();
  let passed = 0, failed = 0, control = 0;
  for (const name of fs.readdirSync(folder).filter(one => /^\d+$/.test(one)).sort()) {
    const at = path.join(folder, name);
    const texts = JSON.parse(fs.readFileSync(at + '.texts.json', 'utf8'));
    for (const text of texts) if (control < 30 && /<|on\w+=/i.test(text)) control += await count(browser, '<div>' + text + '</div>', true) > 0 ? 1 : 0;
    const markdown = new HtmlRenderer().render(new Parser().parse(fs.readFileSync(at + '/digest.md', 'utf8')));
    const pages = {
      page: fs.readFileSync(at + '/index.html', 'utf8'), days: fs.readFileSync(at + '/days-index.html', 'utf8'),
      mail: fs.readFileSync(at + '/mail.html', 'utf8'), book: fs.readFileSync(at + '/book.html', 'utf8'), markdown,
      feed: JSON.parse(fs.readFileSync(at + '/feed.json', 'utf8')).items.map(item => item.content_html).join(''),
    };
    for (const [kind, html] of Object.entries(pages)) {
      const fired = await count(browser, html, true);
      if (fired === 0) passed++; else { failed++; console.log(`FAILED: ${name} ${kind} fired`); }
    }
    const elements = markdown.match(/<[a-z!?][^\s>]*/gi).filter(one => !/^<(h[1-3]|p|ul|li|a|strong|blockquote|hr|br)$/i.test(one));
    if (elements.length === 0) passed++; else { failed++; console.log(`FAILED: ${name} markdown holds ${elements.slice(0, 5)}`); }
  }
  await browser.close();
  if (control === 0) { failed++; console.log('FAILED: the control did not fire: the harness sees nothing'); }
  console.log(`control: ${control} of the raw texts run`);
  console.log(`hostile ${passed} ${failed}`);
})();
