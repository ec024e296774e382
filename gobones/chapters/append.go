package main

import "fmt"

func main() {
	base := make([]int, 3, 4)
	x := append(base, 10)
	y := append(base, 20)
	fmt.Println("spare:", x[3], y[3], "len(base):", len(base))

	full := base[:3:3]
	p := append(full, 10)
	q := append(full, 20)
	fmt.Println("full:", p[3], q[3], "cap(p):", cap(p))
}
