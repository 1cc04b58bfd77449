// pages.cjs FILE…: every page is read by axe-core at three widths in both colour schemes, scrolls in one direction only,
// needs no second request, no script, and prints on one side when its name begins with "day".
const fs = require('fs');
const path = require('path');
const { launch } = require('./browser.cjs');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
let passed = 0, failed = 0;
const check = (good, words) => { if (good) passed++; else { failed++; console.log('FAILED: ' + words); } };

async function readPage(browser, file, width, scheme) {
  const name = `${path.basename(path.dirname(file))}/${path.basename(file)} ${width} px ${scheme}`;
  const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  const requests = [];
  page.on('request', request => requests.push(request.url()));
  await page.goto('file://' + file);
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(scroll <= 0, `${name}: ${scroll} px wider than the window`);
  check(requests.length === 1, `${name}: ${requests.length} requests`);
  for (const details of await page.$$('summary')) await details.click();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${name}: ${wide} px wider with all details open`);
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
  for (const kind of ['violations', 'incomplete'])
    check(result[kind].length === 0, `${name}: ${kind}: ` +
      result[kind].map(one => `${one.id} (${one.nodes.length}: ${one.nodes[0].html.slice(0, 120)})`).join(', '));
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replace(/[ /]/g, '-')}.png`, fullPage: true });
  await context.close();
}

async function keyboard(browser, file) {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto('file://' + file);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
  check(first === '#main', `${file}: the first stop is not the skip link but ${first}`);
  await page.close();
}

async function printed(browser, file) {
  const page = await browser.newPage();
  await page.goto('file://' + file);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sides = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
  check(sides === 1, `${file}: prints on ${sides} sides`);
  if (process.env.SHOTS) fs.writeFileSync(`${process.env.SHOTS}/print.pdf`, await page.pdf({ preferCSSPageSize: true }));
  await page.close();
}

(async () => {
  const browser = await launch();
  for (const file of process.argv.slice(2)) {
    for (const width of [320, 390, 1280])
      for (const scheme of ['light', 'dark']) await readPage(browser, file, width, scheme);
    if (!file.includes('mail')) await keyboard(browser, file);
    if (path.basename(file).startsWith('day-')) await printed(browser, file);
  }
  await browser.close();
  console.log(`pages ${passed} ${failed}`);
})();
