module gobones/oracle/slice

go 1.19
