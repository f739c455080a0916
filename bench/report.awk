# Prints one part of the report from the benchmarks' figures, chosen by -v part=:
# targets, styles, chunks, lanes, pages, costs, readme (tables in Markdown), score
# (how many targets were met), speeds (a line for each benchmark), versions, plot_styles
# and plot_chunks (columns for gnuplot). With -v partial=1, targets without figures are
# left out instead of missed.
#
# Reads two kinds of lines, with tabs between the fields:
#   speed  PASS STYLE RESERVATIONS kept|fresh PEER CHUNK MB/S MICROSECONDS_A_PAGE
#   cost   STYLE RESERVATIONS PEER VERSION ALLOCATIONS BYTES

BEGIN {
    FS = "\t"
    style_count = split("real compact pretty shuffled escaped non-ascii unknown worst worst-names",
        styles, " ")
    hostile_count = split("surprises alternating tiny sparse worst worst-names", hostile, " ")
    peer_count = split("numres numres-baseline numres-general numres-reader numres-collection numres-arrow simdjson-names simdjson-fields " \
        "rapidjson yajl jansson json-c cjson yyjson", peers, " ")
    largest_heap = 98912 # the parser's size before it knew `expired`
    chunk_count = split("64 1448 4096 16384 65536 whole", chunks, " ")
    label["real"] = "real shape"
    label["compact"] = "compact"
    label["pretty"] = "pretty-printed"
    label["shuffled"] = "members shuffled"
    label["escaped"] = "10 % of strings escaped"
    label["non-ascii"] = "non-ASCII text"
    label["unknown"] = "unknown members"
    label["worst"] = "worst case: \\u in every value"
    label["worst-names"] = "worst case: \\u in every name too"
    label["surprises"] = "a surprise in every record"
    label["alternating"] = "a surprise in every second record"
    label["tiny"] = "tiny records, every second a surprise"
    label["sparse"] = "tiny records, every tenth a surprise"
    label["numres"] = "numres"
    label["numres-baseline"] = "numres, baseline instructions"
    label["numres-general"] = "numres, general lane alone"
    label["numres-reader"] = "numres, pull reader"
    label["numres-collection"] = "numres, collection"
    label["numres-arrow"] = "numres, Arrow batches and callbacks"
    label["simdjson-names"] = "simdjson On-Demand, by name"
    label["simdjson-fields"] = "simdjson On-Demand, over fields"
    label["rapidjson"] = "RapidJSON SAX, in place"
    label["yajl"] = "yajl, natural program"
    label["jansson"] = "jansson"
    label["json-c"] = "json-c"
    label["cjson"] = "cJSON"
    label["yyjson"] = "yyjson"
    label[64] = "64 B"
    label[1448] = "1448 B"
    label[4096] = "4 KiB"
    label[16384] = "16 KiB"
    label[65536] = "64 KiB"
    label["whole"] = "whole page"
}

$1 == "speed" {
    if (!(($3, $4, $5, $6, $7) in times)) {
        names[++benchmarks] = $3 SUBSEP $4 SUBSEP $5 SUBSEP $6 SUBSEP $7
    }
    times[$3, $4, $5, $6, $7]++
    megabytes[$2, $3, $4, $5, $6, $7] = $8
    page_bytes[$3, $4] = $8 * $9
    if ($4 + 0 > long_page) {
        long_page = $4 + 0
    }
    if ($2 + 0 > passes) {
        passes = $2 + 0
    }
}

$1 == "cost" {
    version[$4] = $5
    allocations[$2, $3, $4] = $6
    heap[$2, $3, $4] = $7
    if ($4 == "numres") {
        held = $7
        numres_costs++
        all_allocations += $6
    }
}

# The median of values[prefix, 1] to values[prefix, count], which it sorts.
function median(values, prefix, count,    number, place, value) {
    for (number = 2; number <= count; number++) {
        value = values[prefix, number]
        for (place = number; place > 1 && values[prefix, place - 1] > value; place--) {
            values[prefix, place] = values[prefix, place - 1]
        }
        values[prefix, place] = value
    }
    place = int((count + 1) / 2)
    return count % 2 ? values[prefix, place] : (values[prefix, place] + values[prefix, place + 1]) / 2
}

