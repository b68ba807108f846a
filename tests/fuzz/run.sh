#!/bin/sh
# Runs fuzz targets over their saved corpus, two at a time, and ends with "N passed, N failed".
# usage: run.sh SECONDS RUNS TARGET...     RUNS 0: for SECONDS each; else so many inputs from a fixed seed
seconds=$1
runs=$2
shift 2
one='
target=$1
name=$(basename "$target")
corpus=tests/fuzz/corpus/${name#fuzz_}
found=$(dirname "$target")/$name.found
# A run of these takes so many times as long as one of the others.
case $name in
fuzz_editor | fuzz_markdown | fuzz_rows) cost=20 ;;
fuzz_exchange | fuzz_insight | fuzz_jiwa | fuzz_lexicon | fuzz_wrap | fuzz_yaml) cost=4 ;;
*) cost=1 ;;
esac
if [ "$runs" -gt 0 ]; then
    rm -rf "$found"
    bound="-seed=1 -runs=$(((runs + cost - 1) / cost))"
else
    bound="-max_total_time=$seconds"
fi
mkdir -p "$found"
set -- "$found" # new inputs go to the first folder
[ -d "$corpus" ] && set -- "$@" "$corpus"
if "$target" $bound -timeout=10 -rss_limit_mb=2048 -max_len=65536 -close_fd_mask=1 -artifact_prefix="$target-" \
    -print_final_stats=0 "$@" >"$target.log" 2>&1; then
    echo "  ok     $name"
else
    echo "  FAIL   $name (input kept beside $target)"
    tail -n 40 "$target.log" | sed "s/^/         /"
fi'
export seconds runs
{ printf '%s\n' "$@" | xargs -P "${TEST_JOBS:-2}" -I {} sh -c "$one" sh {}; } | awk '
    { print }
    /^  ok / { passed++ }
    /^  FAIL / { failed++ }
    END {
        printf "%d passed, %d failed\n", passed, failed
        exit failed > 0 || passed == 0
    }'
