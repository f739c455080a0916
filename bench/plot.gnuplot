# gnuplot -e "styles='FILE'; chunks='FILE'; picture='FILE'; reservations=N" bench/plot.gnuplot
#
# Two charts, one above the other: speed by page style, speed by chunk size.
# The columns come from report.awk.
set terminal svg size 1000,620 dynamic background "#ffffff" font "sans-serif,13"
set output picture
set datafile separator "\t"
set datafile columnheaders
set border 1 linecolor rgb "#555555"
set tics nomirror textcolor rgb "#222222"
set grid ytics linetype 1 linewidth 1 linecolor rgb "#e2e2e2"
set style fill solid noborder
set key outside right top Left reverse samplen 1.2 spacing 1.2
set lmargin 8
set rmargin 31
set tmargin 3.5
set bmargin 2.5
set yrange [0:*]
set ytics scale 0
set ylabel "GB/s"
set multiplot layout 2,1

array colours[7] = ["#0b6e4f", "#d1495b", "#edae49", "#30638e", "#8d96a3", "#b5bcc7", "#d5dae1"]

set label 1 sprintf("A page of %d reservations, the same typed job for all", reservations) \
    at graph 0, graph 1.1 font ",15"
set style data histogram
set style histogram clustered gap 1
set boxwidth 0.9
set xtics scale 0 font ",12"
plot for [column = 2:8] styles using column:xtic(1) linecolor rgb colours[column - 1] \
    title columnheader(column)

set label 1 "The same page in chunks"
set xtics scale 0.5
set xrange [-0.3:5.3]
plot chunks using 0:2:xtic(1) with linespoints linewidth 2 pointtype 7 linecolor rgb colours[1] \
         title columnheader(2), \
     "" using 0:3 with linespoints linewidth 2 pointtype 6 linecolor rgb colours[1] \
         title columnheader(3), \
     "" using 0:4 with lines linewidth 2 dashtype 2 linecolor rgb colours[2] \
         title columnheader(4), \
     "" using 0:5 with lines linewidth 2 dashtype 2 linecolor rgb colours[4] \
         title columnheader(5)

unset multiplot