# The speeds of pass 0 are the medians of all passes.
function set_medians(number, name, own) {
    for (number = 1; number <= benchmarks; number++) {
        name = names[number]
        for (pass = 1; pass <= times[name]; pass++) {
            own[name, pass] = megabytes[pass, name]
        }
        megabytes[0, name] = median(own, name, times[name])
    }
    pass = 0
}

# In the pass that is being looked at.
function speed(style, reservations, life, peer, chunk) {
    return megabytes[pass, style, reservations, life, peer, chunk] + 0
}

function long_speed(style, peer, chunk) {
    return speed(style, long_page, "kept", peer, chunk)
}

# Microseconds for one page of the real shape.
function page_time(reservations, life, peer) {
    return of_speed(page_bytes["real", reservations], speed("real", reservations, life, peer, "whole"))
}

function larger(one, other) {
    return one > other ? one : other
}

# The faster of simdjson's two ways.
function simdjson(style, reservations, life) {
    return larger(speed(style, reservations, life, "simdjson-names", "whole"),
        speed(style, reservations, life, "simdjson-fields", "whole"))
}

# yajl's fastest chunk size.
function yajl(style) {
    return larger(larger(long_speed(style, "yajl", "whole"), long_speed(style, "yajl", 64)),
        larger(long_speed(style, "yajl", 1448),
            larger(long_speed(style, "yajl", 4096), long_speed(style, "yajl", 65536))))
}

# numres's time divided by that of the general lane alone; 0 without figures.
function time_ratio(style, chunk) {
    return of_speed(long_speed(style, "numres-general", chunk), long_speed(style, "numres", chunk))
}

# The chunk size with the largest time ratio, by the medians.
function worst_chunk(style,    number, worst, own_pass) {
    own_pass = pass
    pass = 0
    worst = chunks[1]
    for (number = 2; number <= chunk_count; number++) {
        if (time_ratio(style, chunks[number]) > time_ratio(style, worst)) {
            worst = chunks[number]
        }
    }
    pass = own_pass
    return worst
}

# Whether the peer was built: yyjson's is left out if it is not installed.
function is_there(peer) {
    return peer != "yyjson" || peer in version
}

function row(first, second, third, fourth, fifth) {
    if (part == "targets") {
        printf "| %-52s | %-30s | %6s | %8s | %-6s |\n", first, second, third, fourth, fifth
    }
}

# `sign` is ">=" or "<="; a figure of 0 means not measured. Within a pass, the figure is
# kept; after all, the median of the kept ones is compared.
function target(case_name, opponent, figure, sign, limit, format,    met) {
    if (pass > 0) {
        if (figure) {
            kept[case_name, ++kept_count[case_name]] = figure
        }
        return
    }
    figure = kept_count[case_name] ? median(kept, case_name, kept_count[case_name]) : 0
    if (partial && !figure) {
        return
    }
    met = figure && (sign == ">=" ? figure >= limit : figure <= limit)
    targets++
    missed += !met
    row(case_name, opponent, sprintf(format ? format : "%.2f", figure), sign " " limit,
        met ? "met" : "missed")
}

function of_speed(mine, theirs) {
    return theirs && mine ? mine / theirs : 0
}

function against_simdjson(style, chunk, limit) {
    target(label[style] ", " label[chunk] " chunks", "simdjson, whole page",
        of_speed(long_speed(style, "numres", chunk), simdjson(style, long_page, "kept")), ">=", limit)
}

function short_page(name, reservations, limit) {
    target(name ", parser kept", "simdjson, parser kept",
        of_speed(speed("real", reservations, "kept", "numres", "whole"),
            simdjson("real", reservations, "kept")), ">=", limit)
}

function general_lane(chunk) {
    target("general lane alone, real shape, " label[chunk] " chunks", "yajl, its fastest chunk",
        of_speed(long_speed("real", "numres-general", chunk), yajl("real")), ">=", 0.9)
}

function against_general(style, chunk) {
    chunk = worst_chunk(style)
    target(label[style] ", time", "general lane alone, " label[chunk], time_ratio(style, chunk), "<=",
        1.1)
}

# numres's allocations while parsing, and the size of its one block.
function memory_targets() {
    if (!partial && pass == 0) {
        allocation_target()
    }
    target("memory held by default, bytes", "", partial ? 0 : held, "<=", largest_heap, "%d")
}

