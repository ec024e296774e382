// Feeds the lines of standard input to a real map of Go 1.19.8 and prints what lies in its cells.
//
// It was run as
//
//	GODEBUG=cpu.aes=off feed 11908 < ../golden/map.in/words.txt > words.out
//	GODEBUG=cpu.aes=off feed 7 < ../golden/map.in/numbers.txt | grep -v '^buckets' > numbers.out
//
// built in a folder with an empty .s file beside it, which lets a Go file name functions of the
// runtime. Without AES the runtime hashes as `gobones map` does. The two numbers that hashes depend
// on, which Go draws from the system, are set to those that follow from the seed: the first two
// numbers of the runtime's own generator.
package main

import (
	"bufio"
	"fmt"
	"math/bits"
	"os"
	"strconv"
	"unsafe"
)

//go:linkname hashkey runtime.hashkey
var hashkey [4]uintptr

//go:linkname useAeshash runtime.useAeshash
var useAeshash bool

type hmap struct {
	count      int
	flags      uint8
	B          uint8
	noverflow  uint16
	hash0      uint32
	buckets    unsafe.Pointer
	oldbuckets unsafe.Pointer
	nevacuate  uintptr
	extra      unsafe.Pointer
}

type bmap struct {
	tophash  [8]uint8
	keys     [8]string
	elems    [8]int
	overflow *bmap
}

var state uint64

// As fastrand64 of runtime/stubs.go.
func draw() uint64 {
	state += 0xa0761d6478bd642f
	hi, lo := bits.Mul64(state, state^0xe7037ed1a0b428db)
	return hi ^ lo
}

func main() {
	if useAeshash {
		panic("run with GODEBUG=cpu.aes=off")
	}
	state, _ = strconv.ParseUint(os.Args[1], 10, 64)
	hashkey[0] = uintptr(draw() | 1)
	m := make(map[string]int)
	h := *(**hmap)(unsafe.Pointer(&m))
	h.hash0 = uint32(draw())
	lines := bufio.NewScanner(os.Stdin)
	for line := 1; lines.Scan(); line++ {
		before, wasGrowing := h.B, h.oldbuckets != nil
		m[lines.Text()] = line
		if h.B != before {
			fmt.Printf("line %d: B %d to %d\n", line, before, h.B)
		}
		if h.oldbuckets == nil && (wasGrowing || h.B != before) {
			fmt.Printf("line %d: evacuated\n", line)
		}
	}
	fmt.Printf("count %d, B %d, noverflow %d, hash0 %d\n", h.count, h.B, h.noverflow, h.hash0)
	show("buckets", h.buckets, 1<<h.B)
	if h.oldbuckets != nil {
		show("oldbuckets", h.oldbuckets, 1<<(h.B-1))
	}
}

func show(name string, array unsafe.Pointer, n uintptr) {
	for i := uintptr(0); i < n; i++ {
		b := (*bmap)(unsafe.Pointer(uintptr(array) + i*unsafe.Sizeof(bmap{})))
		if b.tophash[0] > 1 && b.tophash[0] < 5 {
			continue // evacuated
		}
		for depth := 0; b != nil; depth, b = depth+1, b.overflow {
			fmt.Printf("%s %d+%d:", name, i, depth)
			for cell, top := range b.tophash {
				if top >= 5 {
					fmt.Printf(" %d=%q=%d", top, b.keys[cell], b.elems[cell])
				}
			}
			fmt.Println()
		}
	}
}
