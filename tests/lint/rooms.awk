# Checks the #includes and the sizes of the rooms against the table tests/lint/rooms, or prints it as README's map.
# usage: awk -v table=tests/lint/rooms -f rooms.awk FILE...             prints FILE:LINE: reason
#        awk -v table=tests/lint/rooms -v map=1 -f rooms.awk            prints the map
BEGIN {
    header_lines = 150
    source_lines = 600
    room_lines = 5000
    while ((getline row < table) > 0) {
        at++
        if (row ~ /^except /)
            read_exception(row)
        else if (row ~ /^[a-z\/]+:/)
            read_room(row)
        else if (row !~ /^(#|$)/)
            fault(table, at, "neither a room nor an exception: " row)
    }
    if (map)
        print_map()
    for (i = 1; i < ARGC; i++)
        listed[ARGV[i]] = 1
}

function fault(file, line, reason) {
    print file ":" line ": " reason
}

function read_exception(row,    f) {
    split(row, f, " ")
    sub(/:$/, "", f[2])
    excepted[f[2], f[3]] = at
    exceptions[at] = f[2] ": " f[3]
}

function read_room(row,    name, text, words, n, i) {
    name = substr(row, 1, index(row, ":") - 1)
    text = substr(row, length(name) + 2)
    if (match(text, /#.*/)) {
        holds[name] = substr(text, RSTART + 2)
        text = substr(text, 1, RSTART - 1)
    }
    n = split(text, words, " ")
    for (i = 1; i <= n; i++) {
        if (words[i] == "all")
            for (r in row_of)
                if (r !~ /\//)
                    opened[name, r] = 1
        if (words[i] == "private")
            private[name] = 1
        else if (words[i] != "all" && words[i] !~ /\.h$/ && !(words[i] in row_of))
            fault(table, at, name " may include only rooms above it, not " words[i])
        opened[name, words[i]] = 1
        list[name] = list[name] (list[name] == "" ? "" : ", ") words[i]
    }
    if (holds[name] == "")
        fault(table, at, name " does not say what it holds")
    row_of[name] = at
    order[++rows] = name
}

function print_map(    i, r) {
    print "| room | holds | may include |"
    print "|---|---|---|"
    for (i = 1; i <= rows; i++) {
        r = order[i]
        print "| `src/" r (r == "main" ? ".c" : "") "` | " holds[r] " | " (list[r] == "" ? "nothing" : list[r]) " |"
    }
    exit
}

# The top room of a path, and its part: src/ui/text/wrap.c is in "ui" and "ui/text".
function room_of(path) {
    if (path == "src/main.c")
        return "main"
    sub(/^(include\/berdua|src)\//, "", path)
    return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : ""
}

function part_of(path) {
    if (path !~ /^src\/.*\//)
        return room_of(path)
    sub(/^src\//, "", path)
    sub(/\/[^\/]*$/, "", path)
    while (path ~ /\// && !(path in row_of))
        sub(/\/[^\/]*$/, "", path)
    return path
}

# The path below the top of the tree of what FILENAME includes as `name`.
function resolve(name,    beside) {
    beside = FILENAME
    sub(/[^\/]*$/, "", beside)
    if ((beside name) in listed)
        return beside name
    if (("src/" name) in listed)
        return "src/" name
    return name ~ /^berdua\// ? "include/" name : ""
}

function is_excepted(file, what) {
    if (!((file, what) in excepted))
        return 0
    delete exceptions[excepted[file, what]]
    return 1
}

function refuse(name, reason) {
    if (!is_excepted(FILENAME, name))
        fault(FILENAME, FNR, reason)
}

function check_include(name,    target, from, to, part) {
    if (name ~ /\.\.\//)
        return fault(FILENAME, FNR, "an include names its room, not ../")
    if ((target = resolve(name)) == "")
        return fault(FILENAME, FNR, "includes \"" name "\", which is nowhere in the tree")
    from = room_of(FILENAME)
    part = part_of(FILENAME)
    to = room_of(target)
    if (target ~ /^include/ && (from != to || FILENAME ~ /^include/))
        used[target] = used[target] (from == to ? " " FILENAME : " !")
    if (target !~ /^include/ && FILENAME ~ /^include/)
        return fault(FILENAME, FNR, "a header that other rooms include shows the private " target)
    if (from != to) {
        if (!((part, to) in opened) && !((part, substr(name, 8)) in opened))
            refuse(name, part " includes " name ", which tests/lint/rooms does not allow")
        else if (target !~ /^include/ && !private[part])
            refuse(name, from " includes the private " target)
        return
    }
    to = part_of(target)
    if (FILENAME !~ /^include/ && target !~ /^include/ && part ~ /\// && index(to "/", part "/") != 1 &&
        !((part, to) in opened))
        refuse(name, part " includes " name ", which tests/lint/rooms does not allow")
}

function is_used(header,    users, n, i) {
    if (used[header] ~ /!/)
        return 1
    n = split(used[header], users, " ")
    used[header] = ""
    for (i = 1; i <= n; i++)
        if (is_used(users[i]))
            return used[header] = "!"
    return 0
}

function end_file(    limit) {
    if (last == "")
        return
    limit = last ~ /\.h$/ ? header_lines : source_lines
    if (lines > limit && !is_excepted(last, "long"))
        fault(last, lines, lines " lines; the limit is " limit)
    total[room_of(last)] += lines
    if (last ~ /^src/)
        total_part[part_of(last)] += lines
}

FNR == 1 {
    end_file()
    last = FILENAME
    base_name = FILENAME
    sub(/.*\//, "", base_name)
    if (base_name ~ /\.h$/ && base_name in first)
        fault(FILENAME, 1, "a second header of this name; the first is " first[base_name])
    first[base_name] = FILENAME
    if (!(room_of(FILENAME) in row_of))
        fault(FILENAME, 1, "its room has no row in tests/lint/rooms")
}

{ lines = FNR }

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    check_include(quoted[2])
}

END {
    if (map)
        exit
    end_file()
    for (file in listed)
        if (file ~ /^include/ && !is_used(file) && !is_excepted(file, "unused"))
            fault(file, 1, "no other room includes this header; it belongs beside its source")
    for (part in total_part)
        if (total_part[part] > room_lines)
            fault("src/" part, total_part[part], "more than " room_lines " lines in one room")
    for (line in exceptions)
        fault(table, line, "no longer needed, strike it off: " exceptions[line])
}
