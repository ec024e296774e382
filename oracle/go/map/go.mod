module gobones/oracle/map

go 1.19
