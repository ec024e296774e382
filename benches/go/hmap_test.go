// The map contests of benches/src/hmap, done by real Go.
//
//	hmap                                here
//	hit_u64, 1000 … 4000000        ◀──▶ BenchmarkHitU64/1000 …       hit_str, miss_u64, miss_str
//	insert_u64, 1000 … 4000000     ◀──▶ BenchmarkInsertU64/1000 …    insert_str
//	iterate, 1000 … 4000000        ◀──▶ BenchmarkIterate/1000 …
//	iterate_sparse, 12500          ◀──▶ BenchmarkIterateSparse/12500
//	entry_add, 10000               ◀──▶ BenchmarkEntryAdd/10000
//	churn, 100000                  ◀──▶ BenchmarkChurn/100000
//	insert_each_timed, 4000000     ◀──▶ BenchmarkInsertEachTimed/4000000
//	churn_each_timed, 300000       ◀──▶ BenchmarkChurnEachTimed/300000
//	bytes held                     ◀──▶ BenchmarkBytesHeld/1000000
//
// Keys and their order are those of keys.rs: the numbers of splitmix64, as they are or as 16
// hexadecimal digits, a chunk of 100,000 in a repetition. What a benchmark needs is made once, in
// the first iteration of the process, and kept: Go calls a benchmark again with more iterations.
//
// A benchmark fails if what it found is wrong, and reports a sum of the last repetition, which a
// test of benches/ compares with that of the Rust sides.
package benches

import (
	"math"
	"runtime"
	"sort"
	"strconv"
	"testing"
	"time"
)

const (
	chunk   = 100000 // lookups in a repetition
	keySeed = 5      // where the keys come from
	ordSeed = 7      // where the order comes from in which they are asked for
	step    = 0x9e3779b97f4a7c15
	live    = 100000 // entries of a map that is written all its life
)

// dice is splitmix64.
type dice uint64

func (d *dice) draw() uint64 {
	*d += step
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *dice) below(n int) int { return int(d.draw() % uint64(n)) }

// numberKey is key number i.
func numberKey(i int) uint64 {
	d := dice(keySeed + uint64(i)*step)
	return d.draw()
}

// numberKeys returns the keys of these numbers.
func numberKeys(numbers []int) []uint64 {
	keys := make([]uint64, len(numbers))
	for at, i := range numbers {
		keys[at] = numberKey(i)
	}
	return keys
}

// stringKeys returns the same keys as strings, which share one text.
func stringKeys(numbers []int) []string {
	text := make([]byte, 0, 16*len(numbers))
	for _, i := range numbers {
		key := numberKey(i)
		for place := 15; place >= 0; place-- {
			text = append(text, "0123456789abcdef"[key>>(4*place)&15])
		}
	}
	all := string(text)
	keys := make([]string, len(numbers))
	for at := range keys {
		keys[at] = all[16*at : 16*(at+1)]
	}
	return keys
}

// upTo returns 0, 1, … n-1.
func upTo(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

// askedNumbers returns the numbers that a map of n is asked for, and adds first to each.
func askedNumbers(n, first int) []int {
	d := dice(ordSeed)
	var numbers []int
	if n < chunk {
		numbers = make([]int, chunk)
		for i := range numbers {
			numbers[i] = d.below(n)
		}
	} else {
		numbers = upTo(n)
		for i := n - 1; i > 0; i-- {
			j := d.below(i + 1)
			numbers[i], numbers[j] = numbers[j], numbers[i]
		}
	}
	for i := range numbers {
		numbers[i] += first
	}
	return numbers
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

// reportSum tells what a repetition added up to: its low 32 bits, which a float64 holds exactly.
func reportSum(b *testing.B, sum uint64) {
	b.ReportMetric(float64(uint32(sum)), "sum")
}

// What is made once in a process, which runs one benchmark of one size.
var (
	numberMap   map[uint64]uint64
	stringMap   map[string]uint64
	numberAsked []uint64
	stringAsked []string
	at          int // where asking goes on
)

// fillNumbers makes numberMap of n entries; with room for them, since growing to the same buckets
// takes several times as long and is not what is measured.
func fillNumbers(n int) {
	numberMap = make(map[uint64]uint64, n)
	for i := 0; i < n; i++ {
		numberMap[numberKey(i)] = uint64(i)
	}
}

func BenchmarkHitU64(b *testing.B) {
	for _, n := range []int{1000, 100000, 1000000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) { lookupNumbers(b, n, 0) })
	}
}

func BenchmarkMissU64(b *testing.B) {
	for _, n := range []int{1000, 100000, 1000000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) { lookupNumbers(b, n, n) })
	}
}

func lookupNumbers(b *testing.B, n, first int) {
	if numberMap == nil {
		fillNumbers(n)
		numberAsked = numberKeys(askedNumbers(n, first))
		runtime.GC()
	}
	b.ResetTimer()
	sum := uint64(0)
	for i := 0; i < b.N; i++ {
		sum = askNumbers(numberAsked[at : at+chunk])
		at = (at + chunk) % len(numberAsked)
	}
	b.StopTimer()
	checkAsked(b, sum, n, first)
}

