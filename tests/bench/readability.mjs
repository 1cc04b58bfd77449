// Mozilla's Readability over the files named, as a reader view uses it: one JSON object a line on standard output.
// usage: node readability.mjs MODULES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(`${modules}/package.json`);
const { Readability } = require("@mozilla/readability");
const { parseHTML } = require("linkedom");

for (const file of files) {
    let found = null;
    try {
        const { document } = parseHTML(readFileSync(file, "utf8"));
        found = new Readability(document).parse();
    } catch {
        // A page that it cannot read counts as no text.
    }
    // Its textContent joins words of neighbouring blocks; innerText, which a browser has, does not.
    const text = found?.content?.replace(/<\/?(p|div|li|h\d|td|th|tr|br|section|blockquote|pre)\b/g, " $&") ?? "";
    const words = text === "" ? "" : parseHTML(`<html><body>${text}</body></html>`).document.body.textContent;
    console.log(JSON.stringify({ file, title: found?.title ?? null, text: words }));
}
