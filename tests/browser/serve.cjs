// serve.cjs ADDRESS use URL FILE | read PATH…: every page and every form of the local pages, with the keyboard alone and scripts switched off; then
// each page read by axe-core at three widths in both colour schemes, and the sheets printed.
const fs = require('fs');
const { launch } = require('./browser.cjs');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const base = 'http://' + process.argv[2];
let passed = 0, failed = 0;
const check = (good, words) => { if (good) passed++; else { failed++; console.log('FAILED: ' + words); } };
const sent = new Set(), offered = new Set();
// A path without what is different in each home.
const kind = path => path.replace(/^\/(i|n|d|r|focus|sources|rules)\/(?!start|move|note|change|flag)[^?]*/, '/$1/…');

// ---- the keyboard ----

const here = () => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  return { tag: e.tagName, id: e.id, name: e.getAttribute('name'), value: e.getAttribute('value'), href: e.getAttribute('href'),
    text: (e.textContent || '').trim().replace(/\s+/g, ' '), action: e.form && e.form.getAttribute('action'),
    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
};

// Presses Tab until what has the focus is as wanted; every stop on the way must be seen.
async function tabTo(page, words, wanted) {
  for (let i = 0; i < 600; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(here);
    if (at.tag === 'BODY') continue;
    if (!at.outline) check(false, `${page.url()}: the focus on ${at.tag} ${at.text.slice(0, 40)} is not seen`);
    if (wanted(at)) return at;
  }
  check(false, `${page.url()}: no way by Tab to ${words}`);
  throw new Error('lost: ' + words);
}

async function enter(page, words, wanted) {
  const at = await tabTo(page, words, wanted);
  if (at.action && at.tag === 'BUTTON') sent.add(kind(new URL(at.action, page.url()).pathname));
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')]);
  const forms = await page.evaluate(() => [...document.forms].map(f => f.getAttribute('action')));
  for (const action of forms) offered.add(kind(new URL(action, page.url()).pathname));
}

