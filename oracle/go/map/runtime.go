package main

import "unsafe"

// Mirrors of the runtime's types (runtime/map.go, runtime/type.go of Go 1.19), field by field.

type hmap struct {
	count      int
	flags      uint8
	B          uint8
	noverflow  uint16
	hash0      uint32
	buckets    unsafe.Pointer
	oldbuckets unsafe.Pointer
	nevacuate  uintptr
	extra      *mapextra
}

type mapextra struct {
	overflow     unsafe.Pointer
	oldoverflow  unsafe.Pointer
	nextOverflow unsafe.Pointer
}

type hiter struct {
	key         unsafe.Pointer
	elem        unsafe.Pointer
	t           *maptype
	h           *hmap
	buckets     unsafe.Pointer
	bptr        unsafe.Pointer
	overflow    unsafe.Pointer
	oldoverflow unsafe.Pointer
	startBucket uintptr
	offset      uint8
	wrapped     bool
	B           uint8
	i           uint8
	bucket      uintptr
	checkBucket uintptr
}

type rtype struct {
	size       uintptr
	ptrdata    uintptr
	hash       uint32
	tflag      uint8
	align      uint8
	fieldAlign uint8
	kind       uint8
	equal      func(unsafe.Pointer, unsafe.Pointer) bool
	gcdata     *byte
	str        int32
	ptrToThis  int32
}

type maptype struct {
	typ        rtype
	key        *rtype
	elem       *rtype
	bucket     *rtype
	hasher     func(unsafe.Pointer, uintptr) uintptr
	keysize    uint8
	elemsize   uint8
	bucketsize uint16
	flags      uint32
}

const (
	indirectKey    = 1
	indirectElem   = 2
	reflexiveKey   = 4
	needKeyUpdate  = 8
	hashMightPanic = 16

	// A bucket is bucketCnt tophash bytes, then as many keys, elems, and a pointer.
	bucketCnt = 8

	emptyOne   = 1
	minTopHash = 5

	// Elems above this size are not for the fast variants (cmd/compile, walk: mapfast).
	maxFastElem = 128
)

// maptypeOf returns the type descriptor in the type word of an interface that holds a map.
func maptypeOf(m any) *maptype {
	return *(**maptype)(unsafe.Pointer(&m))
}

func (b *bucket) at(offset uintptr) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(b), offset)
}

// bucket is one bmap; what follows the tophash bytes is known to the maptype alone.
type bucket struct{ tophash [bucketCnt]uint8 }

func (b *bucket) evacuated() bool { return b.tophash[0] > emptyOne && b.tophash[0] < minTopHash }

func (t *maptype) bucketAt(array unsafe.Pointer, i uintptr) *bucket {
	return (*bucket)(unsafe.Add(array, i*uintptr(t.bucketsize)))
}

func (t *maptype) overflow(b *bucket) *bucket {
	return *(**bucket)(b.at(uintptr(t.bucketsize) - unsafe.Sizeof(uintptr(0))))
}

// key returns the place of a cell's key, wherever it is stored.
func (t *maptype) keyAt(b *bucket, cell int) unsafe.Pointer {
	place := b.at(bucketCnt + uintptr(cell)*uintptr(t.keysize))
	if t.flags&indirectKey != 0 {
		return *(*unsafe.Pointer)(place)
	}
	return place
}

func (h *hmap) nbuckets() uintptr { return 1 << h.B }

func (h *hmap) growing() bool { return h.oldbuckets != nil }

// sameSizeGrow is a flag of the header: the old array is as large as the new one.
const sameSizeGrow = 8

func (h *hmap) noldbuckets() uintptr {
	if h.flags&sameSizeGrow != 0 {
		return h.nbuckets()
	}
	return h.nbuckets() / 2
}

//go:linkname makemap runtime.makemap
func makemap(t *maptype, hint int, h *hmap) *hmap

//go:linkname makemap_small runtime.makemap_small
func makemap_small() *hmap

//go:linkname mapclear runtime.mapclear
func mapclear(t *maptype, h *hmap)

//go:linkname mapiterinit runtime.mapiterinit
func mapiterinit(t *maptype, h *hmap, it *hiter)

//go:linkname mapiternext runtime.mapiternext
func mapiternext(it *hiter)

//go:linkname mapaccess2 runtime.mapaccess2
func mapaccess2(t *maptype, h *hmap, key unsafe.Pointer) (unsafe.Pointer, bool)

//go:linkname mapassign runtime.mapassign
func mapassign(t *maptype, h *hmap, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapdelete runtime.mapdelete
func mapdelete(t *maptype, h *hmap, key unsafe.Pointer)

//go:linkname mapaccess2_fast32 runtime.mapaccess2_fast32
func mapaccess2_fast32(t *maptype, h *hmap, key uint32) (unsafe.Pointer, bool)

//go:linkname mapassign_fast32 runtime.mapassign_fast32
func mapassign_fast32(t *maptype, h *hmap, key uint32) unsafe.Pointer

//go:linkname mapdelete_fast32 runtime.mapdelete_fast32
func mapdelete_fast32(t *maptype, h *hmap, key uint32)

//go:linkname mapaccess2_fast64 runtime.mapaccess2_fast64
func mapaccess2_fast64(t *maptype, h *hmap, key uint64) (unsafe.Pointer, bool)

//go:linkname mapassign_fast64 runtime.mapassign_fast64
func mapassign_fast64(t *maptype, h *hmap, key uint64) unsafe.Pointer

//go:linkname mapdelete_fast64 runtime.mapdelete_fast64
func mapdelete_fast64(t *maptype, h *hmap, key uint64)

//go:linkname mapaccess2_faststr runtime.mapaccess2_faststr
func mapaccess2_faststr(t *maptype, h *hmap, key string) (unsafe.Pointer, bool)

//go:linkname mapassign_faststr runtime.mapassign_faststr
func mapassign_faststr(t *maptype, h *hmap, key string) unsafe.Pointer

//go:linkname mapdelete_faststr runtime.mapdelete_faststr
func mapdelete_faststr(t *maptype, h *hmap, key string)

//go:linkname fastrand runtime.fastrand
func fastrand() uint32

//go:linkname aeskeysched runtime.aeskeysched
var aeskeysched [128]byte

//go:linkname hashkey runtime.hashkey
var hashkey [4]uintptr

// fixHashKeys makes this process hash like the next one. Maps made before are lost by it; none
// that this program looks into is made so early.
func fixHashKeys() {
	for i := range aeskeysched {
		aeskeysched[i] = byte(mix(1, uint64(i)+1) >> 8)
	}
	for i := range hashkey {
		// The runtime keeps these odd.
		hashkey[i] = uintptr(mix(2, uint64(i)+1)) | 1
	}
}

// getg is in getg_amd64.s.
func getg() unsafe.Pointer

const (
	// g.m, by the fields in front of it (runtime/runtime2.go): stack, two guards, _panic, _defer.
	mOffset = 48
	// So many words of the m are searched for its fastrand.
	mWords = 128
	// A draw adds the first to the word, and multiplies that with itself and the second (wyrand;
	// runtime/stubs.go: fastrand).
	drawAdds  = 0xa0761d6478bd642f
	drawMixes = 0xe7037ed1a0b428db
)

// random is the word of this thread's generator, found by checkAssumptions.
var random *uint64

// drawing runs f with the generator at *state, and leaves there what f left. Between two calls the
// word may change as it likes.
func drawing(state *uint64, f func()) {
	*random = *state
	f()
	*state = *random
}
