package main

import (
	"fmt"
	"unsafe"
)

type hmap struct {
	count               int
	flags, B            uint8
	noverflow           uint16
	hash0               uint32
	buckets, oldbuckets unsafe.Pointer
	nevacuate           uintptr
	extra               unsafe.Pointer
}

func main() {
	m := make(map[int]int)
	h := *(**hmap)(unsafe.Pointer(&m))
	B := h.B
	for k := 1; k <= 1000; k++ {
		m[k] = k
		if h.B != B {
			B = h.B
			fmt.Print(k, ":", B, " ")
		}
	}
	fmt.Println()

	w := make(map[int]bool, 12)
	h = *(**hmap)(unsafe.Pointer(&w))
	for k := 0; k < 12; k++ {
		w[k] = true
	}
	buckets, noverflow := h.buckets, h.noverflow
	for k := 12; h.buckets == buckets; k++ {
		noverflow = h.noverflow
		delete(w, k-12)
		w[k] = true
	}
	fmt.Println("repacked: len", len(w), "B", h.B, "overflow buckets before", noverflow)
}
