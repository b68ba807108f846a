# Checks the floors of the design, the banned functions, and that each library has one door.
# usage: awk -f source.awk FILE...      prints FILE:LINE: reason
BEGIN {
    # a library has one door; tests are free to use what they test with
    n = split("curl/ cjson/ readline/ yaml.h sqlite3.h utf8proc.h md4c.h curses.h ncurses.h " \
              "ncursesw/ vterm.h microhttpd.h libpq-fe.h", libraries, " ")
    for (i = 1; i <= n; i++)
        library[libraries[i]] = 1
    banned = "strcpy|strcat|stpcpy|sprintf|vsprintf|strtok|gets|atoi|cJSON_GetErrorPtr"
    terminal = "initscr|newterm|doupdate|endwin"
}

function report(reason) {
    print FILENAME ":" FNR ": " reason
}

# The module of a path: "src/ui/flow.h" and "berdua/ui/flow.h" and "ui/flow.h" are all ui.
function module_of(path) {
    sub(/^(include\/berdua|src|berdua)\//, "", path)
    return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : ""
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

function check_floor(path,    from, to) {
    from = module_of(FILENAME)
    to = module_of(path)
    if (!(from in floor) || !(to in floor) || from == to)
        return
    if (floor[to] > floor[from])
        report("floor " from " includes " path " of the upper floor " to)
    else if (from == "engine" && to == "ui" || from == "ui" && to == "engine")
        report("engine and ui never include each other: " path)
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

function flush_length() {
    if (last == "")
        return
    if (last ~ /\.h$/ && last !~ /^tests\// && lines > 160)
        print last ":" lines ": a header of more than 150 lines holds two ideas"
    if (last ~ /\.c$/ && last !~ /^tests\// && lines > 700)
        print last ":" lines ": a source of more than 600 lines holds two ideas"
}

FNR == 1 {
    flush_length()
    last = FILENAME
    in_comment = 0
}

{ lines = FNR }

/^[ \t]*#[ \t]*include/ {
    path = $0
    if (match(path, /[<"][^>"]+[>"]/)) {
        kind = substr(path, RSTART, 1)
        path = substr(path, RSTART + 1, RLENGTH - 2)
        if (FILENAME !~ /^tests\// && kind == "\"")
            check_floor(path)
        if (FILENAME !~ /^tests\// && kind == "<")
            check_library(path)
    }
    next
}

/^[A-Za-z].*\)$/ { function_line = FNR }
/^{/ { body = FNR }
/^}$/ {
    if (body > 0 && FNR - body > 72 && FILENAME !~ /^tests\//)
        print FILENAME ":" body ": a function of " (FNR - body - 1) " lines; about 60 is the limit"
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
    if (code ~ /^typedef[ \t]+(struct|enum|union)/)
        report("struct, enum and union are never typedef'd")
}

END { flush_length() }
