#!/bin/sh
# The map of the rooms in README, between its two markers, is what tests/lint/rooms says.
# usage: map.sh write | check          run from the top of the tree
here=$(dirname "$0")
begin='<!-- rooms: written by make map from tests/lint/rooms -->'
end='<!-- end of rooms -->'
new=$(mktemp) || exit 1
trap 'rm -f "$new"' EXIT
map=$(awk -v table="$here/rooms" -v map=1 -f "$here/rooms.awk")
MAP=$map awk -v begin="$begin" -v end="$end" '
    $0 == end { inside = 0; ends++ }
    !inside { print }
    $0 == begin { print ENVIRON["MAP"]; inside = 1; begins++ }
    END { exit !(begins == 1 && ends == 1) }' README.md >"$new" || {
    echo "README.md:1: the markers of the map are missing"
    exit 1
}
if [ "$1" = write ]; then
    cmp -s "$new" README.md || cat "$new" >README.md
else
    cmp -s "$new" README.md || echo "README.md:1: the map of the rooms is not what tests/lint/rooms says; make map writes it"
fi
