# For browser tests: sources the path of the node modules, installing what is missing into the build folder once; exits
# 77 (skipped) where there is no Chromium, Node or way to install, and says which.
leave_out() {
  echo "skipped: $1" >&2
  echo "0 passed, 0 failed, 1 skipped"
  exit 77
}
chromium=$(command -v chromium || command -v chromium-browser) || leave_out "Chromium is not installed"
command -v node >/dev/null || leave_out "Node.js is not installed"
modules=$DISCERN_ROOT/build/node
# Versions that Debian 12's own Node.js runs.
packages="playwright-core@1.60.0 axe-core@4.14.1 vnu-jar@26.9.27 commonmark@0.31.2 ajv@8.20.0"

is_installed() { [ "$(cat "$modules/installed" 2>/dev/null)" = "$packages" ]; }
was_refused() { [ -n "$(find "$modules/refused" -mmin -60 2>/dev/null)" ]; }
install_modules() {
  touch "$modules/refused"
  (cd "$modules" && HOME=$modules npm install --ignore-scripts --no-audit --no-fund --fetch-retries 1 \
    --fetch-timeout 60000 $packages) >"$modules/install.log" 2>&1 || return 1
  echo "$packages" >"$modules/installed"
  rm "$modules/refused"
}
# Browser tests run side by side: one installs, the others wait; only what was installed whole counts. Where npm could
# not install, nobody waits for it again within the hour.
mkdir -p "$modules"
{
  flock 9
  is_installed || { ! was_refused && install_modules; } ||
    leave_out "npm could not install what the browser tests need ($modules/install.log)"
} 9>"$modules/lock"
export NODE_PATH=$modules/node_modules CHROMIUM=$chromium
