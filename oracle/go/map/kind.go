package main

import (
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"unsafe"
)

// keyKind says how keys of type K are made from a script's integer and shown again, and which of
// the runtime's functions the compiler calls for them.
//
// For k of an integer type the key is k cut to its width; what other types make of k is said below.
type keyKind[K comparable] struct {
	of   func(k int64) K
	show func(out []byte, key K) []byte
	// fast is what the compiler calls where elems are small; else it calls slow.
	fast access[K]
	slow access[K]
	// The ks from 0 to this make distinct keys.
	distinct int64
}

// access is lookup, assignment and deletion for keys of type K.
type access[K comparable] struct {
	lookup func(t *maptype, h *hmap, key K) (unsafe.Pointer, bool)
	assign func(t *maptype, h *hmap, key K) unsafe.Pointer
	remove func(t *maptype, h *hmap, key K)
}

func anyKey[K comparable]() access[K] {
	return access[K]{
		lookup: func(t *maptype, h *hmap, key K) (unsafe.Pointer, bool) {
			return mapaccess2(t, h, unsafe.Pointer(&key))
		},
		assign: func(t *maptype, h *hmap, key K) unsafe.Pointer {
			return mapassign(t, h, unsafe.Pointer(&key))
		},
		remove: func(t *maptype, h *hmap, key K) { mapdelete(t, h, unsafe.Pointer(&key)) },
	}
}

// wide is the key that is stored by pointer: above 128 bytes.
type wide struct{ words [17]uint64 }

func newMachine(kind string) machine {
	key, elem, _ := strings.Cut(kind, "/")
	switch key {
	case "u64":
		fast := access[uint64]{mapaccess2_fast64, mapassign_fast64, mapdelete_fast64}
		return withElem(unsignedKey(fast), elem)
	case "u32":
		fast := access[uint32]{mapaccess2_fast32, mapassign_fast32, mapdelete_fast32}
		return withElem(unsignedKey(fast), elem)
	case "u8":
		return withElem(unsignedKey(anyKey[uint8]()), elem)
	case "string":
		return withElem(textKey(), elem)
	case "s136":
		return withElem(wideKey(), elem)
	case "f64":
		return withElem(floatKey(), elem)
	}
	fail("unknown key type %q", key)
	return nil
}

func withElem[K comparable](key keyKind[K], elem string) machine {
	switch elem {
	case "v0":
		return newMaps(key, elemKind[struct{}]{
			of:   func(int64) struct{} { return struct{}{} },
			show: func(out []byte, _ *struct{}) []byte { return append(out, '0') },
		})
	case "v8":
		return newMaps(key, words[uint64]())
	case "v24":
		return newMaps(key, words[[3]uint64]())
	case "v200":
		return newMaps(key, words[[25]uint64]())
	}
	fail("unknown elem type %q", elem)
	return nil
}

type word interface{ uint8 | uint32 | uint64 }

func unsignedKey[K word](fast access[K]) keyKind[K] {
	return keyKind[K]{
		of:       func(k int64) K { return K(k) },
		show:     func(out []byte, key K) []byte { return strconv.AppendInt(out, int64(key), 10) },
		fast:     fast,
		slow:     anyKey[K](),
		distinct: int64(min(uint64(^K(0)), math.MaxInt64)),
	}
}

func min(a, b uint64) uint64 {
	if a < b {
		return a
	}
	return b
}

// textKey: the decimal text of k, and "" for 0. Any other text shows as `?` and hex.
func textKey() keyKind[string] {
	of := func(k int64) string {
		if k == 0 {
			return ""
		}
		return strconv.FormatInt(k, 10)
	}
	return keyKind[string]{
		of: of,
		show: func(out []byte, key string) []byte {
			if key == "" {
				return append(out, '0')
			}
			if k, err := strconv.ParseInt(key, 10, 64); err == nil && of(k) == key {
				return append(out, key...)
			}
			return append(append(out, '?'), hex.EncodeToString([]byte(key))...)
		},
		fast:     access[string]{mapaccess2_faststr, mapassign_faststr, mapdelete_faststr},
		slow:     anyKey[string](),
		distinct: math.MaxInt64,
	}
}

func wideKey() keyKind[wide] {
	elem := words[[17]uint64]()
	return keyKind[wide]{
		of:       func(k int64) wide { return wide{elem.of(k)} },
		show:     func(out []byte, key wide) []byte { return elem.show(out, &key.words) },
		fast:     anyKey[wide](),
		slow:     anyKey[wide](),
		distinct: math.MaxInt64,
	}
}

// The ks of f64 keys that stand for no integer; a script writes them `nan` and `-0`.
const (
	nan          = math.MinInt64
	negativeZero = math.MinInt64 + 1
)

func floatKey() keyKind[float64] {
	return keyKind[float64]{
		of: func(k int64) float64 {
			switch k {
			case nan:
				return math.NaN()
			case negativeZero:
				return math.Copysign(0, -1)
			}
			return float64(k)
		},
		show: func(out []byte, key float64) []byte {
			switch {
			case key != key:
				return append(out, "nan"...)
			case key == 0 && math.Signbit(key):
				return append(out, "-0"...)
			}
			return strconv.AppendInt(out, int64(key), 10)
		},
		fast:     anyKey[float64](),
		slow:     anyKey[float64](),
		distinct: 1 << 53,
	}
}

// elemKind says how values of type V are made from a script's integer and shown again.
type elemKind[V any] struct {
	of   func(k int64) V
	show func(out []byte, v *V) []byte
}

// words serves the types that are an array of 64-bit words, or one.
//
// Integer 0 is the zero value. For any other k the first word is k and word j is mix(k, j): a
// value that was only half copied shows as `?` and its words in hex.
func words[V any]() elemKind[V] {
	view := func(v *V) []uint64 {
		return unsafe.Slice((*uint64)(unsafe.Pointer(v)), unsafe.Sizeof(*v)/8)
	}
	return elemKind[V]{
		of: func(k int64) (v V) {
			for j, cells := 0, view(&v); j < len(cells) && k != 0; j++ {
				cells[j] = mix(uint64(k), uint64(j))
			}
			return v
		},
		show: func(out []byte, v *V) []byte {
			cells := view(v)
			for j, w := range cells {
				if cells[0] == 0 && w != 0 || cells[0] != 0 && w != mix(cells[0], uint64(j)) {
					return showBroken(out, cells)
				}
			}
			return strconv.AppendInt(out, int64(cells[0]), 10)
		},
	}
}

func showBroken(out []byte, cells []uint64) []byte {
	out = append(out, '?')
	for j, w := range cells {
		if j > 0 {
			out = append(out, '.')
		}
		out = strconv.AppendUint(out, w, 16)
	}
	return out
}

// mix is k itself for word 0 and a fixed scramble of k and j for any other word j.
func mix(k, j uint64) uint64 {
	if j == 0 {
		return k
	}
	x := (k + j) * 0x9E3779B97F4A7C15
	return x ^ x>>29
}
