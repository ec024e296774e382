package main

import (
	"encoding/hex"
	"strconv"
	"unsafe"
)

// elem says how elements of type T are made from a script's integer and shown again.
//
// Integer 0 is the zero value. For any other k the first word is k, cut to the word's width, and
// word j is mix(that, j): a cell that was only half copied shows as `?` and its words in hex.
type elem[T any] struct {
	of   func(k int64) T
	show func(out []byte, e T) []byte
	// The conversions exist for u8 and rune, appending and copying a string for u8 alone.
	fromText   func(s string) []T
	toText     func(v []T) string
	appendText func(v []T, s string) []T
	copyText   func(v []T, s string) int
}

func newMachine(name string) machine {
	switch name {
	case "u8":
		return &slices[uint8]{elem: byteElem()}
	case "u16":
		return &slices[uint16]{elem: unsigned[uint16]()}
	case "rune":
		return &slices[rune]{elem: runeElem()}
	case "u64":
		return &slices[uint64]{elem: unsigned[uint64]()}
	case "a12":
		return &slices[[3]uint32]{elem: words[[3]uint32, uint32]()}
	case "a16":
		return &slices[[2]uint64]{elem: words[[2]uint64, uint64]()}
	case "a24":
		return &slices[[3]uint64]{elem: words[[3]uint64, uint64]()}
	case "a40":
		return &slices[[5]uint64]{elem: words[[5]uint64, uint64]()}
	case "string":
		return &slices[string]{elem: textElem()}
	case "zero":
		return &slices[struct{}]{elem: emptyElem()}
	}
	fail("unknown element type %q", name)
	return nil
}

type word interface {
	uint8 | uint16 | uint32 | uint64
}

func unsigned[T word]() elem[T] {
	return elem[T]{
		of:   func(k int64) T { return T(k) },
		show: func(out []byte, e T) []byte { return strconv.AppendUint(out, uint64(e), 10) },
	}
}

func byteElem() elem[uint8] {
	e := unsigned[uint8]()
	e.fromText = func(s string) []uint8 { return []uint8(s) }
	e.toText = func(v []uint8) string { return string(v) }
	e.appendText = func(v []uint8, s string) []uint8 { return append(v, s...) }
	e.copyText = func(v []uint8, s string) int { return copy(v, s) }
	return e
}

func runeElem() elem[rune] {
	return elem[rune]{
		of:       func(k int64) rune { return rune(k) },
		show:     func(out []byte, e rune) []byte { return strconv.AppendInt(out, int64(e), 10) },
		fromText: func(s string) []rune { return []rune(s) },
		toText:   func(v []rune) string { return string(v) },
	}
}

// words serves the arrays: A is [n]W.
func words[A any, W word]() elem[A] {
	view := func(a *A) []W {
		var w W
		return unsafe.Slice((*W)(unsafe.Pointer(a)), unsafe.Sizeof(*a)/unsafe.Sizeof(w))
	}
	fill := func(k W) (a A) {
		for j, cells := 0, view(&a); j < len(cells) && k != 0; j++ {
			cells[j] = W(mix(uint64(k), uint64(j)))
		}
		return a
	}
	return elem[A]{
		of: func(k int64) A { return fill(W(k)) },
		show: func(out []byte, e A) []byte {
			cells := view(&e)
			want := fill(cells[0])
			for j, w := range view(&want) {
				if cells[j] != w {
					return showBroken(out, cells)
				}
			}
			return strconv.AppendUint(out, uint64(cells[0]), 10)
		},
	}
}

func showBroken[W word](out []byte, cells []W) []byte {
	out = append(out, '?')
	for j, w := range cells {
		if j > 0 {
			out = append(out, '.')
		}
		out = strconv.AppendUint(out, uint64(w), 16)
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

// textElem: the decimal text of k, and "" for 0. Any other text shows as `?` and hex.
func textElem() elem[string] {
	of := func(k int64) string {
		if k == 0 {
			return ""
		}
		return strconv.FormatInt(k, 10)
	}
	return elem[string]{
		of: of,
		show: func(out []byte, e string) []byte {
			if e == "" {
				return append(out, '0')
			}
			if k, err := strconv.ParseInt(e, 10, 64); err == nil && of(k) == e {
				return append(out, e...)
			}
			return append(append(out, '?'), hex.EncodeToString([]byte(e))...)
		},
	}
}

func emptyElem() elem[struct{}] {
	return elem[struct{}]{
		of:   func(int64) struct{} { return struct{}{} },
		show: func(out []byte, _ struct{}) []byte { return append(out, '0') },
	}
}

// unhex reads the optional last operand of lits.
func unhex(args []string) []byte {
	if len(args) == 0 {
		return nil
	}
	b, err := hex.DecodeString(args[0])
	if err != nil {
		fail("expected bytes in hex, got %q", args[0])
	}
	return b
}
