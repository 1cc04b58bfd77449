# For browser tests: sources the path of the node modules, installing what is missing into the build folder once; exits
# 77 (skipped) where there is no Chromium, Node or way to install.
chromium=$(command -v chromium || command -v chromium-browser) || { echo "0 passed, 0 failed, 1 skipped"; exit 77; }
command -v node >/dev/null || { echo "0 passed, 0 failed, 1 skipped"; exit 77; }
modules=$DISCERN_ROOT/build/node
if [ ! -d "$modules/node_modules/ajv" ]; then
  mkdir -p "$modules"
  (cd "$modules" && HOME=$modules npm install --ignore-scripts --no-audit --no-fund \
    playwright-core axe-core vnu-jar commonmark ajv >/dev/null 2>&1) || { echo "0 passed, 0 failed, 1 skipped"; exit 77; }
fi
export NODE_PATH=$modules/node_modules CHROMIUM=$chromium
