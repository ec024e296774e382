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
	for k := 0; k < 100000; k++ {
		m[k] = k
	}
	fmt.Println("full: len", len(m), "KiB of buckets", 1<<h.B*144/1024)
	for k := 0; k < 100000; k++ {
		delete(m, k)
	}
	fmt.Println("emptied: len", len(m), "KiB of buckets", 1<<h.B*144/1024)

	s := make(map[uint8]bool)
	h = *(**hmap)(unsafe.Pointer(&s))
	for k := uint8(0); k < 14; k++ {
		s[k] = true
	}
	hash0 := h.hash0
	for k := uint8(0); k < 14; k++ {
		if k != 5 {
			delete(s, k)
		}
	}
	fmt.Println("one left: len", len(s), "B", h.B, "same seed", h.hash0 == hash0)

	small := make(map[uint8]bool, len(s))
	for k, v := range s {
		small[k] = v
	}
	delete(s, 5)
	fmt.Println("none left: len", len(s), "B", h.B, "same seed", h.hash0 == hash0)
	h = *(**hmap)(unsafe.Pointer(&small))
	fmt.Println("copy: len", len(small), "B", h.B)
}
