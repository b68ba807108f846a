#!/bin/sh
# Runs test programs, two at a time, and ends with "N passed, N failed".
# usage: run.sh BUILD_FOLDER PROGRAM...
# A program is a cmocka test; what it prints is shown only when it fails.
build=$1
shift
logs=$build/test-logs
rm -rf "$logs"
mkdir -p "$logs"
one='
p=$1; logs=$2; log=$logs/$(basename "$p").log
timeout "${TEST_TIMEOUT_S:-300}" "$p" >"$log" 2>&1 </dev/null
code=$?
pass=$(grep -c "^\[       OK \]" "$log")
fail=$(grep "^\[  FAILED  \] [^0-9]" "$log" | sed "s/, .*//" | sort -u | grep -c .)
[ "$code" -ne 0 ] && [ "$fail" -eq 0 ] && fail=1
[ "$code" -eq 0 ] && [ "$pass" -eq 0 ] && fail=1
echo "$pass $fail" >"$log.count"
if [ "$code" -ne 0 ] || [ "$fail" -ne 0 ]; then
    echo "  FAIL   $p (exit $code)"
    tail -n 60 "$log" | sed "s/^/         /"
else
    echo "  ok     $p ($pass)"
fi'
printf '%s\n' "$@" | xargs -P "${TEST_JOBS:-2}" -I {} sh -c "$one" sh {} "$logs"
cat "$logs"/*.count 2>/dev/null | awk '{p += $1; f += $2} END {printf "%d passed, %d failed\n", p, f; exit f > 0 || p == 0}'
