package main

import (
	"math/bits"
	"unsafe"
)

// checkAssumptions proves on known maps what runtime.go assumes, or ends the program.
func checkAssumptions() {
	findRandom()
	checkKnownMap()
}

// findRandom finds the one word of this thread's m that a draw moves by the generator's constant.
func findRandom() {
	m := *(*unsafe.Pointer)(unsafe.Add(getg(), mOffset))
	words := (*[mWords]uint64)(m)
	before := *words
	fastrand()
	after := *words
	for i := range after {
		if after[i]-before[i] != drawAdds {
			continue
		}
		if random != nil {
			fail("two words of the m look like its random generator")
		}
		random = &words[i]
	}
	if random == nil {
		fail("no word of the m looks like its random generator")
	}
	// Set, it has to draw what wyrand draws from there.
	state := uint64(7)
	high, low := bits.Mul64(state+drawAdds, (state+drawAdds)^drawMixes)
	var drawn uint32
	drawing(&state, func() { drawn = fastrand() })
	if drawn != uint32(high^low) || state != 7+drawAdds {
		fail("the random generator of the m is not wyrand")
	}
}

// checkKnownMap looks at a map of 100 entries, made by ordinary code, through the mirrors.
func checkKnownMap() {
	const n = 100
	m := map[uint64]uint64{}
	for i := uint64(0); i < n; i++ {
		m[i] = i + 1000
	}
	t := maptypeOf(m)
	h := *(**hmap)(unsafe.Pointer(&m))
	// 100 entries need 16 buckets: 8 hold at most 52. The growth to 16 is over long before.
	if h.count != n || h.B != 4 || h.growing() || h.buckets == nil || h.flags != 0 {
		fail("the header of a known map reads %+v", *h)
	}
	if t.keysize != 8 || t.elemsize != 8 || t.bucketsize != 144 || t.flags != reflexiveKey {
		fail("the type of a known map reads %+v", *t)
	}
	found := 0
	for i := uintptr(0); i < h.nbuckets(); i++ {
		for b := t.bucketAt(h.buckets, i); b != nil; b = t.overflow(b) {
			for cell, top := range b.tophash {
				if top < minTopHash {
					continue
				}
				key := t.keyAt(b, cell)
				hash := t.hasher(key, uintptr(h.hash0))
				if _, ok := m[*(*uint64)(key)]; !ok || hash&(h.nbuckets()-1) != i {
					fail("a bucket of a known map holds key %d with hash %x", *(*uint64)(key), hash)
				}
				found++
			}
		}
	}
	if found != n {
		fail("%d of %d keys of a known map are found in its buckets", found, n)
	}
	checkKnownIteration(t, h, n)
}

func checkKnownIteration(t *maptype, h *hmap, n int) {
	it := new(hiter)
	mapiterinit(t, h, it)
	if it.h != h || it.t != t || it.B != h.B || it.buckets != h.buckets {
		fail("the iterator of a known map reads %+v", *it)
	}
	steps := 0
	for ; it.key != nil; mapiternext(it) {
		if *(*uint64)(it.elem) != *(*uint64)(it.key)+1000 {
			fail("an iterator gives %d for key %d", *(*uint64)(it.elem), *(*uint64)(it.key))
		}
		steps++
	}
	if steps != n {
		fail("the iterator of a known map gives %d of %d entries", steps, n)
	}
}
