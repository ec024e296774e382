// The script machine of real Go for maps: it reads map scripts and answers each line with one line.
//
//	stdin:  script 3 u64/v8
//	        set 7 70
//	stdout: script 3 u64/v8
//	        - | h 1 0 0 0 0 | s 1f3a2b4c | r e7037ed1a0b428db | b0 c4:7 # 7=c4e980
//
// The script language and the answers are described in oracle/README.md. What is answered is read
// from the memory of Go's own runtime: the header, the bucket chains and the iterator are looked at
// through mirrors of its types, never computed by a rule of ours. The operations are the
// runtime's own functions, the same ones that the compiler calls for the type at hand.
//
// Nothing here is left to chance: the hash keys of the process are fixed, and the random generator
// of the thread is set at the start of a script and kept apart from whatever else draws from it.
//
//	main.go     the loop over the lines
//	runtime.go  the runtime's types and functions that are reached into, and what is assumed of them
//	check.go    the proof of those assumptions, at every start
//	machine.go  the operations
//	kind.go     the key and value types and their text
//	show.go     the state of the map as text, and what of it changed
//	layout.go   `map-machine layout`: offsets and sizes, from the compiler's own records
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// machine is a maps[K, V] for one pair of key and value types.
type machine interface {
	// step runs one operation and appends its answer to out.
	step(out []byte, op []string) []byte
	// maptype is the compiler's descriptor of the map's type.
	maptype() *maptype
}

// scriptsPerCollection: a script leaves a megabyte or two behind.
const scriptsPerCollection = 64

// current stays global so that nothing it owns can live on a stack.
var current machine

func main() {
	if version := runtime.Version(); !strings.HasPrefix(version, "go1.19") {
		fail("it reads the memory of Go 1.19's runtime, and this is %s", version)
	}
	// One thread, and no collection but between scripts: then only the map draws random numbers.
	runtime.LockOSThread()
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(-1)
	runtime.MemProfileRate = 0
	fixHashKeys()
	checkAssumptions()
	if len(os.Args) == 2 && os.Args[1] == "layout" {
		printLayout()
		return
	}
	converse()
}

func converse() {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	defer out.Flush()
	var answer []byte
	for {
		if in.Buffered() == 0 {
			// The next read may wait for a peer that waits for these answers.
			out.Flush()
		}
		line, err := in.ReadString('\n')
		if err == io.EOF {
			return
		}
		if err != nil {
			fail("reading the script: %v", err)
		}
		answer = append(respond(answer[:0], strings.Fields(line)), '\n')
		if _, err := out.Write(answer); err != nil {
			fail("writing the answer: %v", err)
		}
	}
}

// respond starts a fresh machine for a script line and lets the current one do any other line.
func respond(answer []byte, fields []string) []byte {
	if len(fields) == 3 && fields[0] == "script" {
		current = nil
		collectSometimes()
		growStack()
		current = newMachine(fields[2])
		return append(answer, strings.Join(fields, " ")...)
	}
	if current == nil || len(fields) == 0 {
		fail("expected `script <id> <key/elem>` first and one operation per line, got %q", fields)
	}
	return current.step(answer, fields)
}

var scriptsSinceCollection int

// collectSometimes collects what finished scripts have left behind.
func collectSometimes() {
	if scriptsSinceCollection++; scriptsSinceCollection == scriptsPerCollection {
		scriptsSinceCollection = 0
		runtime.GC()
	}
}

// growStack makes the stack large enough for any operation. Growing it draws random numbers, by way
// of a cache that the unwinder keeps (runtime/symtab.go: pcvalue), and a collection shrinks it.
//
//go:noinline
func growStack() {
	var frame [64 << 10]byte
	frame[len(os.Args)] = 1
	runtime.KeepAlive(&frame)
}

// fail ends the program: the script or an assumption is wrong, so no answer would mean anything.
func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "map machine: "+format+"\n", args...)
	os.Exit(3)
}
