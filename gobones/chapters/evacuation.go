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

type bmap struct { // a bucket of map[uint8]bool
	tophash, keys, elems [8]uint8
	overflow             *bmap
}

func moved(h *hmap) (n int) {
	for _, b := range (*[4]bmap)(h.oldbuckets) {
		if 2 <= b.tophash[0] && b.tophash[0] <= 4 {
			n++
		}
	}
	return
}

func main() {
	m := make(map[uint8]bool)
	h := *(**hmap)(unsafe.Pointer(&m))
	for k := uint8(0); k < 26; k++ {
		m[k] = true
	}
	fmt.Println("26 keys: B", h.B, "growing", h.oldbuckets != nil)

	m[26] = true
	fmt.Println("27 keys: B", h.B, "growing", h.oldbuckets != nil, "moved", moved(h), "of 4")

	found := 0
	for k := uint8(0); k < 27; k++ {
		if m[k] {
			found++
		}
	}
	for range m {
		found++
	}
	fmt.Println("54 reads: found", found, "moved", moved(h), "of 4")

	delete(m, 98)
	delete(m, 99)
	fmt.Println("two writes later: B", h.B, "growing", h.oldbuckets != nil)
}
