package main

import (
	"strconv"
	"unsafe"
)

// nIters is the number of iterators of a script, i0..i3.
const nIters = 4

// maps is the machine for keys of type K and values of type V.
type maps[K comparable, V any] struct {
	key    keyKind[K]
	elem   elemKind[V]
	access access[K]

	// t is a copy of the compiler's type whose hasher writes down what it is asked; silent is one
	// with the runtime's own hasher.
	t, silent *maptype
	h         *hmap
	iters     [nIters]*hiter

	// random is the state of the generator that only the map draws from.
	random uint64
	hashed []hashed[K]
	seen   map[K]uint32
	shown  shown
}

// hashed is one call of the hash function.
type hashed[K comparable] struct {
	key  K
	seed uint32
	hash uintptr
}

func newMaps[K comparable, V any](key keyKind[K], elem elemKind[V]) machine {
	silent := *maptypeOf(map[K]V(nil))
	listening := silent
	m := &maps[K, V]{key: key, elem: elem, access: key.fast, t: &listening, silent: &silent}
	listening.hasher = func(p unsafe.Pointer, seed uintptr) uintptr {
		hash := silent.hasher(p, seed)
		m.hashed = append(m.hashed, hashed[K]{*(*K)(p), uint32(seed), hash})
		return hash
	}
	if silent.elem.size > maxFastElem {
		m.access = key.slow
	}
	m.seen = map[K]uint32{}
	drawing(&m.random, func() { m.h = makemap_small() })
	return m
}

func (m *maps[K, V]) step(out []byte, op []string) []byte {
	args := op[1:]
	drawing(&m.random, func() { out = m.perform(out, op[0], args) })
	out = m.changes(out)
	return m.hashes(out)
}

func (m *maps[K, V]) perform(out []byte, name string, args []string) []byte {
	switch name {
	case "rand":
		*random = number[uint64](args[0], strconv.ParseUint)
	case "make":
		m.endIterations()
		m.h = m.make(int(integer(args[0])))
	case "set":
		m.assign(m.keyOf(args[0]), integer(args[1]))
	case "get":
		return m.lookup(out, m.keyOf(args[0]))
	case "del":
		m.access.remove(m.t, m.h, m.keyOf(args[0]))
	case "clear":
		m.endIterations()
		mapclear(m.t, m.h)
	case "iter":
		return m.iterate(out, iterator(args[0]))
	case "step":
		return m.advance(out, iterator(args[0]), integer(args[1]))
	case "stop":
		m.iters[iterator(args[0])] = nil
	case "crowd":
		return m.crowd(out, integer(args[0]), uintptr(integer(args[1])), integer(args[2]))
	case "drop":
		return m.drop(out, uintptr(integer(args[0])), int(integer(args[1])))
	default:
		fail("unknown operation %q", name)
	}
	return append(out, '-')
}

// make does what the compiler does for make without a hint and with one.
func (m *maps[K, V]) make(hint int) *hmap {
	if hint == 0 {
		return makemap_small()
	}
	return makemap(m.t, hint, nil)
}

func (m *maps[K, V]) assign(key K, k int64) {
	*(*V)(m.access.assign(m.t, m.h, key)) = m.elem.of(k)
}

func (m *maps[K, V]) lookup(out []byte, key K) []byte {
	elem, ok := m.access.lookup(m.t, m.h, key)
	if !ok {
		return append(out, "= none"...)
	}
	return m.elem.show(append(out, "= "...), (*V)(elem))
}

// iterate begins as a range statement does: with the first step already taken.
func (m *maps[K, V]) iterate(out []byte, i int) []byte {
	it := new(hiter)
	m.iters[i] = it
	mapiterinit(m.t, m.h, it)
	out = strconv.AppendUint(append(out, "= "...), uint64(it.startBucket), 10)
	out = strconv.AppendUint(append(out, '+'), uint64(it.offset), 10)
	return m.yielded(out, i)
}

// advance takes up to n steps, fewer if the iteration ends; `.` says that it has.
func (m *maps[K, V]) advance(out []byte, i int, n int64) []byte {
	out = append(out, '=')
	for ; n > 0 && m.iters[i] != nil; n-- {
		mapiternext(m.iters[i])
		out = m.yielded(out, i)
	}
	return out
}

func (m *maps[K, V]) yielded(out []byte, i int) []byte {
	it := m.iters[i]
	if it.key == nil {
		m.iters[i] = nil
		return append(out, " ."...)
	}
	out = m.key.show(append(out, ' '), *(*K)(it.key))
	return m.elem.show(append(out, ':'), (*V)(it.elem))
}

func (m *maps[K, V]) endIterations() { m.iters = [nIters]*hiter{} }

// crowdTries is enough to find a key for one of 256 buckets, unless the key type has too few.
const crowdTries = 4096

// crowd inserts the first key from k on that is new and belongs to the given bucket.
func (m *maps[K, V]) crowd(out []byte, k int64, bucket uintptr, v int64) []byte {
	mask := m.h.nbuckets() - 1
	tries := int64(crowdTries)
	if m.key.distinct < tries {
		tries = m.key.distinct + 1
	}
	for ; tries > 0; k, tries = k+1, tries-1 {
		key := m.key.of(k)
		hash := m.silent.hasher(unsafe.Pointer(&key), uintptr(m.h.hash0))
		if hash&mask != bucket&mask {
			continue
		}
		if _, ok := m.access.lookup(m.silent, m.h, key); ok {
			continue
		}
		m.assign(key, v)
		return m.key.show(append(out, "= "...), key)
	}
	return append(out, "= none"...)
}

// drop deletes the key in the nth full cell of a chain, counted around.
func (m *maps[K, V]) drop(out []byte, i uintptr, n int) []byte {
	var keys []K
	if m.h.buckets != nil {
		for b := m.t.bucketAt(m.h.buckets, i&(m.h.nbuckets()-1)); b != nil; b = m.t.overflow(b) {
			for cell, top := range b.tophash {
				if top >= minTopHash {
					keys = append(keys, *(*K)(m.t.keyAt(b, cell)))
				}
			}
		}
	}
	if len(keys) == 0 {
		return append(out, "= none"...)
	}
	key := keys[n%len(keys)]
	m.access.remove(m.t, m.h, key)
	return m.key.show(append(out, "= "...), key)
}

func (m *maps[K, V]) keyOf(word string) K {
	switch word {
	case "nan":
		return m.key.of(nan)
	case "-0":
		return m.key.of(negativeZero)
	}
	return m.key.of(integer(word))
}

func iterator(name string) int {
	if len(name) != 2 || name[0] != 'i' || int(name[1]-'0') >= nIters {
		fail("expected an iterator i0..i%d, got %q", nIters-1, name)
	}
	return int(name[1] - '0')
}

func integer(s string) int64 { return number[int64](s, strconv.ParseInt) }

func number[N int64 | uint64](s string, parse func(string, int, int) (N, error)) N {
	n, err := parse(s, 10, 64)
	if err != nil {
		fail("expected a 64-bit integer, got %q", s)
	}
	return n
}
