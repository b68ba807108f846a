#!/bin/sh
# Runs test programs, one more at a time than there are cores (they often wait), and ends with "N passed, N failed".
# usage: run.sh BUILD_FOLDER PROGRAM...
# A program is a cmocka test; what it prints is shown only when it fails. Root may read and write everything, so
# when root starts the tests they run as an ordinary user (TEST_AS_ROOT=1 keeps root). A skipped test is
# counted and named; where CI is set it has failed. A program that ran for 10 seconds or more says how long.
build=$1
shift
logs=$build/test-logs
rm -rf "$logs"
mkdir -p "$logs"

# What the tests write is in memory where this machine has a folder there: none of them asks the disk itself.
tmp=/tmp # and short: a socket's path has room for some 100 bytes
[ -d /dev/shm ] && [ -w /dev/shm ] && tmp=/dev/shm
TMPDIR=$(mktemp -d "$tmp/berdua-tests-XXXXXX") && chmod 1777 "$TMPDIR" || exit 1
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

nobody=65534
as=
if [ "$(id -u)" -eq 0 ] && [ -z "$TEST_AS_ROOT" ]; then
    as="setpriv --reuid=$nobody --regid=$nobody --clear-groups --"
    if ! $as test -x "$1" -a -r "${BERDUA_SRC:-.}/Makefile" 2>/dev/null; then
        echo "  note   the tests run as root: an ordinary user cannot read this folder, or setpriv is missing"
        as=
    fi
fi

one='
p=$1; log=$logs/$(basename "$p").log; began=$(date +%s)
timeout "${TEST_TIMEOUT_S:-300}" $as "$p" >"$log" 2>&1 </dev/null
code=$?
pass=$(grep -c "^\[       OK \]" "$log")
fail=$(grep "^\[  FAILED  \] [^0-9]" "$log" | sed "s/, .*//" | sort -u | grep -c .)
skip=$(grep "^\[  SKIPPED \] [^0-9]" "$log" | sort -u | grep -c .)
[ "$code" -ne 0 ] && [ "$fail" -eq 0 ] && fail=1
[ "$code" -eq 0 ] && [ "$pass" -eq 0 ] && fail=1
[ -n "$CI" ] && fail=$((fail + skip))
echo "$pass $fail $skip" >"$log.count"
if [ "$fail" -ne 0 ]; then
    echo "  FAIL   $p (exit $code)"
    tail -n 60 "$log" | sed "s/^/         /"
else
    took=$(($(date +%s) - began))
    [ "$took" -lt 10 ] && took= || took=", $took s"
    echo "  ok     $p ($pass$took)"
fi
[ "$skip" -eq 0 ] || grep "^\[  SKIPPED \] [^0-9]" "$log" | sort -u | sed "s/^\[  SKIPPED \] /  skip   /"'
export logs as
printf '%s\n' "$@" | xargs -P "${TEST_JOBS:-$(($(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1))}" -I {} sh -c "$one" sh {}
cat "$logs"/*.count 2>/dev/null | awk '
    { p += $1; f += $2; s += $3 }
    END {
        if (s)
            printf "%d skipped\n", s
        printf "%d passed, %d failed\n", p, f
        exit f > 0 || p == 0
    }'
