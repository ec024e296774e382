package main

import "fmt"

func main() {
	var s []int
	s = append(s, 7)
	s = append(s, 8)
	s = append(s, 9)

	last := 0
	for i := 0; i < 3000; i++ {
		if cap(s) != last {
			last = cap(s)
			fmt.Print(last, " ")
		}
		s = append(s, i)
	}
	fmt.Println()

	b := append([]byte(nil), "hello"...)
	n := append([]int(nil), 1, 2, 3, 4, 5)
	fmt.Println("5 bytes:", cap(b), "5 ints:", cap(n))
}
