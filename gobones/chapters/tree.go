package main

import (
	"fmt"
	"sort"
)

func main() {
	m := make(map[int]bool)
	var s []int
	moved := 0
	for _, k := range []int{50, 20, 80, 10, 30, 70, 90, 60} {
		m[k] = true
		i := sort.SearchInts(s, k)
		s = append(s, 0)
		moved += copy(s[i+1:], s[i:])
		s[i] = k
	}
	fmt.Println("sorted slice:", s, "elements moved", moved)

	var keys []int
	for k := range m {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	fmt.Println("map, sorted now:", keys)

	looked, next := 0, -1
	for k := range m {
		looked++
		if k >= 55 && (next < 0 || k < next) {
			next = k
		}
	}
	fmt.Println("map: first from 55 on", next, "keys looked at", looked)

	looked = 0
	i := sort.Search(len(s), func(i int) bool {
		looked++
		return s[i] >= 55
	})
	fmt.Println("slice: first from 55 on", s[i], "keys looked at", looked)
}
