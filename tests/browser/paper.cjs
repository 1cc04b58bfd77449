// paper.cjs FILE…: each page prints on A4, nothing runs over its edge, and on so many sides at most as its name says:
// side-… on one, sides-… on three.
const path = require('path');
const { launch } = require('./browser.cjs');
let passed = 0, failed = 0;
const check = (good, words) => { if (good) passed++; else { failed++; console.log('FAILED: ' + words); } };
const MM = 96 / 25.4;

(async () => {
  const browser = await launch();
  for (const file of process.argv.slice(2)) {
    const name = path.basename(file);
    const page = await browser.newPage({ viewport: { width: Math.floor(186 * MM), height: Math.floor(275 * MM) } });
    await page.goto('file://' + file);
    await page.emulateMedia({ media: 'print' });
    const over = await page.evaluate(() => {
      const edge = document.documentElement.clientWidth;
      return [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > edge + 1).length;
    });
    check(over === 0, `${name}: ${over} elements run over the edge of A4`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/g)];
    const a4 = boxes.every(b => Math.abs(b[1] - 595.28) < 2 && Math.abs(b[2] - 841.89) < 2);
    check(boxes.length > 0 && a4, `${name}: its sides are no A4`);
    const sides = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length, most = name.startsWith('side-') ? 1 : 3;
    check(sides >= 1 && sides <= most, `${name}: prints on ${sides} sides, not on ${most} at most`);
    await page.close();
  }
  await browser.close();
  console.log(`pages ${passed} ${failed}`);
})();
