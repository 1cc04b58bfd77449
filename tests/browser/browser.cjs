// Chromium as tests want it: fresh profile, no background traffic, and nothing but files.
const { chromium } = require('playwright-core');
exports.launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM, headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
