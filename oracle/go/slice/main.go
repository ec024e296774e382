// The script machine of real Go: it reads slice scripts and answers each line with one line.
//
//	stdin:  script 3 u64            stdout:  script 3 u64
//	        make v0 2 4                      - | v0 2 4 a0+0 [0 0|0 0]
//	        slice v1 v0 1 3                  - | v1 2 3 a0+1 [0 0|0]
//	        set v1 0 7                       - | v0 2 4 a0+0 [0 7|0 0] | v1 2 3 a0+1 [7 0|0]
//	        get v0 2                         ! runtime error: index out of range [2] with length 2
//
// The script language is described in oracle/README.md. What is answered is read from the words
// of the slice and string headers and from the cells they point at, never computed by a rule of
// ours: append, copy, make, slicing and the conversions are the compiler's and the runtime's own.
//
//	main.go     the loop over the lines
//	machine.go  the operations
//	elem.go     the element types and their text
//	show.go     the state of the variables as text, and what of it changed
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
)

// machine is a slices[T] for one of the element types.
type machine interface {
	// step runs one operation and appends its answer to out.
	step(out []byte, op []string) []byte
}

// current stays global so that nothing it owns can live on a stack.
var current machine

func main() {
	// Scripts keep every array they ever saw; collecting less often costs only memory.
	debug.SetGCPercent(400)
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
		current = newMachine(fields[2])
		return append(answer, strings.Join(fields, " ")...)
	}
	if current == nil || len(fields) == 0 {
		fail("expected `script <id> <elem>` first and one operation per line, got %q", fields)
	}
	return current.step(answer, fields)
}

// fail ends the program: the script itself is wrong, so no answer would mean anything.
func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "slice machine: "+format+"\n", args...)
	os.Exit(3)
}
