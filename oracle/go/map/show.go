package main

import (
	"bytes"
	"strconv"
	"unsafe"
)

// noChain is the text of a chain without a full cell or a mark, and of one not yet shown.
const noChain = "."

// shown is what was last printed of the map. An answer repeats none of it.
type shown struct {
	head, seed, random string
	growing            bool
	b                  uint8
	// One for each bucket of the current array and of the old one.
	chains, old []shownChain
}

// shownChain is a chain's text and the memory it came from.
type shownChain struct {
	memory []byte
	text   string
}

var scratch []byte

// changes appends each part of the map that shows differently than before.
func (m *maps[K, V]) changes(out []byte) []byte {
	h, s := m.h, &m.shown
	s.follow(h)
	out = part(out, &s.head, "h", head(scratch[:0], h))
	out = part(out, &s.seed, "s", appendHex(scratch[:0], uint64(h.hash0), 8))
	out = part(out, &s.random, "r", appendHex(scratch[:0], m.random, 16))
	for i := range s.chains {
		if h.buckets != nil && !m.remember(&s.chains[i], m.t.bucketAt(h.buckets, uintptr(i))) {
			continue
		}
		out = m.chainPart(out, &s.chains[i], 'b', h.buckets, i)
	}
	for i := range s.old {
		if uintptr(i) >= h.nevacuate {
			out = m.chainPart(out, &s.old[i], 'o', h.oldbuckets, i)
		}
	}
	return out
}

// follow gives the shown chains the lengths of the arrays. When a growth has begun, what was
// current is old, and nothing is shown yet of the new array.
func (s *shown) follow(h *hmap) {
	if h.growing() && (!s.growing || s.b != h.B) {
		s.old, s.chains = s.chains, nil
	}
	if !h.growing() {
		s.old = nil
	} else {
		s.old = resized(s.old, h.noldbuckets())
	}
	s.chains = resized(s.chains, h.nbuckets())
	s.growing, s.b = h.growing(), h.B
}

func resized(chains []shownChain, n uintptr) []shownChain {
	for uintptr(len(chains)) < n {
		chains = append(chains, shownChain{text: noChain})
	}
	return chains[:n]
}

func part(out []byte, shown *string, name string, text []byte) []byte {
	if string(text) == *shown {
		return out
	}
	*shown = string(text)
	return append(append(append(append(out, " | "...), name...), ' '), text...)
}

// head appends `count flags B noverflow nevacuate`, and ` old` if there are old buckets.
func head(out []byte, h *hmap) []byte {
	out = strconv.AppendInt(out, int64(h.count), 10)
	flags, b := uint64(h.flags), uint64(h.B)
	for _, n := range [...]uint64{flags, b, uint64(h.noverflow), uint64(h.nevacuate)} {
		out = strconv.AppendUint(append(out, ' '), n, 10)
	}
	if h.growing() {
		out = append(out, " old"...)
	}
	return out
}

// remember says whether the chain's tophash bytes and keys differ from what is remembered, and
// remembers them. Keys that are stored by pointer never change behind it.
func (m *maps[K, V]) remember(s *shownChain, b *bucket) bool {
	scratch = scratch[:0]
	length := bucketCnt + bucketCnt*uintptr(m.t.keysize)
	for ; b != nil; b = m.t.overflow(b) {
		scratch = append(scratch, unsafe.Slice((*byte)(unsafe.Pointer(b)), length)...)
	}
	if bytes.Equal(scratch, s.memory) {
		return false
	}
	s.memory = append(s.memory[:0], scratch...)
	return true
}

// chainPart appends the chain of bucket i of the array if it shows differently than before.
func (m *maps[K, V]) chainPart(
	out []byte, s *shownChain, letter byte, array unsafe.Pointer, i int,
) []byte {
	scratch = append(scratch[:0], noChain...)
	if array != nil {
		scratch = m.chain(scratch[:0], m.t.bucketAt(array, uintptr(i)))
	}
	if string(scratch) == s.text {
		return out
	}
	s.text = string(scratch)
	out = strconv.AppendInt(append(append(out, " | "...), letter), int64(i), 10)
	return append(append(out, ' '), scratch...)
}

// chain appends the buckets of a chain with ` > ` between them, or `gone` for an evacuated one.
func (m *maps[K, V]) chain(out []byte, b *bucket) []byte {
	if b.evacuated() {
		return append(out, "gone"...)
	}
	for {
		out = m.bucket(out, b)
		if b = m.t.overflow(b); b == nil {
			return out
		}
		out = append(out, " > "...)
	}
}

// bucket appends a cell as its tophash in hex, with `:` and the key if it is full. The zeros at the
// end are left out.
func (m *maps[K, V]) bucket(out []byte, b *bucket) []byte {
	last := bucketCnt - 1
	for last >= 0 && b.tophash[last] == 0 {
		last--
	}
	if last < 0 {
		return append(out, noChain...)
	}
	for cell := 0; cell <= last; cell++ {
		if cell > 0 {
			out = append(out, ' ')
		}
		top := b.tophash[cell]
		out = appendHex(out, uint64(top), 2)
		if top >= minTopHash {
			out = m.key.show(append(out, ':'), *(*K)(m.t.keyAt(b, cell)))
		}
	}
	return out
}

// hashes appends ` # key=hash` for every key that was hashed for the first time under its seed: of
// the hash the top byte and the low 16 bits, more than a map of 2^16 buckets looks at. A NaN has no
// hash to tell: it is drawn anew each time.
func (m *maps[K, V]) hashes(out []byte) []byte {
	mark := " # "
	for _, call := range m.hashed {
		if seed, ok := m.seen[call.key]; call.key != call.key || ok && seed == call.seed {
			continue
		}
		m.seen[call.key] = call.seed
		out = m.key.show(append(out, mark...), call.key)
		out = appendHex(append(out, '='), uint64(call.hash>>56<<16|call.hash&0xFFFF), 6)
		mark = " "
	}
	m.hashed = m.hashed[:0]
	return out
}

func appendHex(out []byte, x uint64, digits int) []byte {
	const alphabet = "0123456789abcdef"
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		out = append(out, alphabet[x>>shift&15])
	}
	return out
}
