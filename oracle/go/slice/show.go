package main

import (
	"encoding/hex"
	"strconv"
	"unsafe"
)

// A state longer than this many cells (or bytes of a string) is shown by its first few and a
// checksum over all of them.
const (
	shownWhole = 24
	shownFirst = 4
)

// ranges numbers memory by first appearance: entry i is [base, end), in bytes.
type ranges []struct{ base, end uintptr }

// find returns the number of the range that holds p, and the byte offset in it.
func (r ranges) find(p uintptr) (number int, offset uintptr, ok bool) {
	for i, known := range r {
		if known.base <= p && p < known.end {
			return i, p - known.base, true
		}
	}
	return 0, 0, false
}

// where appends what the data word p says: nil, a known range, a new range of size bytes that
// starts there, or, for a word that owns no byte at all, zero.
func (r *ranges) where(out []byte, letter byte, p, size, elemSize uintptr) []byte {
	if p == 0 {
		return append(out, "nil"...)
	}
	number, offset, ok := r.find(p)
	if !ok {
		if size == 0 {
			return append(out, "zero"...)
		}
		number = len(*r)
		*r = append(*r, struct{ base, end uintptr }{p, p + size})
	}
	out = strconv.AppendInt(append(out, letter), int64(number), 10)
	return strconv.AppendUint(append(out, '+'), uint64(offset/elemSize), 10)
}

// shown is what was last printed of a slice variable, and the words and cells it came from.
type shown[T any] struct {
	header [3]uintptr
	cells  []T
	text   string
}

type shownText struct {
	header [2]uintptr
	text   string
}

// changes appends each variable whose text differs from the one last printed.
func (m *slices[T]) changes(out []byte) []byte {
	for i := range m.v {
		if text, ok := m.changed(i); ok {
			out = append(append(append(out, " | v"...), byte('0'+i), ' '), text...)
		}
	}
	for i := range m.t {
		if text, ok := m.changedText(i); ok {
			out = append(append(append(out, " | t"...), byte('0'+i), ' '), text...)
		}
	}
	return out
}

// changed looks at every cell, hidden ones too: a write through one variable is visible in all
// that share its array. Only what differs in memory is rendered.
func (m *slices[T]) changed(i int) (string, bool) {
	s, last := m.v[i], &m.shownSlices[i]
	header := *(*[3]uintptr)(unsafe.Pointer(&s))
	all := s[:cap(s)]
	if last.text != "" && header == last.header && equal(all, last.cells) {
		return "", false
	}
	text := string(m.render(nil, s, header[0]))
	before := last.text
	last.header, last.text = header, text
	if elemSize[T]() > 0 {
		last.cells = append(last.cells[:0], all...)
	}
	if before == "" {
		before = "0 0 nil"
	}
	return text, text != before
}

func equal[T comparable](a, b []T) bool {
	if elemSize[T]() == 0 {
		return true
	}
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func elemSize[T any]() uintptr {
	var e T
	return unsafe.Sizeof(e)
}

// render appends `len cap where [visible|hidden]`.
func (m *slices[T]) render(out []byte, s []T, array uintptr) []byte {
	size := elemSize[T]()
	out = strconv.AppendInt(out, int64(len(s)), 10)
	out = strconv.AppendInt(append(out, ' '), int64(cap(s)), 10)
	out = m.arrays.where(append(out, ' '), 'a', array, uintptr(cap(s))*size, size)
	if s == nil {
		return out
	}
	out = append(out, " ["...)
	if cap(s) <= shownWhole {
		out = m.cells(out, s)
		if cap(s) > len(s) {
			out = m.cells(append(out, '|'), s[len(s):cap(s)])
		}
		return append(out, ']')
	}
	first := s
	if len(first) > shownFirst {
		first = first[:shownFirst]
	}
	out = append(m.cells(out, first), '~')
	if size > 0 {
		out = appendHex64(out, fnv1a(m.cells(nil, s[:cap(s)])))
	}
	return append(out, ']')
}

// cells appends the elements with one blank between them.
func (m *slices[T]) cells(out []byte, s []T) []byte {
	for i, e := range s {
		if i > 0 {
			out = append(out, ' ')
		}
		out = m.elem.show(out, e)
	}
	return out
}

func (m *slices[T]) changedText(i int) (string, bool) {
	last := &m.shownStrings[i]
	header := *(*[2]uintptr)(unsafe.Pointer(&m.t[i]))
	if header == last.header {
		// Nothing writes to a string, so the same words mean the same bytes.
		return "", false
	}
	text := string(m.renderText(nil, m.t[i], header[0]))
	before := last.text
	last.header, last.text = header, text
	if before == "" {
		before = "0 nil"
	}
	return text, text != before
}

// renderText appends `len where bytes`.
func (m *slices[T]) renderText(out []byte, s string, data uintptr) []byte {
	out = strconv.AppendInt(out, int64(len(s)), 10)
	out = m.texts.where(append(out, ' '), 's', data, uintptr(len(s)), 1)
	switch {
	case len(s) == 0:
		return out
	case len(s) <= shownWhole:
		return append(append(out, ' '), hex.EncodeToString([]byte(s))...)
	}
	return appendHex64(append(out, " ~"...), fnv1a([]byte(s)))
}

// showRunes appends the pairs that `for i, r := range s` yields.
func showRunes(out []byte, s string) []byte {
	var pairs []byte
	n := 0
	for i, r := range s {
		pairs = strconv.AppendInt(append(pairs, ' '), int64(i), 10)
		pairs = strconv.AppendInt(append(pairs, ':'), int64(r), 10)
		n++
	}
	out = strconv.AppendInt(append(out, "= "...), int64(n), 10)
	if n <= shownWhole {
		return append(out, pairs...)
	}
	return appendHex64(append(out, " ~"...), fnv1a(pairs))
}

func fnv1a(data []byte) uint64 {
	hash := uint64(0xcbf29ce484222325)
	for _, b := range data {
		hash = (hash ^ uint64(b)) * 0x100000001b3
	}
	return hash
}

func appendHex64(out []byte, x uint64) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		out = append(out, digits[x>>shift&15])
	}
	return out
}