//go:noinline
func askNumbers(keys []uint64) uint64 {
	sum := uint64(0)
	for _, key := range keys {
		value, ok := numberMap[key]
		if !ok {
			value = 1
		}
		sum += value
	}
	return sum
}

func BenchmarkHitStr(b *testing.B) {
	for _, n := range []int{1000, 100000, 1000000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) { lookupStrings(b, n, 0) })
	}
}

func BenchmarkMissStr(b *testing.B) {
	for _, n := range []int{1000, 100000, 1000000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) { lookupStrings(b, n, n) })
	}
}

func lookupStrings(b *testing.B, n, first int) {
	if stringMap == nil {
		stringMap = make(map[string]uint64, n)
		for i, key := range stringKeys(upTo(n)) {
			stringMap[key] = uint64(i)
		}
		stringAsked = stringKeys(askedNumbers(n, first))
		runtime.GC()
	}
	b.ResetTimer()
	sum := uint64(0)
	for i := 0; i < b.N; i++ {
		sum = askStrings(stringAsked[at : at+chunk])
		at = (at + chunk) % len(stringAsked)
	}
	b.StopTimer()
	checkAsked(b, sum, n, first)
}

//go:noinline
func askStrings(keys []string) uint64 {
	sum := uint64(0)
	for _, key := range keys {
		value, ok := stringMap[key]
		if !ok {
			value = 1
		}
		sum += value
	}
	return sum
}

// checkAsked fails b unless absent keys counted one each, or present ones of a map that is one
// chunk gave each number once.
func checkAsked(b *testing.B, sum uint64, n, first int) {
	if first > 0 && sum != chunk {
		b.Fatalf("%d of %d keys were not there", sum, chunk)
	}
	if first == 0 && n == chunk && sum != chunk*(chunk-1)/2 {
		b.Fatalf("the values add up to %d", sum)
	}
	reportSum(b, sum)
}

func BenchmarkInsertU64(b *testing.B) {
	for _, n := range []int{1000, 100000, 1000000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			if numberAsked == nil {
				numberAsked = numberKeys(upTo(max(n, chunk)))
				runtime.GC()
			}
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				insertNumbers(numberAsked[at : at+n])
				at = (at + n) % len(numberAsked)
			}
			b.StopTimer()
			if len(numberMap) != n {
				b.Fatalf("%d entries, expected %d", len(numberMap), n)
			}
			reportSum(b, uint64(len(numberMap)))
		})
	}
}

//go:noinline
func insertNumbers(keys []uint64) {
	m := map[uint64]uint64{}
	for i, key := range keys {
		m[key] = uint64(i)
	}
	numberMap = m
}

func BenchmarkInsertStr(b *testing.B) {
	for _, n := range []int{1000, 100000, 1000000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			if stringAsked == nil {
				stringAsked = stringKeys(upTo(max(n, chunk)))
				runtime.GC()
			}
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				insertStrings(stringAsked[at : at+n])
				at = (at + n) % len(stringAsked)
			}
			b.StopTimer()
			if len(stringMap) != n {
				b.Fatalf("%d entries, expected %d", len(stringMap), n)
			}
			reportSum(b, uint64(len(stringMap)))
		})
	}
}

//go:noinline
func insertStrings(keys []string) {
	m := map[string]uint64{}
	for i, key := range keys {
		m[key] = uint64(i)
	}
	stringMap = m
}

func BenchmarkIterate(b *testing.B) {
	for _, n := range []int{1000, 100000, 1000000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			if numberMap == nil {
				fillNumbers(n)
				runtime.GC()
			}
			iterate(b, n)
		})
	}
}

func BenchmarkIterateSparse(b *testing.B) {
	for _, n := range []int{12500} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			if numberMap == nil {
				fillNumbers(8 * n)
				for i := 0; i < 8*n; i++ {
					if i%8 != 0 {
						delete(numberMap, numberKey(i))
					}
				}
				runtime.GC()
			}
			iterate(b, n)
		})
	}
}

func iterate(b *testing.B, n int) {
	if len(numberMap) != n {
		b.Fatalf("%d entries, expected %d", len(numberMap), n)
	}
	b.ResetTimer()
	sum := uint64(0)
	for i := 0; i < b.N; i++ {
		sum = sumNumbers()
	}
	b.StopTimer()
	reportSum(b, sum)
}

//go:noinline
func sumNumbers() uint64 {
	sum := uint64(0)
	for key, value := range numberMap {
		sum += key + value
	}
	return sum
}

func BenchmarkEntryAdd(b *testing.B) {
	for _, n := range []int{10000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			if numberMap == nil {
				numberMap = map[uint64]uint64{}
				numberAsked = numberKeys(askedNumbers(n, 0))
			}
			b.ResetTimer()
			sum := uint64(0)
			for i := 0; i < b.N; i++ {
				sum = addNumbers(numberAsked)
			}
			b.StopTimer()
			total := uint64(0)
			for _, value := range numberMap {
				total += value
			}
			if total%chunk != 0 {
				b.Fatalf("%d were counted", total)
			}
			reportSum(b, sum)
		})
	}
}