function allocation_target(none) {
    none = numres_costs > 0 && all_allocations == 0
    targets++
    missed += !none
    row("allocations while parsing, all styles", "", all_allocations + 0, "0",
        none ? "met" : "missed")
}

# Prints the targets, if `pass` is 0.
function all_targets(number) {
    against_simdjson("real", 65536, 4)
    against_simdjson("real", 1448, 2.5)
    target("real shape, 64 B chunks", "yajl, its fastest chunk",
        of_speed(long_speed("real", "numres", 64), yajl("real")), ">=", 1.5)
    against_simdjson("compact", 65536, 4.5)
    against_simdjson("pretty", 65536, 4.5)
    against_simdjson("escaped", 65536, 2.5)
    against_simdjson("non-ascii", 65536, 2.5)
    against_simdjson("unknown", 65536, 1.9)
    against_simdjson("shuffled", 65536, 1)
    short_page("25 reservations, real shape", 25, 3.5)
    short_page("1 reservation, real shape", 1, 1.5)
    general_lane(65536)
    general_lane(1448)
    for (number = 1; number <= hostile_count; number++) {
        against_general(hostile[number])
    }
    model_targets()
    memory_targets()
}

# The reader against the callbacks, and the collection against the fastest tree.
function model_targets(    trees) {
    target("real shape, pull reader, time", "numres, callbacks",
        of_speed(long_speed("real", "numres", 65536), long_speed("real", "numres-reader", 65536)),
        "<=", 1.1)
    trees = larger(larger(long_speed("real", "jansson", "whole"), long_speed("real", "yyjson", "whole")),
        larger(long_speed("real", "json-c", "whole"), long_speed("real", "cjson", "whole")))
    target("real shape, collection", "fastest tree",
        of_speed(long_speed("real", "numres-collection", 65536), trees), ">=", 3)
    target("collection, bytes held", "bytes of the page",
        of_speed(heap["real", long_page, "numres-collection"], page_bytes["real", long_page]), "<=", 1.5)
}

function style_table(number, place, style, peer, line) {
    printf "| MB/s"
    for (number = 1; number <= style_count; number++) {
        printf " | %s", label[styles[number]]
    }
    printf " |\n|---"
    for (number = 1; number <= style_count; number++) {
        printf "|---:"
    }
    print "|"
    for (place = 1; place <= peer_count; place++) {
        peer = peers[place]
        if (!is_there(peer)) {
            continue
        }
        line = "| " label[peer]
        for (number = 1; number <= style_count; number++) {
            style = styles[number]
            line = line " | " speed_text(long_speed(style, peer, peer ~ /^numres/ ? 65536 : "whole"))
        }
        print line " |"
    }
}

function speed_text(value) {
    return value ? sprintf("%.0f", value) : "-"
}

function chunk_table(number, place, line) {
    printf "| MB/s"
    for (number = 1; number <= chunk_count; number++) {
        printf " | %s", label[chunks[number]]
    }
    printf " |\n|---"
    for (number = 1; number <= chunk_count; number++) {
        printf "|---:"
    }
    print "|"
    for (place = 1; place <= style_count; place++) {
        line = "| " label[styles[place]]
        for (number = 1; number <= chunk_count; number++) {
            line = line " | " speed_text(long_speed(styles[place], "numres", chunks[number]))
        }
        print line " |"
    }
}

function lane_table(number, place, line) {
    printf "| time against the general lane alone"
    for (number = 1; number <= chunk_count; number++) {
        printf chunks[number] == 16384 ? "" : " | " label[chunks[number]]
    }
    print " |\n|---|---:|---:|---:|---:|---:|"
    for (place = 1; place <= hostile_count; place++) {
        line = "| " label[hostile[place]]
        for (number = 1; number <= chunk_count; number++) {
            if (chunks[number] != 16384) {
                line = line sprintf(" | %.2f", time_ratio(hostile[place], chunks[number]))
            }
        }
        print line " |"
    }
}

function readme_row(style) {
    printf "| %s | %.0f | %.0f | %.0f | %.0f | %.0f |\n", label[style],
        long_speed(style, "numres", 65536), long_speed(style, "numres", 1448),
        simdjson(style, long_page, "kept"), long_speed(style, "rapidjson", "whole"), yajl(style)
}

function readme_table() {
    print "| page | numres, 64 KiB chunks | 1448 B chunks | simdjson On-Demand | RapidJSON SAX | yajl |"
    print "|---|---:|---:|---:|---:|---:|"
    readme_row("real")
    readme_row("compact")
    readme_row("pretty")
    readme_row("shuffled")
    readme_row("worst")
}

