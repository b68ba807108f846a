#!/bin/sh
# A function or table with external linkage is used by another source, or by a test or build tool (unused.allow names
# those that only tests and tools use); else it is static, or dead.
# usage: unused.sh BUILD_FOLDER       prints FILE:LINE: reason
build=$1
here=$(dirname "$0")
symbols=$(mktemp) || exit 1
trap 'rm -f "$symbols"' EXIT
for source in $(git ls-files 'src/*.c' | grep -v '^src/tools/'); do
    [ -f "$build/${source%.c}.o" ] && nm -A "$build/${source%.c}.o"
done >"$symbols"
# The symbols that are defined (with their source) and that no other object asks for.
awk -v build="$build/" '
    { name = $NF; kind = $(NF - 1) }
    kind == "U" { wanted[name] = 1 }
    kind ~ /^[TDRB]$/ { sub(/\.o:.*/, ".c", $1); of[name] = substr($1, length(build) + 1) }
    END { for (name in of) if (!(name in wanted)) print of[name], name }' "$symbols" | sort |
    while read -r source name; do
        grep -q "^$source $name\( \|\$\)" "$here/unused.allow" && continue
        line=$(grep -n "\b$name\b" "$source" | head -n 1 | cut -d: -f1)
        uses=$(grep -cw "$name" "$source")
        outside=$(git ls-files 'tests/*.[ch]' 'src/tools/*.[ch]' | xargs grep -lw "$name" | head -n 1)
        if [ "$uses" -gt 1 ] && [ -z "$outside" ]; then
            echo "$source:$line: $name is used in this file only; make it static"
        elif [ "$uses" -le 1 ]; then
            echo "$source:$line: nobody in src uses $name"
        fi
    done
