#!/bin/sh
# Finds a PostgreSQL (Debian's, unpacked below the folder where none is installed) and runs the tests of the team with it; they
# start servers of their own on loopback. Prints what tests/run.sh prints; what cannot be had is a failure.
# usage: run.sh FOLDER BUILD_FOLDER PROGRAM...
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
mkdir -p "$1" || exit 1
folder=$(cd "$1" && pwd)
build=$2
shift 2

find_server() {
    for TEAM_PG_BIN in /usr/lib/postgresql/*/bin "$folder"/debian/usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb)")"; do
        [ -x "$TEAM_PG_BIN/postgres" ] && [ -x "$TEAM_PG_BIN/initdb" ] && return 0
    done
    return 1
}
if ! find_server; then
    sh "$top/.ci/deps" unpack "$folder/debian" postgresql && find_server || {
        echo "  FAIL   team: PostgreSQL cannot be had"
        echo "0 passed, 1 failed"
        exit 1
    }
fi
case $TEAM_PG_BIN in "$folder"/*)
    for lib in "$folder"/debian/usr/lib/*-linux-*; do
        TEAM_PG_LIBRARIES=$lib${TEAM_PG_LIBRARIES:+:$TEAM_PG_LIBRARIES}
    done ;;
esac
export TEAM_PG_BIN TEAM_PG_LIBRARIES
TEST_TIMEOUT_S=${TEST_TIMEOUT_S:-1800} exec sh "$here/../run.sh" "$build" "$@"
