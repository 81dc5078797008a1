#!/bin/sh
# Chromium from the system's packages and axe-core from npm, for tests/browser. Where either cannot
# be had the tests that need it are skipped and say so; CI sets DATELINE_BROWSER=required.
venv=$1 axe=$2
if ! command -v chromium >/dev/null && command -v apt-get >/dev/null; then
	root=; [ "$(id -u)" = 0 ] || root="sudo -n"
	{ $root apt-get update -q && $root apt-get install -y -q --no-install-recommends chromium; } \
		>"$venv/browser.log" 2>&1 || echo "chromium could not be installed: $venv/browser.log"
fi
if [ ! -f "$venv/axe/package/axe.min.js" ] && command -v npm >/dev/null; then
	mkdir -p "$venv/axe"
	(cd "$venv/axe" && npm pack --silent "axe-core@$axe" >/dev/null && tar xzf axe-core-*.tgz) \
		|| echo "axe-core could not be had from npm"
fi
exit 0
