package main

import (
	"fmt"
	"sort"
)

func walk(m map[uint8]bool) string {
	order := ""
	for k := range m {
		order += fmt.Sprint(k)
	}
	return order
}

func main() {
	m := make(map[uint8]bool)
	for k := uint8(1); k <= 8; k++ {
		m[k] = true
	}
	seen := make(map[string]int)
	for i := 0; i < 10000; i++ {
		seen[walk(m)]++
	}
	var orders []string
	for order := range seen {
		orders = append(orders, order)
	}
	sort.Strings(orders)
	fmt.Println(len(orders), "orders of 40320:", orders)

	for k := uint8(4); k <= 8; k++ {
		delete(m, k)
	}
	seen = make(map[string]int)
	for i := 0; i < 10000; i++ {
		seen[walk(m)]++
	}
	for _, order := range []string{"123", "231", "312"} {
		fmt.Println(order, "in", (seen[order]*8+5000)/10000, "of 8 walks")
	}

	for k := uint8(4); k <= 27; k++ {
		m[k] = true
	}
	steps, met := 0, make(map[uint8]bool)
	for k := range m {
		steps++
		met[k] = true
		m[k] = false
	}
	fmt.Println(len(m), "keys,", steps, "steps,", len(met), "met")

	steps = 0
	for k := range m {
		steps++
		for other := uint8(1); other <= 27; other++ {
			if other != k {
				delete(m, other)
			}
		}
	}
	fmt.Println("others deleted at the first step:", steps, "step")
}