//go:noinline
func addNumbers(keys []uint64) uint64 {
	sum := uint64(0)
	for _, key := range keys {
		value := numberMap[key] + 1
		numberMap[key] = value
		sum += value
	}
	return sum
}

func BenchmarkChurn(b *testing.B) {
	for _, n := range []int{100000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			if numberMap == nil {
				beginChurn()
			}
			b.ResetTimer()
			sum := uint64(0)
			for i := 0; i < b.N; i++ {
				sum = 0
				for op := 0; op < chunk; op++ {
					sum += churnOnce()
				}
			}
			b.StopTimer()
			if len(numberMap) != n {
				b.Fatalf("%d entries, expected %d", len(numberMap), n)
			}
			reportSum(b, sum)
		})
	}
}

// beginChurn makes a ring of keys, the first third of which is in numberMap.
func beginChurn() {
	numberAsked = numberKeys(upTo(3 * live))
	numberMap = map[uint64]uint64{}
	for i, key := range numberAsked[:live] {
		numberMap[key] = uint64(i)
	}
	at = 0
}

// churnOnce deletes the oldest entry, puts the next one, and returns what was deleted.
//
//go:noinline
func churnOnce() uint64 {
	newest := (at + live) % len(numberAsked)
	oldest := numberAsked[at]
	taken := numberMap[oldest]
	delete(numberMap, oldest)
	numberMap[numberAsked[newest]] = uint64(newest)
	at = (at + 1) % len(numberAsked)
	return taken
}

func BenchmarkInsertEachTimed(b *testing.B) {
	for _, n := range []int{200000, 4000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			keys := numberKeys(upTo(n))
			w := newStopwatch()
			runtime.GC()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				m := map[uint64]uint64{}
				for i, key := range keys {
					begin := w.now()
					m[key] = uint64(i)
					w.note(w.now() - begin)
				}
				numberMap = m
			}
			b.StopTimer()
			if len(numberMap) != n {
				b.Fatalf("%d entries, expected %d", len(numberMap), n)
			}
			w.report(b)
		})
	}
}

func BenchmarkChurnEachTimed(b *testing.B) {
	for _, n := range []int{300000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			beginChurn()
			w := newStopwatch()
			runtime.GC()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				for op := 0; op < n; op++ {
					begin := w.now()
					churnOnce()
					w.note(w.now() - begin)
				}
			}
			b.StopTimer()
			w.report(b)
		})
	}
}

// stopwatch notes times of single operations as that of benches/src/latency.rs does: in buckets a
// quarter of a doubling wide, less what two readings of the clock cost.
type stopwatch struct {
	base    time.Time
	clockNs int64
	counts  [4 * 42]uint64
	worstNs int64
}

func newStopwatch() *stopwatch {
	w := &stopwatch{base: time.Now()}
	readings := make([]int, 10001)
	for i := range readings {
		begin := w.now()
		readings[i] = int(w.now() - begin)
	}
	sort.Ints(readings)
	w.clockNs = int64(readings[len(readings)/2])
	return w
}

// now is the time since the stopwatch was made; time.Since reads one clock, time.Now two.
func (w *stopwatch) now() int64 { return int64(time.Since(w.base)) }

func (w *stopwatch) note(ns int64) {
	ns -= w.clockNs
	if ns < 0 {
		ns = 0
	}
	bucket := 0
	if ns > 1 {
		bucket = int(4 * math.Log2(float64(ns)))
	}
	if bucket >= len(w.counts) {
		bucket = len(w.counts) - 1
	}
	w.counts[bucket]++
	if ns > w.worstNs {
		w.worstNs = ns
	}
}

// report tells all that was noted: worst-ns, clock-ns, and the operations of bucket 17 as in-17.
func (w *stopwatch) report(b *testing.B) {
	b.ReportMetric(float64(w.worstNs), "worst-ns")
	b.ReportMetric(float64(w.clockNs), "clock-ns")
	for bucket, count := range w.counts {
		if count > 0 {
			b.ReportMetric(float64(count), "in-"+strconv.Itoa(bucket))
		}
	}
}

// BenchmarkBytesHeld reports how much a map that was grown to its size makes the heap larger.
func BenchmarkBytesHeld(b *testing.B) {
	for _, n := range []int{851968, 851969, 917504, 917505, 1000000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			keys := numberKeys(upTo(n))
			numberMap = nil
			before := heapAlloc()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				insertNumbers(keys)
			}
			b.StopTimer()
			held := heapAlloc() - before
			if len(numberMap) != n {
				b.Fatalf("%d entries, expected %d", len(numberMap), n)
			}
			runtime.KeepAlive(keys)
			b.ReportMetric(float64(held), "bytes")
		})
	}
}

// heapAlloc is what is reachable.
func heapAlloc() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
