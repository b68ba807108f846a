#!/bin/sh
# Plants one fault of each kind in a small tree and checks that rooms.awk reports each, and nothing in a clean tree.
# Prints what it missed.
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
cd "$tree" || exit 1
mkdir -p include/berdua/low include/berdua/high src/low/part src/low/other src/high

clean() {
    cat >rooms <<'R'
low: # what is below
low/part: # one part
low/other: low # another part
high: low # what is above
R
    echo >include/berdua/low/low.h
    echo '#include "berdua/low/low.h"' >src/high/high.c
    echo >src/low/own.h
    echo '#include "low/own.h"' >src/low/low.c
    echo >src/low/part/part.h
    echo '#include "low/own.h"' >src/low/other/other.c
    rm -rf include/berdua/high/* include/berdua/low/idle.h src/high/*.h src/low/part/*.c src/new
}

look() {
    awk -v table=rooms -f "$here/rooms.awk" $(find include src -name '*.[ch]' | sort) 2>&1
}

# finds WHAT: the report must name it; the tree is clean again afterwards.
finds() {
    look | grep -q -- "$1" || echo "tests/lint/rooms.awk:1: does not report: $1"
    clean
}

clean
[ -z "$(look)" ] || echo "tests/lint/rooms.awk:1: reports in a clean tree: $(look)"

echo >include/berdua/high/high.h
echo '#include "berdua/high/high.h"' >src/low/low.c
finds 'low includes berdua/high/high.h, which'
echo '#include "low/own.h"' >src/high/high.c
finds 'high includes the private src/low/own.h'
echo '#include "../low/own.h"' >src/high/high.c
finds 'not ../'
echo >src/high/own.h
finds 'a second header of this name'
echo >include/berdua/low/idle.h
finds 'no other room includes this header'
echo '#include "low/own.h"' >include/berdua/low/low.h
finds 'shows the private src/low/own.h'
echo '#include "low/part/part.h"' >src/low/other/other.c
finds 'low/other includes low/part/part.h, which'
echo 'except src/high/high.c: low/own.h' >>rooms
finds 'strike it off'
sed 's/^low:/low: high/' rooms >r && mv r rooms
finds 'only rooms above it, not high'
awk 'BEGIN { for (i = 0; i < 601; i++) print "" }' >src/low/low.c
finds '601 lines; the limit is 600'
awk 'BEGIN { for (i = 0; i < 151; i++) print "" }' >src/low/own.h
finds '151 lines; the limit is 150'
for i in 1 2 3 4 5 6 7 8 9; do awk 'BEGIN { for (i = 0; i < 600; i++) print "" }' >src/low/part/$i.c; done
finds 'more than 5000 lines in one room'
mkdir src/new && echo >src/new/new.c
finds 'has no row'
