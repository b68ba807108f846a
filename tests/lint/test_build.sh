#!/bin/sh
# make, make berdua and make install never install a package or ask for root: they name what is missing and
# `make deps`. make deps says what it does before it does it. Prints what is otherwise.
# usage: test_build.sh          run from the top of the tree
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
for command in apt-get sudo dnf pacman brew; do
    printf '#!/bin/sh\necho "%s $*" >>%s/ran\n' "$command" "$tree" >"$tree/$command"
    chmod +x "$tree/$command"
done
PATH="$tree:$PATH"

for target in all berdua "install DESTDIR=$tree"; do
    out=$(make -s $target NEEDS=no-such-library=1 PACKAGES=no-such-library 2>&1) && echo "Makefile:1: make $target goes on without a library"
    case $out in *no-such-library*make\ deps*) ;; *) echo "Makefile:1: make $target does not say what is missing: $out" ;; esac
    [ ! -e "$tree/ran" ] || echo "Makefile:1: make $target runs $(cat "$tree/ran")"
    rm -f "$tree/ran"
done
out=$(make -s berdua NEEDS="libcurl=999" 2>&1)
case $out in *libcurl\>=999*) ;; *) echo "Makefile:1: a library that is too old is not named: $out" ;; esac
out=$(make -s deps NEEDS=no-such-library=1 PACKAGES=no-such-library 2>&1)
case $out in *installing\ with*) [ -e "$tree/ran" ] || echo "Makefile:1: make deps installs nothing" ;; *) echo "Makefile:1: make deps does not say first what it installs: $out" ;; esac
