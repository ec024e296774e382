package main

import "fmt"

func main() {
	s := "héllo"
	t := s[1:3]
	b := []byte(s)
	b[0] = 'H'
	fmt.Println(s, t, string(b), len(s))

	for i, r := range s {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println()
}
