#include "textflag.h"

// func getg() unsafe.Pointer
//
// The running goroutine's g stands in thread-local storage. That this file exists also lets the
// package declare functions without a body, which the linkname directives of runtime.go need.
TEXT ·getg(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET
