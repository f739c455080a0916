# Makes of the benchmarks' figures one part of the report, chosen by -v part=:
# targets, styles, chunks, pages, costs (tables in Markdown), score (how many
# targets were met), versions, plot_styles and plot_chunks (columns for gnuplot).
#
# Reads two kinds of lines, tabs between the fields:
#   speed  STYLE RESERVATIONS kept|fresh PEER CHUNK MB/S MICROSECONDS_A_PAGE
#   cost   STYLE RESERVATIONS PEER VERSION ALLOCATIONS BYTES

BEGIN {
    FS = "\t"
    style_count = split("compact pretty shuffled escaped non-ascii unknown worst worst-names",
        styles, " ")
    peer_count = split("numres numres-baseline numres-general simdjson-names simdjson-fields " \
        "rapidjson yajl jansson json-c cjson", peers, " ")
    chunk_count = split("64 1448 4096 16384 65536 whole", chunks, " ")
    label["compact"] = "compact"
    label["pretty"] = "pretty-printed"
    label["shuffled"] = "members shuffled"
    label["escaped"] = "10 % of strings escaped"
    label["non-ascii"] = "non-ASCII text"
    label["unknown"] = "unknown members"
    label["worst"] = "worst case: \\u in every value"
    label["worst-names"] = "worst case: \\u in every name too"
    label["numres"] = "numres"
    label["numres-baseline"] = "numres, baseline instructions"
    label["numres-general"] = "numres, general lane alone"
    label["simdjson-names"] = "simdjson On-Demand, by name"
    label["simdjson-fields"] = "simdjson On-Demand, over fields"
    label["rapidjson"] = "RapidJSON SAX, in place"
    label["yajl"] = "yajl, natural program"
    label["jansson"] = "jansson"
    label["json-c"] = "json-c"
    label["cjson"] = "cJSON"
    label[64] = "64 B"
    label[1448] = "1448 B"
    label[4096] = "4 KiB"
    label[16384] = "16 KiB"
    label[65536] = "64 KiB"
    label["whole"] = "whole page"
}

$1 == "speed" {
    megabytes[$2, $3, $4, $5, $6] = $7
    page_time[$3, $4, $5] = $8
    if ($3 > long_page) {
        long_page = $3
    }
}

$1 == "cost" {
    version[$4] = $5
    allocations[$2, $3, $4] = $6
    heap[$2, $3, $4] = $7
    if ($4 == "numres") {
        numres_costs++
        all_allocations += $6
    }
}

function long_speed(style, peer, chunk) {
    return megabytes[style, long_page, "kept", peer, chunk] + 0
}

function larger(one, other) {
    return one > other ? one : other
}

# The faster of its two ways.
function simdjson(style, reservations, life) {
    return larger(megabytes[style, reservations, life, "simdjson-names", "whole"],
        megabytes[style, reservations, life, "simdjson-fields", "whole"]) + 0
}

# The fastest of its chunks.
function yajl(style) {
    return larger(long_speed(style, "yajl", "whole"),
        larger(long_speed(style, "yajl", 65536), long_speed(style, "yajl", 4096)))
}

# The slowest of numres's chunks from 4 KiB.
function slowest(style, number, least) {
    least = long_speed(style, "numres", "whole")
    for (number = 3; number < chunk_count; number++) {
        if (long_speed(style, "numres", chunks[number]) < least) {
            least = long_speed(style, "numres", chunks[number])
        }
    }
    return least
}

# The slowest of numres's chunks against the general lane alone at the same;
# 0 without figures.
function against_general(style, number, ratio, least) {
    least = 1000
    for (number = 2; number <= chunk_count; number++) {
        if (long_speed(style, "numres-general", chunks[number])) {
            ratio = long_speed(style, "numres", chunks[number]) / \
                long_speed(style, "numres-general", chunks[number])
            least = ratio < least ? ratio : least
        }
    }
    return least < 1000 ? least : 0
}

function row(first, second, third, fourth, fifth) {
    if (part == "targets") {
        printf "| %-60s | %-26s | %6s | %7s | %-6s |\n", first, second, third, fourth, fifth
    }
}

function target(case_name, opponent, ratio, least, met) {
    met = ratio >= least
    targets++
    missed += !met
    row(case_name, opponent, sprintf("%.2f", ratio), ">= " least, met ? "met" : "missed")
}

function of_speed(mine, theirs) {
    return theirs ? mine / theirs : 0
}

