#!/bin/sh
# Starts real servers on free ports of loopback (nginx, squid with and without a password, aimock, Chroma), runs the test
# programs that ask through them, open a page in Chromium or give exports to what loads them, and ends them. Prints what
# tests/run.sh prints; what cannot be had is a failure.
# usage: run.sh FOLDER BUILD_FOLDER PROGRAM...
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
mkdir -p "$1" || exit 1
folder=$(cd "$1" && pwd)
build=$2
shift 2
programs=$*
dir=$folder/run
pids=

give_up() {
    echo "  FAIL   peers: $1"
    [ -n "$2" ] && [ -f "$2" ] && tail -n 20 "$2" | sed 's/^/         /'
    echo "0 passed, 1 failed"
    exit 1
}

# The servers that run, by their ids. Killed: squid would wait for its connections, and Chroma spins for ever after TERM.
stop() {
    trap - EXIT INT TERM
    for pid in $pids; do
        kill -9 "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
}
trap stop EXIT
trap 'stop; exit 1' INT TERM

# ---- what is needed ----

for tool in npm node openssl; do
    command -v $tool >/dev/null 2>&1 || give_up "$tool is missing"
done
PATH=$PATH:/usr/sbin:/usr/local/sbin
root=
libraries=
if ! command -v nginx >/dev/null 2>&1 || ! command -v squid >/dev/null 2>&1; then
    root=$folder/debian
    sh "$top/.ci/deps" unpack "$root" nginx squid || give_up "nginx and squid cannot be had"
    PATH=$root/usr/sbin:$PATH
    for lib in "$root"/usr/lib/*-linux-*; do
        libraries=$lib${libraries:+:$libraries}
    done
fi
# Chromium, for the page of the report.
PEER_CHROMIUM=$(command -v chromium)
PEER_CHROMIUM_LIBRARIES=
if [ -z "$PEER_CHROMIUM" ]; then
    browser=$folder/browser
    sh "$top/.ci/deps" unpack "$browser" chromium fonts-dejavu-core || give_up "chromium cannot be had"
    PEER_CHROMIUM=$browser/usr/lib/chromium/chromium
    for lib in "$browser"/usr/lib/*-linux-* "$browser"/lib/*-linux-* "$browser"/usr/lib/*-linux-*/pulseaudio; do
        [ -d "$lib" ] && PEER_CHROMIUM_LIBRARIES=$lib${PEER_CHROMIUM_LIBRARIES:+:$PEER_CHROMIUM_LIBRARIES}
    done
    FONTCONFIG_FILE=$browser/fonts.conf
    export FONTCONFIG_FILE
    echo "<?xml version='1.0'?><fontconfig><dir>$browser/usr/share/fonts</dir></fontconfig>" >"$FONTCONFIG_FILE"
fi
PEER_FOLDER=$folder
export PEER_CHROMIUM PEER_CHROMIUM_LIBRARIES PEER_FOLDER
if ! [ -f "$folder/installed" ] || ! cmp -s "$here/package.json" "$folder/package.json"; then
    rm -rf "$folder/installed" "$folder/node_modules" "$folder/package-lock.json"
    cp "$here/package.json" "$folder/"
    (cd "$folder" && npm install --no-audit --no-fund >npm.log 2>&1) || give_up "npm install failed" "$folder/npm.log"
    : >"$folder/installed"
fi

