package main

import "fmt"

func double(v []int) {
	for i := range v {
		v[i] *= 2
	}
}

func grow(v []int) {
	v = append(v, 99)
}

func main() {
	week := []int{1, 2, 3, 4, 5, 6, 7}
	mid := week[2:4]
	double(mid)
	grow(mid)
	fmt.Println(week, mid, len(mid), cap(mid))

	own := append([]int(nil), mid...)
	own[0] = 0
	fmt.Println(week, own, len(own), cap(own))
}
