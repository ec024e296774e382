package main

import (
	"fmt"
	"unsafe"
)

type hmap struct { // the header, as the runtime declares it
	count               int
	flags, B            uint8
	noverflow           uint16
	hash0               uint32
	buckets, oldbuckets unsafe.Pointer
	nevacuate           uintptr
	extra               unsafe.Pointer
}

type bmap struct { // a bucket of map[uint8]uint8
	tophash, keys, elems [8]uint8
	overflow             *bmap
}

type maptype struct { // the beginning of it
	_      [9]uintptr
	hasher func(key unsafe.Pointer, seed uintptr) uintptr
}

func main() {
	m := make(map[uint8]uint8, 9)
	h := *(**hmap)(unsafe.Pointer(&m))
	fmt.Println("bytes:", unsafe.Sizeof(m), unsafe.Sizeof(*h), unsafe.Sizeof(bmap{}))

	for k := uint8(1); k <= 5; k++ {
		m[k] = 10 * k
	}
	fmt.Println("count:", h.count, "B:", h.B)

	var i any = m
	t := *(**maptype)(unsafe.Pointer(&i))
	found := 0
	for k := uint8(1); k <= 5; k++ {
		hash := t.hasher(unsafe.Pointer(&k), uintptr(h.hash0))
		b := (*[2]bmap)(h.buckets)[hash&1]
		top := uint8(hash >> 56)
		if top < 5 {
			top += 5
		}
		for c := range b.tophash {
			if b.tophash[c] == top && b.keys[c] == k {
				found++
			}
		}
	}
	fmt.Println("found by hand:", found)

	delete(m, 3)
	delete(m, 5)
	fmt.Println("after delete:", h.count, "B:", h.B)
}
