module gobones/benches

go 1.19
