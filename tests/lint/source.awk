# Checks banned functions, the length of functions, and that each library is included in one file (its door).
# usage: awk -f source.awk FILE...      prints FILE:LINE: reason
BEGIN {
    # a library has one door; tests are free to use what they test with
    n = split("curl/ cjson/ readline/ yaml.h sqlite3.h libpq-fe.h utf8proc.h md4c.h curses.h ncurses.h " \
              "ncursesw/ vterm.h microhttpd.h", libraries, " ")
    for (i = 1; i <= n; i++)
        library[libraries[i]] = 1
    banned = "strcpy|strcat|stpcpy|sprintf|vsprintf|strtok|gets|atoi|cJSON_GetErrorPtr"
    terminal = "initscr|newterm|doupdate|endwin"
}

function report(reason) {
    print FILENAME ":" FNR ": " reason
}

# The line without comments, strings and character constants.
function code_of(line,    out) {
    gsub(/\\\\|\\"|\\'/, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    gsub(/'[^']*'/, "''", line)
    out = ""
    while (line != "") {
        if (in_comment) {
            if ((i = index(line, "*/")) == 0)
                return out
            line = substr(line, i + 2)
            in_comment = 0
        } else if ((i = index(line, "/*")) > 0) {
            out = out substr(line, 1, i - 1)
            line = substr(line, i + 2)
            in_comment = 1
        } else {
            sub(/\/\/.*/, "", line)
            out = out line
            line = ""
        }
    }
    return out
}

function check_library(path,    l) {
    for (l in library) {
        if (index(path, l) != 1)
            continue
        if (door[l] != "" && door[l] != FILENAME)
            report("<" path "> already has its door in " door[l])
        door[l] = FILENAME
    }
}

FNR == 1 {
    in_comment = 0
}

/^[ \t]*#[ \t]*include/ {
    path = $0
    if (match(path, /[<"][^>"]+[>"]/)) {
        kind = substr(path, RSTART, 1)
        path = substr(path, RSTART + 1, RLENGTH - 2)
        if (FILENAME !~ /^tests\// && kind == "<")
            check_library(path)
    }
    next
}

/^{/ { body = FNR }
/^}$/ {
    if (body > 0 && FNR - body - 1 > 60 && FILENAME !~ /^tests\//)
        print FILENAME ":" body ": a function of " (FNR - body - 1) " lines; the limit is 60"
    body = 0
}

/^[ \t]+$|[ \t]$/ { report("blanks at the end of the line") }

{
    code = code_of($0)
    if (match(code, "(^|[^A-Za-z0-9_])(" banned ")[ \t]*\\("))
        report("banned function: " substr(code, RSTART, RLENGTH))
    if (FILENAME !~ /^(src\/ui\/term\/term\.c|tests\/)/ &&
        match(code, "(^|[^A-Za-z0-9_])(" terminal ")[ \t]*\\("))
        report("only term.c starts, ends and flushes curses: " substr(code, RSTART, RLENGTH))
    if (FILENAME ~ /^src\/cmd\// && FILENAME != "src/cmd/out.c" &&
        match(code, /(^|[^A-Za-z0-9_])v?f?printf[ \t]*\(/))
        report("commands print through out.h, which makes text harmless for a terminal")
    if (code ~ /^typedef[ \t]+(struct|enum|union)/)
        report("struct, enum and union are never typedef'd")
}
