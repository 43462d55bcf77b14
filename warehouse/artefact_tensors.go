package warehouse

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"unsafe"
)

// Tensor is a named array of an artefact. Exactly one of the slices is set; its
// length is the product of Shape.
type Tensor struct {
	Name  string
	Shape []int
	F32   []float32
	I32   []int32
	I64   []int64
}

// maxTensorHeader is the longest header of a safetensors file that is read.
const maxTensorHeader = 1 << 20

// tensorHeader is one entry of the header of a safetensors file.
type tensorHeader struct {
	DType   string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

func (t Tensor) layout() (dtype string, size, n int, err error) {
	set := 0
	if t.F32 != nil {
		dtype, size, n, set = "F32", 4, len(t.F32), set+1
	}
	if t.I32 != nil {
		dtype, size, n, set = "I32", 4, len(t.I32), set+1
	}
	if t.I64 != nil {
		dtype, size, n, set = "I64", 8, len(t.I64), set+1
	}
	if set != 1 {
		return "", 0, 0, fmt.Errorf("tensor %q: want exactly one slice, have %d", t.Name, set)
	}
	want := 1
	for _, d := range t.Shape {
		want *= d
	}
	if want != n {
		return "", 0, 0, fmt.Errorf("tensor %q: %d values do not fill the shape %v", t.Name, n, t.Shape)
	}
	return dtype, size, n, nil
}

// writeTensors writes the tensors in the safetensors format: eight-byte types
// first, so that every array is aligned, and by name within a type. Equal tensors give equal bytes.
func writeTensors(w io.Writer, tensors []Tensor) error {
	type placed struct {
		Tensor
		size int
	}
	var order []placed
	header := map[string]tensorHeader{}
	for _, t := range tensors {
		_, size, _, err := t.layout()
		if err != nil {
			return err
		}
		order = append(order, placed{t, size})
	}
	slices.SortFunc(order, func(a, b placed) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.Name, b.Name))
	})
	at := int64(0)
	for _, t := range order {
		dtype, size, n, _ := t.layout()
		if _, twice := header[t.Name]; twice || t.Name == "__metadata__" {
			return fmt.Errorf("tensor %q: the name is taken", t.Name)
		}
		shape := t.Shape
		if shape == nil {
			shape = []int{}
		}
		header[t.Name] = tensorHeader{dtype, shape, [2]int64{at, at + int64(n*size)}}
		at += int64(n * size)
	}
	head, err := json.Marshal(header) // sorted by name
	if err != nil {
		return err
	}
	for len(head)%8 != 0 { // the format pads with spaces; the data then begin at a multiple of 8
		head = append(head, ' ')
	}
	out := bufio.NewWriterSize(w, 1<<20)
	if err := binary.Write(out, binary.LittleEndian, uint64(len(head))); err != nil {
		return err
	}
	if _, err := out.Write(head); err != nil {
		return err
	}
	for _, t := range order {
		if err := binary.Write(out, binary.LittleEndian, t.values()); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (t Tensor) values() any {
	switch {
	case t.F32 != nil:
		return t.F32
	case t.I32 != nil:
		return t.I32
	}
	return t.I64
}

var errTensors = errors.New("not a safetensors file")

// parseTensors reads the safetensors format. The tensors share b's memory where
// it is aligned for them.
func parseTensors(b []byte) (map[string]Tensor, error) {
	if len(b) < 8 {
		return nil, fmt.Errorf("%w: %d bytes", errTensors, len(b))
	}
	n := binary.LittleEndian.Uint64(b)
	if n > maxTensorHeader || n > uint64(len(b)-8) {
		return nil, fmt.Errorf("%w: its header has %d bytes", errTensors, n)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b[8:8+n], &raw); err != nil {
		return nil, fmt.Errorf("%w: %w", errTensors, err)
	}
	data := b[8+n:]
	tensors := map[string]Tensor{}
	for name, text := range raw {
		if name == "__metadata__" {
			continue
		}
		var h tensorHeader
		if err := json.Unmarshal(text, &h); err != nil {
			return nil, fmt.Errorf("%w: tensor %q: %w", errTensors, name, err)
		}
		t, err := h.tensor(name, data)
		if err != nil {
			return nil, err
		}
		tensors[name] = t
	}
	return tensors, nil
}

func (h tensorHeader) tensor(name string, data []byte) (Tensor, error) {
	bad := func(what string) (Tensor, error) {
		return Tensor{}, fmt.Errorf("%w: tensor %q: %s", errTensors, name, what)
	}
	from, to := h.Offsets[0], h.Offsets[1]
	if from < 0 || to < from || to > int64(len(data)) {
		return bad(fmt.Sprintf("its bytes %d to %d lie outside the file", from, to))
	}
	values := int64(1)
	for _, d := range h.Shape {
		if d < 0 || (d > 0 && values > math.MaxInt64/8/int64(d)) {
			return bad("its shape makes no sense")
		}
		values *= int64(d)
	}
	size := int64(4)
	if h.DType == "I64" {
		size = 8
	}
	if values*size != to-from {
		return bad(fmt.Sprintf("%d bytes do not hold %v values of %s", to-from, h.Shape, h.DType))
	}
	t := Tensor{Name: name, Shape: h.Shape}
	switch part := data[from:to:to]; h.DType {
	case "F32":
		t.F32 = valuesOf[float32](part)
	case "I32":
		t.I32 = valuesOf[int32](part)
	case "I64":
		t.I64 = valuesOf[int64](part)
	default:
		return bad("its type " + h.DType + " is not one of F32, I32, I64")
	}
	return t, nil
}

// valuesOf reads little-endian values: as they lie, on a little-endian machine
// and where they are aligned, else from a copy.
func valuesOf[T float32 | int32 | int64](b []byte) []T {
	var v T
	size := int(unsafe.Sizeof(v))
	n := len(b) / size
	if n == 0 {
		return []T{}
	}
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 && uintptr(unsafe.Pointer(&b[0]))%uintptr(size) == 0 {
		return unsafe.Slice((*T)(unsafe.Pointer(&b[0])), n)
	}
	out := make([]T, n)
	if _, err := binary.Decode(b, binary.LittleEndian, out); err != nil {
		panic("warehouse: valuesOf: " + err.Error()) // the lengths agree
	}
	return out
}
