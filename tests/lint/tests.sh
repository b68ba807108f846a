#!/bin/sh
# A unit test stands in tests/unit/ROOM, ROOM being a row of tests/lint/rooms (or the stand-in server, which is
# a test tool), and no two test programs share a name: T=name and the results tell them apart by it.
here=$(dirname "$0")
for f in $(git ls-files 'tests/unit/*/*.c'); do
    room=${f#tests/unit/}
    room=${room%%/*}
    grep -q "^$room:" "$here/rooms" || [ "$room" = standin ] || echo "$f:1: $room is no room of tests/lint/rooms"
done
git ls-files 'tests/*test_*.c' | sed 's|.*/||' | sort | uniq -d | while read -r name; do
    echo "tests:1: two test programs are called $name"
done
