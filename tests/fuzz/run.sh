#!/bin/sh
# Runs fuzz targets over their saved corpus and ends with "N passed, N failed".
# usage: run.sh SECONDS RUNS TARGET...     RUNS 0: for SECONDS each; else so many inputs from a fixed seed
seconds=$1
runs=$2
shift 2
passed=0
failed=0
for target in "$@"; do
    name=$(basename "$target")
    corpus=tests/fuzz/corpus/${name#fuzz_}
    found=$(dirname "$target")/$name.found
    mkdir -p "$found"
    set -- "$found" # new inputs go to the first folder
    [ -d "$corpus" ] && set -- "$@" "$corpus"
    if [ "$runs" -gt 0 ]; then
        rm -rf "$found" && mkdir -p "$found"
        bound="-seed=1 -runs=$runs"
    else
        bound="-max_total_time=$seconds"
    fi
    if "$target" $bound -timeout=10 -rss_limit_mb=2048 -max_len=65536 -close_fd_mask=1 -artifact_prefix="$target-" \
        -print_final_stats=0 "$@" >"$target.log" 2>&1; then
        echo "  ok     $name"
        passed=$((passed + 1))
    else
        echo "  FAIL   $name (input kept beside $target)"
        tail -n 40 "$target.log" | sed 's/^/         /'
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
