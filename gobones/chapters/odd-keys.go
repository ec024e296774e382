package main

import (
	"fmt"
	"math"
)

func try(f func()) {
	defer func() {
		fmt.Println(recover())
	}()
	f()
}

func main() {
	nan := math.NaN()
	m := make(map[float64]int)
	m[nan] = 1
	m[nan] = 2
	m[nan] = 3
	_, ok := m[nan]
	delete(m, nan)
	fmt.Println("NaN: len", len(m), "found", ok)
	for k := range m {
		delete(m, k)
	}
	fmt.Println("after deleting every key: len", len(m))

	z := make(map[float64]string)
	z[0] = "plus"
	z[math.Copysign(0, -1)] = "minus"
	for k, v := range z {
		fmt.Println("zero: len", len(z), k, v)
	}

	var n map[string]int
	delete(n, "x")
	fmt.Println("nil: len", len(n), "n[x]", n["x"])
	try(func() { n["x"] = 1 })

	i := map[any]int{1: 1}
	try(func() { i[[]int{1}] = 2 })
	fmt.Println("any: len", len(i))
}