const follow = (page, text) => enter(page, `the link '${text}'`, at => at.tag === 'A' && at.text === text);
const followTo = (page, href) => enter(page, `the link to ${href}`, at => at.tag === 'A' && at.href && at.href.startsWith(href));
const press = (page, text) => enter(page, `the button '${text}'`, at => at.tag === 'BUTTON' && at.text === text);
async function type(page, id, text) {
  await tabTo(page, `the field ${id}`, at => at.id === id);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
async function choose(page, id, letters) {
  await tabTo(page, `the choice ${id}`, at => at.id === id);
  await page.keyboard.type(letters);
}
async function open(page, text) {
  await tabTo(page, `'${text}'`, at => at.tag === 'SUMMARY' && at.text.includes(text));
  await page.keyboard.press('Enter');
}
const body = page => page.evaluate(() => document.body.innerText);
async function says(page, words) {
  const text = (await body(page)).replace(/\s+/g, ' ');
  check(text.toLowerCase().includes(words.toLowerCase()), `${page.url()} does not say '${words}' but: ${text.slice(0, 300)}`);
}

async function useAll(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  const page = await context.newPage();
  page.on('console', message => { if (message.type() === 'error' && !/status of 400/.test(message.text())) check(false, `${page.url()}: ${message.text()}`); });
  await page.goto(base + '/');
  await page.keyboard.press('Tab');
  check((await page.evaluate(here)).href === '#main', 'the first stop is the way past the links');

  // Search, a post, opinions, a wrong flag.
  await follow(page, 'Search');
  await type(page, 'q', 'styles');
  await choose(page, 'topic', 'a');
  await choose(page, 'topic', 'any');
  await press(page, 'Search');
  await says(page, 'found');
  await followTo(page, '/n/');
  await press(page, 'Not for us');
  await says(page, 'What was said of it');
  await press(page, 'This flag is wrong');
  await says(page, 'wrong');
  await follow(page, 'Feedback');
  await says(page, 'not for us');
  await press(page, 'Take it back');
  await follow(page, 'Today');
  await press(page, 'Useful');
  await says(page, 'You said: Useful');
  await follow(page, 'Feedback');
  await says(page, '+2 points for every post on');

  // Ways of working, a focus, refused and taken.
  await follow(page, 'Focus');
  await follow(page, 'Lesson study');
  await says(page, 'Before it starts');
  await follow(page, 'Focus');
  await type(page, 'title', 'Retrieval starters for Aisha');
  await type(page, 'topics', 'retrieval practice, worked-examples, feedback-marking');
  await press(page, 'Start');
  await says(page, "looks like a pupil's name");
  check(await page.evaluate(() => document.getElementById('title').value) === 'Retrieval starters for Aisha', 'what was typed comes back');
  await type(page, 'title', 'Retrieval starters in 8B');
  await choose(page, 'template', 'coll');
  await press(page, 'Start');
  await says(page, 'week 1 of');
  await type(page, 'group', '8B');
  await type(page, 'did', 'Three questions');
  await type(page, 'saw', 'Oliver forgot ratio');
  await press(page, 'Write it down');
  await says(page, "looks like a pupil's name");
  await tabTo(page, 'the box', at => at.id === 'no-names');
  await page.keyboard.press('Space');
  await press(page, 'Write it down');
  await says(page, 'Oliver forgot ratio');
  await followTo(page, '/focus/F1');
  await open(page, 'Go on to the next step');
  await press(page, 'Go there');
  await says(page, 'step, try'.replace('step, ', ''));
  await open(page, 'Change its words');
  await type(page, 'aim', 'More recalled');
  await press(page, 'Change it').catch(() => {});
  check(page.url().endsWith('/focus/F1') && !(await body(page)).includes('More recalled in'), 'a reason is asked for first');
  await type(page, 'change-because', 'It was too wide');
  await press(page, 'Change it');
  await says(page, 'It was too wide');

  // What another digest parks.
  await page.goto(base + '/parked');
  await press(page, 'Let it go');
  await press(page, 'Put in focus');
  await says(page, 'week 1 of');
  await open(page, 'Decide');
  await type(page, 'end-because', 'Not now');
  await press(page, 'Decide');
  await says(page, 'Not now');
  await follow(page, 'Log');
  await says(page, 'Three questions');

  // Days, rules, sources.
  await follow(page, 'Archive');
  await followTo(page, '/d/all-staff/');
  await says(page, 'November 2026');
  await follow(page, 'Mathematics department');
  await says(page, 'Mathematics department');
  await follow(page, 'Rules');
  await followTo(page, '/rules/');
  await says(page, 'What it does');
  await follow(page, 'Sources');
  await press(page, 'Show');
  await followTo(page, '/sources/');
  await press(page, 'Show');
  await page.goto(base + '/sources/two');
  await press(page, 'This flag is wrong').catch(() => {});
  await page.goto(base + '/sources/two');
  await press(page, 'Take it back').catch(() => {});

  // A link.
  await follow(page, 'Check');
  await type(page, 'url', 'nonsense');
  await press(page, 'Check it');
  await says(page, 'no web address');
  await type(page, 'url', process.argv[4]);
  await press(page, 'Check it');
  await says(page, 'Quizzes at the start');
  await says(page, 'What it rests on');
  fs.writeFileSync(process.argv[5], new URL(page.url()).pathname);
  await follow(page, 'Check another one');
  await context.close();
  for (const action of offered) check(sent.has(action), `the form ${action} was never sent (${[...sent]})`);
}

// ---- axe ----

async function readAll(browser, paths) {
  for (const width of [320, 390, 1280])
    for (const scheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme, bypassCSP: true });
      const page = await context.newPage();
      for (const path of paths) {
        const name = `${path} ${width} px ${scheme}`;
        await page.goto(base + path);
        for (const details of await page.$$('summary')) await details.click();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        check(wide <= 0, `${name}: ${wide} px wider than the window`);
        await page.evaluate(axe);
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
        for (const found of ['violations', 'incomplete'])
          check(result[found].length === 0, `${name}: ${found}: ` +
            result[found].map(one => `${one.id} (${one.nodes.length}: ${one.nodes[0].target.join(' ')} ${one.nodes[0].html.slice(0, 120)} ` +
              `${one.nodes[0].any.map(any => any.message).join('; ')})`).join(', '));
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replace(/[^a-z0-9]+/gi, '-')}.png`, fullPage: true });
      }
      await context.close();
    }
}

async function printed(browser, path, width, height) {
  const page = await browser.newPage();
  await page.goto(base + path);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sides = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
  const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf);
  check(sides === 1, `${path}: prints on ${sides} sides`);
  check(box && Math.abs(box[1] - width) < 2 && Math.abs(box[2] - height) < 2, `${path}: prints on ${box && box.slice(1)}`);
  if (process.env.SHOTS) fs.writeFileSync(`${process.env.SHOTS}/${path.replace(/[^a-z0-9]+/gi, '-')}.pdf`, pdf, 'latin1');
  await page.close();
}

(async () => {
  const browser = await launch();
  if (process.argv[3] === 'use') await useAll(browser).catch(error => check(false, error.message.slice(0, 400)));
  else {
    await readAll(browser, process.argv.slice(4)).catch(error => check(false, error.message.slice(0, 400)));
    await printed(browser, '/log/F1/card.html', 420, 595);
    await printed(browser, '/log/F1/half-term.html', 595, 842);
    for (const path of process.argv.slice(4)) if (/^\/check\/./.test(path)) await printed(browser, path, 595, 842);
  }
  await browser.close();
  console.log(`serve ${passed} ${failed}`);
})();