function page_table(place, peer) {
    print "| microseconds a page | 1 reservation | 25 | 25, parser made anew | 250 |"
    print "|---|---:|---:|---:|---:|"
    for (place = 1; place <= peer_count; place++) {
        peer = peers[place]
        if (!is_there(peer)) {
            continue
        }
        printf "| %s | %.2f | %.1f | %.1f | %.0f |\n", label[peer], page_time(1, "kept", peer),
            page_time(25, "kept", peer), page_time(25, "fresh", peer), page_time(250, "kept", peer)
    }
}

function cost_table(place, peer) {
    print "| | allocations, 25 reservations | heap, 25 reservations (KiB) |" \
        " allocations, " long_page " | heap, " long_page " (KiB) |"
    print "|---|---:|---:|---:|---:|"
    for (place = 1; place <= peer_count; place++) {
        peer = peers[place]
        if (!is_there(peer)) {
            continue
        }
        printf "| %s | %d | %.0f | %d | %.0f |\n", label[peer],
            allocations["real", 25, peer], heap["real", 25, peer] / 1024,
            allocations["real", long_page, peer], heap["real", long_page, peer] / 1024
    }
}

function library_versions() {
    print "numres " version["numres"]
    print "yajl " version["yajl"]
    print "simdjson " version["simdjson-fields"]
    print "RapidJSON " version["rapidjson"]
    print "jansson " version["jansson"]
    print "json-c " version["json-c"]
    print "cJSON " version["cjson"]
    if (is_there("yyjson")) {
        print "yyjson " version["yyjson"]
    }
}

function plot_styles(number, style) {
    print "style\tnumres, 64 KiB chunks\tsimdjson On-Demand\tRapidJSON SAX\tyajl" \
        "\tjson-c\tcJSON\tjansson"
    for (number = 1; number <= 7; number++) {
        style = styles[number]
        printf "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\n", style,
            long_speed(style, "numres", 65536) / 1000, simdjson(style, long_page, "kept") / 1000,
            long_speed(style, "rapidjson", "whole") / 1000, yajl(style) / 1000,
            long_speed(style, "json-c", "whole") / 1000, long_speed(style, "cjson", "whole") / 1000,
            long_speed(style, "jansson", "whole") / 1000
    }
}

function plot_chunks(number, chunk) {
    print "chunk\tnumres, real shape\tnumres, compact\tsimdjson, real, whole page" \
        "\tyajl, real, fastest chunk"
    for (number = 1; number <= chunk_count; number++) {
        chunk = chunks[number]
        printf "%s\t%.3f\t%.3f\t%.3f\t%.3f\n", label[chunk],
            long_speed("real", "numres", chunk) / 1000, long_speed("compact", "numres", chunk) / 1000,
            simdjson("real", long_page, "kept") / 1000, yajl("real") / 1000
    }
}

function speed_lines(number, fields) {
    for (number = 1; number <= benchmarks; number++) {
        split(names[number], fields, SUBSEP)
        printf "%-50s %7.0f MB/s %12.2f us\n", fields[1] "/" fields[2] "/" fields[3] "/" \
            fields[4] "/" fields[5], megabytes[0, names[number]],
            page_bytes[fields[1], fields[2]] / megabytes[0, names[number]]
    }
}

END {
    set_medians()
    if (part == "targets" || part == "score") {
        for (pass = 1; pass <= passes; pass++) {
            all_targets()
        }
        pass = 0
        row("case", "against", "ratio", "target", "")
        row("---", "---", "---:", "---:", "---")
        all_targets()
    }
    if (part == "score") {
        printf "%d of %d targets met\n", targets - missed, targets
    } else if (part == "speeds") {
        speed_lines()
    } else if (part == "styles") {
        style_table()
    } else if (part == "chunks") {
        chunk_table()
    } else if (part == "lanes") {
        lane_table()
    } else if (part == "readme") {
        readme_table()
    } else if (part == "pages") {
        page_table()
    } else if (part == "costs") {
        cost_table()
    } else if (part == "versions") {
        library_versions()
    } else if (part == "plot_styles") {
        plot_styles()
    } else if (part == "plot_chunks") {
        plot_chunks()
    }
}