# pandas, of Debian's python3: installed, or unpacked.
PEER_PYTHON=/usr/bin/python3
if ! $PEER_PYTHON -c 'import pandas' 2>/dev/null; then
    sh "$top/.ci/deps" unpack "$folder/pandas" python3-pandas || give_up "pandas cannot be had"
    math=
    for lib in "$folder"/pandas/usr/lib/*-linux-*; do
        math=$lib:$lib/blas:$lib/lapack
    done
    PEER_PYTHON="env PYTHONPATH=$folder/pandas/usr/lib/python3/dist-packages LD_LIBRARY_PATH=$math /usr/bin/python3"
    $PEER_PYTHON -c 'import pandas' || give_up "pandas does not run"
fi
PEER_MODULES=$folder
export PEER_PYTHON PEER_MODULES

# ---- what the servers are told ----

rm -rf "$dir"
mkdir -p "$dir"
set -- $(node -e 'const net = require("net"), open = [];
for (let i = 0; i < 10; i++) open.push(new Promise(done => {
    const s = net.createServer().listen(0, "127.0.0.1", () => done(s)) }));
Promise.all(open).then(all => { console.log(all.map(s => s.address().port).join(" ")); all.map(s => s.close()) })')
[ $# -eq 10 ] || give_up "no free ports"
PEER_TLS=$1 PEER_BUFFERED=$2 PEER_PLAIN=$3 PEER_DEAD=$4 PEER_STANDIN=$5 PEER_OPEN=$6 PEER_LOCKED=$7 PEER_AIMOCK=$8
PEER_NOBODY=$9 PEER_DIR=$dir
CHROMA_URL=http://127.0.0.1:${10}
export PEER_TLS PEER_BUFFERED PEER_PLAIN PEER_DEAD PEER_STANDIN PEER_OPEN PEER_LOCKED PEER_AIMOCK PEER_NOBODY PEER_DIR

# Two authorities, and a certificate of the first.
make_certificates() {
    cd "$dir" || return 1
    for ca in ours other; do
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$ca" -keyout $ca.key -out $ca.pem || return 1
    done
    printf 'subjectAltName=DNS:peer.test,DNS:localhost,IP:127.0.0.1\n' >names
    openssl req -newkey rsa:2048 -nodes -subj /CN=peer.test -keyout server.key -out server.csr &&
        openssl x509 -req -in server.csr -CA ours.pem -CAkey ours.key -CAcreateserial -days 2 -extfile names -out server.pem
}
(make_certificates) >"$dir/openssl.log" 2>&1 || give_up "no certificates" "$dir/openssl.log"
echo "127.0.0.1 peer.test" >"$dir/hosts"
echo "siti:$(openssl passwd -apr1 rahasia)" >"$dir/passwords"
sed "s|@DIR@|$dir|; s|@TLS@|$PEER_TLS|; s|@BUFFERED@|$PEER_BUFFERED|; s|@PLAIN@|$PEER_PLAIN|; s|@DEAD@|$PEER_DEAD|
    s|@STANDIN@|$PEER_STANDIN|" "$here/nginx.conf" >"$dir/nginx.conf"
errors=$root/usr/share/squid/errors/templates
[ -d "$errors" ] || errors=$root/usr/share/squid-langpack/templates
[ -d "$errors" ] || errors=$root/usr/share/squid/errors/en
squid_conf() {
    sed "s|@NAME@|$1|g; s|@PORT@|$2|; s|@DIR@|$dir|; s|@ERRORS@|$errors|; s|@AUTH@|$3|; s|@LIB@|$root/usr/lib/squid|
        s|@SHARE@|$root/usr/share/squid|" "$here/squid.conf" >"$dir/squid-$1.conf"
}
squid_conf open "$PEER_OPEN" "http_access allow all"
squid_conf locked "$PEER_LOCKED" "auth_param basic program $root/usr/lib/squid/basic_ncsa_auth $dir/passwords\\
acl known proxy_auth REQUIRED\\
http_access allow known"

# ---- the servers, as an ordinary user ----

as=
if [ "$(id -u)" -eq 0 ] && [ -z "$TEST_AS_ROOT" ]; then
    as="setpriv --reuid=65534 --regid=65534 --clear-groups --"
    chown -R 65534:65534 "$dir"
    if ! $as test -r "$dir/server.key" 2>/dev/null || ! $as test -r "$here/run.sh" 2>/dev/null; then
        as=
        chown -R 0:0 "$dir"
    fi
fi
# Answers once the server does; gives up when it has ended, or after a minute.
wait_for() {
    node -e 'const until = Date.now() + 60000, [port, pid] = process.argv.slice(1).map(Number);
    (function ask() {
        const s = require("net").connect(port, "127.0.0.1", () => process.exit(0));
        s.on("error", () => {
            try { process.kill(pid, 0) } catch (e) { if (e.code === "ESRCH") process.exit(1) }
            Date.now() > until ? process.exit(1) : setTimeout(ask, 50);
        });
    })()' "$2" "$3" || give_up "$1 does not answer" "$dir/$1.out"
}
# start NAME PORT COMMAND...
start() {
    name=$1
    port=$2
    shift 2
    $as env LD_LIBRARY_PATH="$libraries" "$@" >"$dir/$name.out" 2>&1 </dev/null &
    pids="$pids $!"
    wait_for "$name" "$port" $!
}
start nginx "$PEER_TLS" nginx -e "$dir/nginx.error" -c "$dir/nginx.conf"
start squid-open "$PEER_OPEN" squid -N -f "$dir/squid-open.conf"
start squid-locked "$PEER_LOCKED" squid -N -f "$dir/squid-locked.conf"
start aimock "$PEER_AIMOCK" node "$here/aimock.mjs" "$folder" "$PEER_AIMOCK"
# Not through npx, which would put a process between.
start chroma "${CHROMA_URL##*:}" node "$folder/node_modules/chromadb/dist/cli.mjs" run --path "$dir/chroma" \
    --host 127.0.0.1 --port "${CHROMA_URL##*:}"
CHROMA_PID=${pids##* }
export CHROMA_URL CHROMA_PID
sh "$here/../run.sh" "$build" $programs
