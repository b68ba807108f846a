#!/bin/sh
# Every check that needs no run of the program. Prints each problem as FILE:LINE: reason, then one line
# with the number of checks that passed and failed; exits non-zero when one failed.
# usage: lint.sh BUILD_FOLDER
build=${1:-build/release}
here=$(dirname "$0")
passed=0
failed=0
files=$(git ls-files '*.c' '*.h' 2>/dev/null)
[ -n "$files" ] || files=$(find src include tests -name '*.[ch]' | sort)

# check NAME: the problems come on stdin.
check() {
    problems=$(cat)
    if [ -z "$problems" ]; then
        echo "  ok     $1"
        passed=$((passed + 1))
    else
        printf '%s\n' "$problems"
        echo "  FAIL   $1"
        failed=$((failed + 1))
    fi
}

need() {
    command -v "$1" >/dev/null 2>&1 && return 0
    echo "  FAIL   $2: $1 is missing; make deps-dev installs it"
    failed=$((failed + 1))
    return 1
}

{
    awk -v table="$here/rooms" -f "$here/rooms.awk" $(printf '%s\n' $files | grep -v '^tests/')
    sh "$here/map.sh" check
} >"$build/lint-rooms" 2>&1
check "rooms: who includes whom, sizes, the map in README" <"$build/lint-rooms"

sh "$here/test_rooms.sh" >"$build/lint-rooms-test" 2>&1
check "the check of the rooms finds what is planted" <"$build/lint-rooms-test"

sh "$here/test_build.sh" >"$build/lint-build" 2>&1
check "make installs nothing by itself" <"$build/lint-build"

if need readelf "what is loaded on first use"; then
    strings=$(readelf -p .note.dlopen "$build/berdua" 2>&1)
    for so in libcurl.so.4 libpq.so.5; do
        case $strings in *"\"soname\":[\"$so\""*) ;; *) echo "$build/berdua:1: no .note.dlopen names $so: $strings" ;; esac
    done >"$build/lint-dlopen"
    check "packaging tools can see that libcurl and libpq are loaded" <"$build/lint-dlopen"
fi

sh "$here/tests.sh" >"$build/lint-tests" 2>&1
check "tests stand in the folder of their room, each name once" <"$build/lint-tests"

awk -f "$here/source.awk" $files >"$build/lint-source" 2>&1
check "one door for each library, banned functions, length of functions" <"$build/lint-source"

if need clang-format "format"; then
    for f in $files; do
        clang-format "$f" | diff "$f" - | sed -n "s|^\([0-9][0-9]*\).*[acd].*|$f:\1: clang-format wants it otherwise|p" | head -n 3
    done >"$build/lint-format"
    check "format" <"$build/lint-format"
fi

sh "$here/globals.sh" "$build" >"$build/lint-globals" 2>&1
check "no state that changes outside its fence" <"$build/lint-globals"

if need nm "unused functions"; then
    sh "$here/unused.sh" "$build" >"$build/lint-unused" 2>&1
    check "no public function that nobody else uses" <"$build/lint-unused"
fi

if need cppcheck "cppcheck"; then
    mkdir -p "$build/cppcheck"
    cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
        --suppressions-list="$here/cppcheck.txt" --cppcheck-build-dir="$build/cppcheck" -j 2 \
        --template='{file}:{line}: {message} [{id}]' -Iinclude -Isrc -Itests src tests \
        >"$build/lint-cppcheck" 2>&1
    check "cppcheck" <"$build/lint-cppcheck"
fi

pages=$(ls man/*.[1-8] 2>/dev/null)
if [ -n "$pages" ] && need mandoc "man pages"; then
    mandoc -Tlint $pages 2>&1 | sed 's/^mandoc: //' >"$build/lint-man"
    check "man pages" <"$build/lint-man"
fi

for script in .ci/run .ci/deps .ci/deb $(git ls-files '*.sh' 2>/dev/null); do
    sh -n "$script" 2>&1
done >"$build/lint-sh"
check "shell scripts" <"$build/lint-sh"

for shell in bash zsh fish; do
    need $shell "completion for $shell" || continue
    ./berdua completion $shell | $shell -n 2>&1
done >"$build/lint-completion"
check "completion for bash, zsh and fish" <"$build/lint-completion"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
