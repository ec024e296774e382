package main

import (
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"reflect"
	"unsafe"
)

// printLayout prints where each field stands: of the runtime's types by what the compiler wrote
// into this program for debuggers, compared with the mirrors; of the buckets by the compiler's
// own type descriptors.
//
//	runtime.hmap count 0 8                          name, offset, size in bytes
//	runtime.hmap size 48
//	bucket u64/v8 tophash 0 keys 8 elems 72 overflow 136 size 144
//	maptype u64/v8 keysize 8 elemsize 8 bucketsize 144 flags 4
func printLayout() {
	data := debugData()
	for _, mirror := range [...]struct {
		name string
		t    reflect.Type
	}{
		{"runtime.hmap", reflect.TypeOf(hmap{})},
		{"runtime.mapextra", reflect.TypeOf(mapextra{})},
		{"runtime.hiter", reflect.TypeOf(hiter{})},
		{"runtime.bmap", reflect.TypeOf(bucket{})},
		{"runtime.maptype", reflect.TypeOf(maptype{})},
	} {
		printStruct(data, mirror.name, mirror.t)
	}
	for _, key := range [...]string{"u64", "u32", "u8", "string", "s136", "f64"} {
		for _, elem := range [...]string{"v0", "v8", "v24", "v200"} {
			kind := key + "/" + elem
			printBucket(kind, newMachine(kind).maptype())
		}
	}
}

func (m *maps[K, V]) maptype() *maptype { return m.silent }

func debugData() *dwarf.Data {
	file, err := elf.Open("/proc/self/exe")
	if err != nil {
		fail("opening this program: %v", err)
	}
	defer file.Close()
	data, err := file.DWARF()
	if err != nil {
		fail("reading this program's debug data: %v", err)
	}
	return data
}

func printStruct(data *dwarf.Data, name string, mirror reflect.Type) {
	known := structNamed(data, name)
	if uintptr(known.ByteSize) != mirror.Size() || len(known.Field) != mirror.NumField() {
		fail("%s has %d bytes in %d fields, and its mirror is %v",
			name, known.ByteSize, len(known.Field), mirror)
	}
	for i, field := range known.Field {
		mirrored := mirror.Field(i)
		offset, size := uintptr(field.ByteOffset), uintptr(field.Type.Size())
		if mirrored.Name != field.Name || mirrored.Offset != offset || mirrored.Type.Size() != size {
			fail("%s.%s is at %d with %d bytes, and its mirror is %+v",
				name, field.Name, offset, size, mirrored)
		}
		fmt.Println(name, field.Name, offset, size)
	}
	fmt.Println(name, "size", known.ByteSize)
}

func structNamed(data *dwarf.Data, name string) *dwarf.StructType {
	for entries := data.Reader(); ; {
		entry, err := entries.Next()
		if err != nil || entry == nil {
			fail("the debug data has no %s: %v", name, err)
		}
		if entry.Tag != dwarf.TagStructType || entry.Val(dwarf.AttrName) != name {
			continue
		}
		t, err := data.Type(entry.Offset)
		if err != nil {
			fail("the debug data of %s: %v", name, err)
		}
		return t.(*dwarf.StructType)
	}
}

// printBucket prints the layout of the struct that the compiler made for a map's buckets.
func printBucket(kind string, t *maptype) {
	var holder any
	*(**rtype)(unsafe.Pointer(&holder)) = t.bucket
	bucket := reflect.TypeOf(holder)
	fmt.Print("bucket ", kind)
	for i, name := range [...]string{"tophash", "keys", "elems", "overflow"} {
		fmt.Print(" ", name, " ", bucket.Field(i).Offset)
	}
	fmt.Println(" size", bucket.Size())
	fmt.Println("maptype", kind, "keysize", t.keysize, "elemsize", t.elemsize,
		"bucketsize", t.bucketsize, "flags", t.flags)
}
