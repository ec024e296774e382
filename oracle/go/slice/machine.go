package main

import (
	"runtime"
	"strconv"
)

// The variables of a script: v0..v5 are slices, t0..t3 are strings.
const (
	nSlices  = 6
	nStrings = 4
)

// slices is the machine for element type T. It lives on the heap and reaches its operations
// through an interface, so every array here escapes and has the capacity the heap gives it.
type slices[T comparable] struct {
	elem   elem[T]
	v      [nSlices][]T
	t      [nStrings]string
	arrays ranges
	texts  ranges
	// Keeping every array alive until the script ends keeps its addresses from being used again.
	keptSlices  [][]T
	keptStrings []string

	shownSlices  [nSlices]shown[T]
	shownStrings [nStrings]shownText
}

func (m *slices[T]) step(out []byte, op []string) []byte {
	out = m.guarded(out, op)
	return m.changes(out)
}

// guarded appends the operation's own result, or the text of its panic. An operation stores its
// result last, so one that panicked has changed nothing.
func (m *slices[T]) guarded(out []byte, op []string) (answer []byte) {
	defer func() {
		if r := recover(); r != nil {
			err, ok := r.(runtime.Error)
			if !ok {
				panic(r)
			}
			answer = append(append(out, "! "...), err.Error()...)
		}
	}()
	args := op[1:]
	if len(args) == 0 {
		fail("operation without operands: %q", op)
	}
	if isTextOp(op[0]) {
		return m.textOp(out, op[0], args)
	}
	return m.sliceOp(out, op[0], args)
}

func isTextOp(name string) bool {
	switch name {
	case "bytes", "str", "lits", "substr", "concat", "charat", "runes", "appendstr", "copystr":
		return true
	}
	return false
}

func (m *slices[T]) sliceOp(out []byte, name string, args []string) []byte {
	switch name {
	case "make":
		m.put(args[0], make([]T, number(args[1]), number(args[2])))
	case "zeroed":
		m.put(args[0], make([]T, number(args[1])))
	case "lit":
		m.put(args[0], m.literal(args[1:]))
	case "nil":
		m.put(args[0], nil)
	case "append":
		m.put(args[0], append(m.slice(args[1]), m.elem.of(number64(args[2]))))
	case "appendn":
		m.put(args[0], m.appendN(m.slice(args[1]), number(args[2]), number64(args[3])))
	case "appends":
		m.put(args[0], append(m.slice(args[1]), m.slice(args[2])...))
	case "slice":
		m.put(args[0], subslice(m.slice(args[1]), args[2], args[3]))
	case "slice3":
		m.put(args[0], subslice3(m.slice(args[1]), args[2], args[3], args[4]))
	case "copy":
		return result(out, copy(m.slice(args[0]), m.slice(args[1])))
	case "set":
		m.slice(args[0])[number(args[1])] = m.elem.of(number64(args[2]))
	case "get":
		e := m.slice(args[0])[number(args[1])]
		return m.elem.show(append(out, "= "...), e)
	default:
		fail("unknown operation %q", name)
	}
	return append(out, '-')
}

func (m *slices[T]) textOp(out []byte, name string, args []string) []byte {
	switch name {
	case "bytes":
		m.put(args[0], m.elem.fromText(m.text(args[1])))
	case "str":
		m.putText(args[0], m.elem.toText(m.slice(args[1])))
	case "lits":
		m.putText(args[0], string(unhex(args[1:])))
	case "substr":
		m.putText(args[0], substring(m.text(args[1]), args[2], args[3]))
	case "concat":
		m.putText(args[0], m.text(args[1])+m.text(args[2]))
	case "charat":
		return result(out, int(m.text(args[0])[number(args[1])]))
	case "runes":
		return showRunes(out, m.text(args[0]))
	case "appendstr":
		m.put(args[0], m.elem.appendText(m.slice(args[1]), m.text(args[2])))
	case "copystr":
		return result(out, m.elem.copyText(m.slice(args[0]), m.text(args[1])))
	}
	return append(out, '-')
}

// literal uses the composite literal itself where the count is small enough to write down.
func (m *slices[T]) literal(ks []string) []T {
	values := make([]T, len(ks))
	for i, k := range ks {
		values[i] = m.elem.of(number64(k))
	}
	switch len(values) {
	case 0:
		return []T{}
	case 1:
		return []T{values[0]}
	case 2:
		return []T{values[0], values[1]}
	case 3:
		return []T{values[0], values[1], values[2]}
	}
	return values
}

// appendN appends k, k+1, ... at once, by the variadic form where n is small enough to write down.
func (m *slices[T]) appendN(s []T, n int, k int64) []T {
	values := make([]T, n)
	for i := range values {
		values[i] = m.elem.of(k + int64(i))
	}
	switch n {
	case 2:
		return append(s, values[0], values[1])
	case 3:
		return append(s, values[0], values[1], values[2])
	}
	return append(s, values...)
}

func subslice[T any](s []T, low, high string) []T {
	switch {
	case low == "_" && high == "_":
		return s[:]
	case low == "_":
		return s[:number(high)]
	case high == "_":
		return s[number(low):]
	}
	return s[number(low):number(high)]
}

func subslice3[T any](s []T, low, high, max string) []T {
	if low == "_" {
		return s[:number(high):number(max)]
	}
	return s[number(low):number(high):number(max)]
}

func substring(s, low, high string) string {
	switch {
	case low == "_" && high == "_":
		return s[:]
	case low == "_":
		return s[:number(high)]
	case high == "_":
		return s[number(low):]
	}
	return s[number(low):number(high)]
}

func (m *slices[T]) slice(name string) []T { return m.v[variable(name, 'v', nSlices)] }

func (m *slices[T]) text(name string) string { return m.t[variable(name, 't', nStrings)] }

func (m *slices[T]) put(name string, s []T) {
	m.keptSlices = append(m.keptSlices, s)
	m.v[variable(name, 'v', nSlices)] = s
}

func (m *slices[T]) putText(name string, s string) {
	m.keptStrings = append(m.keptStrings, s)
	m.t[variable(name, 't', nStrings)] = s
}

func variable(name string, letter byte, n int) int {
	if len(name) != 2 || name[0] != letter || int(name[1]-'0') >= n {
		fail("expected a variable %c0..%c%d, got %q", letter, letter, n-1, name)
	}
	return int(name[1] - '0')
}

func number(s string) int { return int(number64(s)) }

func number64(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		fail("expected a 64-bit integer, got %q", s)
	}
	return n
}

func result(out []byte, n int) []byte {
	return strconv.AppendInt(append(out, "= "...), int64(n), 10)
}
