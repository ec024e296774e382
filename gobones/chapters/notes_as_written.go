package main

import "fmt"

func main() {
	s := make([]int, 0, 10)
	s = append(s, 12)

	ChangeSliceValue(s)

	fmt.Println(s)
	fmt.Printf("outer s: %p\n", s)
}

func ChangeSliceValue(ss []int) {
	for i := 1; i < 5; i++ {
		ss = append(ss, i)
	}

	fmt.Println(ss)
	fmt.Printf("inner s: %p\n", s)
}
