// The slice contests of benches/src/slice.rs, done by real Go.
//
//	slice.rs                       here
//	append_from_nothing, 7    ◀──▶ BenchmarkAppendFromNothing/7
//	append_into_room, 13000   ◀──▶ BenchmarkAppendIntoRoom/13000
//	many_small, 100000        ◀──▶ BenchmarkManySmall/100000
//	indexed_loop, 13000       ◀──▶ BenchmarkIndexedLoop/13000
//
// One iteration of a benchmark is one repetition of the contest: ns/op here is the time of all
// its operations together. Each benchmark lists its sizes in one []int{…}, where a test of
// benches/ reads them.
//
// In real use a slice outlives the function that grew it. A compiler that sees the whole life of
// a slice may keep it on the stack (Go 1.25 and later do, for the first elements), so each slice
// begins as a copy of a package variable, ends in another one, and is made in a function that is
// not inlined.
//
// A benchmark fails if what it made is wrong: lengths and contents in every version of Go,
// capacities in 1.19, since growth and size classes differ in others.
package benches

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// nothing is the nil slice that every slice begins as; nobody assigns to it.
var nothing []uint64

// What the benchmarks make ends here, and so lives on the heap.
var (
	sink      []uint64
	sinkSmall [][]uint64
)

// grownCaps has the capacity in Go 1.19 of a []uint64 grown one by one from nothing, by length.
var grownCaps = map[int]int{
	1: 1, 2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 8: 8, 9: 16, 10: 16, 11: 16, 12: 16, 13: 16, 14: 16,
	15: 16, 16: 16, 30: 32, 200: 256, 1000: 1280, 3300: 3408, 10000: 12288,
}

func BenchmarkAppendFromNothing(b *testing.B) {
	for _, n := range []int{1, 7, 30, 200, 1000, 3300, 10000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			caps := 0
			for i := 0; i < b.N; i++ {
				appendFromNothing(n)
				caps += cap(sink)
			}
			b.StopTimer()
			checkCounted(b, sink, n)
			checkGrown(b, sink)
			if caps != b.N*cap(sink) {
				b.Fatalf("the capacities of %d slices add up to %d", b.N, caps)
			}
		})
	}
}

//go:noinline
func appendFromNothing(n int) {
	s := nothing
	for i := 0; i < n; i++ {
		s = append(s, uint64(i))
	}
	sink = s
}

func BenchmarkAppendIntoRoom(b *testing.B) {
	for _, n := range []int{13000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			sink = make([]uint64, 0, n)
			room := &sink[:1][0]
			sum := 0
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				appendIntoRoom(n)
				sum += len(sink)
			}
			b.StopTimer()
			checkCounted(b, sink, n)
			if sum != b.N*n || cap(sink) != n || &sink[0] != room {
				b.Fatalf("there was room: lengths %d, capacity %d", sum, cap(sink))
			}
		})
	}
}

//go:noinline
func appendIntoRoom(n int) {
	s := sink[:0]
	for i := 0; i < n; i++ {
		s = append(s, uint64(i))
	}
	sink = s
}

func BenchmarkManySmall(b *testing.B) {
	for _, n := range []int{100000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			sum := 0
			for i := 0; i < b.N; i++ {
				sum += manySmall(n)
			}
			b.StopTimer()
			caps := 0
			for k, s := range sinkSmall {
				checkCounted(b, s, k%16+1)
				checkGrown(b, s)
				caps += cap(s)
			}
			if len(sinkSmall) != n || sum != b.N*caps {
				b.Fatalf("%d slices, whose capacities add up to %d", len(sinkSmall), sum)
			}
			sinkSmall = nil
		})
	}
}

//go:noinline
func manySmall(n int) int {
	all := make([][]uint64, 0, n)
	for k := 0; k < n; k++ {
		s := nothing
		for i := 0; i <= k%16; i++ {
			s = append(s, uint64(i))
		}
		all = append(all, s)
	}
	sinkSmall = all
	caps := 0
	for _, s := range all {
		caps += cap(s)
	}
	return caps
}

func BenchmarkIndexedLoop(b *testing.B) {
	for _, n := range []int{13000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			sink = make([]uint64, n)
			sum := uint64(0)
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				sum += indexedLoop(sink)
			}
			b.StopTimer()
			// All elements are alike, so one of them, followed by itself, tells the sum.
			elem, expected := uint64(0), uint64(0)
			for i := 0; i < b.N; i++ {
				elem = elem*3 + 1
				expected += elem * uint64(n)
			}
			if sum != expected || sink[0] != elem || sink[n-1] != elem {
				b.Fatalf("sum %d, expected %d", sum, expected)
			}
		})
	}
}

//go:noinline
func indexedLoop(s []uint64) uint64 {
	sum := uint64(0)
	for i := 0; i < len(s); i++ {
		s[i] = s[i]*3 + 1
		sum += s[i]
	}
	return sum
}

// checkCounted fails b unless s is 0, 1, … n-1.
func checkCounted(b *testing.B, s []uint64, n int) {
	if len(s) != n {
		b.Fatalf("length %d, expected %d", len(s), n)
	}
	sum := uint64(0)
	for _, elem := range s {
		sum += elem
	}
	if sum != uint64(n)*uint64(n-1)/2 || s[n-1] != uint64(n-1) {
		b.Fatalf("length %d: sum %d, last %d", n, sum, s[n-1])
	}
}

// checkGrown fails b if this is Go 1.19 and the capacity of s is not the one it grows to there.
func checkGrown(b *testing.B, s []uint64) {
	version := runtime.Version()
	if version != "go1.19" && !strings.HasPrefix(version, "go1.19.") {
		return
	}
	if expected := grownCaps[len(s)]; cap(s) != expected {
		b.Fatalf("length %d: capacity %d, expected %d", len(s), cap(s), expected)
	}
}
