#!/bin/sh
# Lists state of static duration that can change, as the compiler sees it, unless globals.allow names it.
# usage: globals.sh BUILD_FOLDER       prints FILE:LINE: reason
build=$1
here=$(dirname "$0")
find "$build/src" -name '*.o' | sort | while read -r object; do
    source=${object#"$build"/}
    source=${source%.o}.c
    [ -f "$source" ] || continue
    objdump -t "$object" |
        awk '$0 ~ / O / && $0 ~ /\t/ {
            section = $(NF - 2); name = $NF
            if (section ~ /^\.(bss|data|tbss|tdata)/ && section !~ /rel\.ro/) { sub(/\.[0-9]+$/, "", name); print name }
        }' | while read -r name; do
        case $name in __*) continue ;; esac
        grep -q "^$source $name\( \|\$\)" "$here/globals.allow" && continue
        line=$(grep -n "\b$name\b" "$source" | head -n 1 | cut -d: -f1)
        echo "$source:${line:-1}: $name can change and is not in tests/lint/globals.allow"
    done
done