function all_targets(number, style, none) {
    row("case", "against", "ratio", "target", "")
    row("---", "---", "---:", "---:", "---")
    target("compact, 64 KiB chunks", "simdjson, whole page",
        of_speed(long_speed("compact", "numres", 65536), simdjson("compact", long_page, "kept")), 3)
    target("compact, 1448 B chunks", "simdjson, whole page",
        of_speed(long_speed("compact", "numres", 1448), simdjson("compact", long_page, "kept")), 2.5)
    target("compact, 4 KiB chunks", "numres, whole page",
        of_speed(long_speed("compact", "numres", 4096), long_speed("compact", "numres", "whole")), 0.85)
    target("pretty-printed, 64 KiB chunks", "simdjson, whole page",
        of_speed(long_speed("pretty", "numres", 65536), simdjson("pretty", long_page, "kept")), 2.2)
    for (number = 3; number <= 6; number++) {
        style = styles[number]
        target(label[style] ", 64 KiB chunks", "simdjson, whole page",
            of_speed(long_speed(style, "numres", 65536), simdjson(style, long_page, "kept")), 1.5)
    }
    target("25 reservations, parser kept", "simdjson, parser kept",
        of_speed(megabytes["compact", 25, "kept", "numres", "whole"], simdjson("compact", 25, "kept")), 2.5)
    target("compact, the slowest chunk from 4 KiB", "yajl, its fastest chunk",
        of_speed(slowest("compact"), yajl("compact")), 6)
    for (number = 7; number <= 8; number++) {
        style = styles[number]
        target(label[style] ", slowest chunk from 4 KiB", "yajl, its fastest chunk",
            of_speed(slowest(style), yajl(style)), 0.6)
    }
    for (number = 7; number <= 8; number++) {
        style = styles[number]
        target(label[style] ", slowest from 1448 B", "numres, general lane alone", against_general(style),
            0.87)
    }
    none = numres_costs > 0 && all_allocations == 0
    targets++
    missed += !none
    row("allocations while parsing, all styles", "", all_allocations + 0, "0",
        none ? "met" : "missed")
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

function page_table(place, peer) {
    print "| microseconds a page | 1 reservation | 25 | 25, parser made anew | 250 |"
    print "|---|---:|---:|---:|---:|"
    for (place = 1; place <= peer_count; place++) {
        peer = peers[place]
        printf "| %s | %.2f | %.1f | %.1f | %.0f |\n", label[peer], page_time[1, "kept", peer],
            page_time[25, "kept", peer], page_time[25, "fresh", peer], page_time[250, "kept", peer]
    }
}

function cost_table(place, peer) {
    print "| | allocations, 25 reservations | heap, 25 reservations (KiB) |" \
        " allocations, " long_page " | heap, " long_page " (KiB) |"
    print "|---|---:|---:|---:|---:|"
    for (place = 1; place <= peer_count; place++) {
        peer = peers[place]
        printf "| %s | %d | %.0f | %d | %.0f |\n", label[peer],
            allocations["compact", 25, peer], heap["compact", 25, peer] / 1024,
            allocations["compact", long_page, peer], heap["compact", long_page, peer] / 1024
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
}

function plot_styles(number, style) {
    print "style\tnumres, 64 KiB chunks\tsimdjson On-Demand\tRapidJSON SAX\tyajl" \
        "\tjson-c\tcJSON\tjansson"
    for (number = 1; number <= 6; number++) {
        style = styles[number]
        printf "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\n", style,
            long_speed(style, "numres", 65536) / 1000, simdjson(style, long_page, "kept") / 1000,
            long_speed(style, "rapidjson", "whole") / 1000, yajl(style) / 1000,
            long_speed(style, "json-c", "whole") / 1000, long_speed(style, "cjson", "whole") / 1000,
            long_speed(style, "jansson", "whole") / 1000
    }
}

function plot_chunks(number, chunk) {
    print "chunk\tnumres, compact\tnumres, pretty-printed\tsimdjson, compact, whole page" \
        "\tyajl, compact, fastest chunk"
    for (number = 1; number <= chunk_count; number++) {
        chunk = chunks[number]
        printf "%s\t%.3f\t%.3f\t%.3f\t%.3f\n", label[chunk],
            long_speed("compact", "numres", chunk) / 1000, long_speed("pretty", "numres", chunk) / 1000,
            simdjson("compact", long_page, "kept") / 1000, yajl("compact") / 1000
    }
}

END {
    if (part == "targets" || part == "score") {
        all_targets()
    }
    if (part == "score") {
        printf "%d of %d targets met\n", targets - missed, targets
    } else if (part == "styles") {
        style_table()
    } else if (part == "chunks") {
        chunk_table()
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
