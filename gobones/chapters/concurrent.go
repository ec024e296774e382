package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"unsafe"
)

func run(what string) {
	defer func() {
		fmt.Println("recovered", recover()) // never reached
	}()
	m := map[int]int{1: 1}
	flags := (*uint8)(unsafe.Add(*(*unsafe.Pointer)(unsafe.Pointer(&m)), 8))
	*flags |= 4 // hashWriting: what m holds while another goroutine writes
	switch what {
	case "write":
		m[2] = 2
	case "delete":
		delete(m, 1)
	case "read":
		_ = m[1]
	case "range":
		for range m {
		}
	}
}

func main() {
	if len(os.Args) > 1 {
		run(os.Args[1])
		return
	}
	for _, what := range []string{"write", "delete", "read", "range"} {
		said, err := exec.Command(os.Args[0], what).CombinedOutput()
		line, _, _ := strings.Cut(string(said), "\n")
		fmt.Println(what+":", line, "·", err)
	}
	m := map[int]int{1: 1}
	n := m
	n[2] = 2
	fmt.Println("variable:", unsafe.Sizeof(m), "bytes; len through the other name:", len(m))
}
