package main

import "fmt"

func main() {
	s := "héllo"
	t := s[1:3]
	b := []byte(s)
	b[0] = 'H'
	fmt.Printf("%s %s %s %d %d\n", s, t, b, len(s), cap(b))

	for i, r := range s {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println()
}
