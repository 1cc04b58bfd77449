#!/bin/bash
# Goal: the digest as JSON is what its published schema says, for a full day, an empty one and hostile ones; and a digest
# with a field missing is not.
set -u
. "$DISCERN_ROOT/tests/browser/prepare.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$DISCERN_ROOT/tests/e2e/hostile.py" make "$work" >/dev/null
mkdir -p "$work/sample"
"$DISCERN_BUILD/tests/unit.render.test_formats" "$work/000.json" "$work/000" || exit 1
cat > "$work/check.cjs" <<'J'
const fs = require('fs');
const Ajv = require('ajv/dist/2020');
const ajv = new Ajv({ strict: false, validateFormats: false });
const valid = ajv.compile(JSON.parse(fs.readFileSync(process.argv[2], 'utf8')));
let passed = 0, failed = 0;
const check = (good, words) => { if (good) passed++; else { failed++; console.log('FAILED: ' + words); } };
for (const file of process.argv.slice(3)) {
  const digest = JSON.parse(fs.readFileSync(file, 'utf8'));
  check(valid(digest), file + ': ' + JSON.stringify(valid.errors));
  delete digest.sections[0].entries[0].terms;
  check(!valid(digest), file + ': an entry without terms is let through');
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
J
node "$work/check.cjs" "$DISCERN_ROOT/config/schema/digest.schema.json" "$DISCERN_ROOT/tests/golden/digest/expected.json" \
  "$work/000/digest.json"
