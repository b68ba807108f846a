#!/bin/sh
# Installs a real Chroma server, starts it on a free port of loopback, runs a test program against it and
# ends it. Prints what tests/run.sh prints; without npm nothing can be tested, which is a failure.
# usage: run.sh FOLDER_TO_INSTALL_IN BUILD_FOLDER PROGRAM
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
build=$2
program=$3

give_up() {
    echo "  FAIL   chroma: $1"
    [ -n "$2" ] && [ -f "$folder/$2" ] && tail -n 20 "$folder/$2" | sed 's/^/         /'
    echo "0 passed, 1 failed"
    exit 1
}

if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then
    give_up "npm and node are missing, so no Chroma server can be installed"
fi
mkdir -p "$folder" || exit 1
if ! [ -f "$folder/installed" ] || ! cmp -s "$here/package.json" "$folder/package.json"; then
    rm -rf "$folder/installed" "$folder/node_modules" "$folder/package-lock.json"
    cp "$here/package.json" "$folder/"
    (cd "$folder" && npm install --no-audit --no-fund >npm.log 2>&1) || give_up "npm install failed" npm.log
    : >"$folder/installed"
fi

rm -rf "$folder/data"
port=$(node -e 's = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close() })') || give_up "no free port"
# Not through npx, which would put a process between; ended by KILL, since after TERM it spins for ever.
node "$folder/node_modules/chromadb/dist/cli.mjs" run --path "$folder/data" --host 127.0.0.1 --port "$port" \
    >"$folder/chroma.log" 2>&1 &
pid=$!
trap 'kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null' EXIT
node -e 'const until = Date.now() + 60000, url = process.argv[1];
(async function ask() {
    try { if ((await fetch(url)).ok) process.exit(0) } catch (e) {}
    if (Date.now() > until) process.exit(1);
    setTimeout(ask, 50);
})()' "http://127.0.0.1:$port/api/v2/heartbeat" || give_up "it does not answer" chroma.log
CHROMA_URL="http://127.0.0.1:$port" CHROMA_PID=$pid TEST_AS_ROOT=1 sh "$here/../run.sh" "$build" "$program"
