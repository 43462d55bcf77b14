package warehouse

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"testing"
)

func TestTensorsSurviveARoundTrip(t *testing.T) {
	in := []Tensor{
		{Name: "b", Shape: []int{2, 3}, F32: []float32{1, -2, 3.5, 0, 5, 6}},
		{Name: "a", Shape: []int{1}, I32: []int32{-7}},
		{Name: "ptr", Shape: []int{2}, I64: []int64{0, 1 << 40}},
		{Name: "none", Shape: []int{0, 4}, F32: []float32{}},
	}
	var file bytes.Buffer
	if err := writeTensors(&file, in); err != nil {
		t.Fatal(err)
	}
	for shift := range 2 { // aligned in memory, and not
		b := append(make([]byte, shift), file.Bytes()...)[shift:]
		got, err := parseTensors(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range in {
			if !reflect.DeepEqual(got[want.Name], want) {
				t.Errorf("shift %d: got %+v, want %+v", shift, got[want.Name], want)
			}
		}
	}
	var again bytes.Buffer
	in[0], in[2] = in[2], in[0]
	if err := writeTensors(&again, in); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Error("the order of the tensors changed the bytes")
	}
}

func TestTensorsRefuseWhatIsWrong(t *testing.T) {
	for name, in := range map[string][]Tensor{
		"two slices":  {{Name: "a", Shape: []int{1}, F32: []float32{1}, I32: []int32{1}}},
		"wrong shape": {{Name: "a", Shape: []int{2}, F32: []float32{1}}},
		"same name":   {{Name: "a", Shape: []int{1}, F32: []float32{1}}, {Name: "a", Shape: []int{1}, F32: []float32{1}}},
	} {
		if writeTensors(&bytes.Buffer{}, in) == nil {
			t.Errorf("%s: written", name)
		}
	}
	file := func(header string, data int) []byte {
		b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
		return append(append(b, header...), make([]byte, data)...)
	}
	for name, b := range map[string][]byte{
		"short":         {1, 2},
		"header beyond": binary.LittleEndian.AppendUint64(nil, 99),
		"no JSON":       file("{", 0),
		"outside":       file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 4),
		"backwards":     file(`{"a":{"dtype":"F32","shape":[0],"data_offsets":[4,0]}}`, 4),
		"shape":         file(`{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}`, 4),
		"huge shape":    file(`{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}`, 4),
		"type":          file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}}`, 4),
	} {
		if _, err := parseTensors(b); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

func FuzzParseTensors(f *testing.F) {
	var file bytes.Buffer
	if err := writeTensors(&file, []Tensor{{Name: "a", Shape: []int{2}, F32: []float32{1, 2}}, {Name: "p", Shape: []int{1}, I64: []int64{3}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte{2, 0, 0, 0, 0, 0, 0, 0, '{', '}'})
	f.Fuzz(func(t *testing.T, b []byte) {
		tensors, err := parseTensors(b)
		if err != nil {
			return
		}
		var list []Tensor
		for _, x := range tensors {
			list = append(list, x)
		}
		var out bytes.Buffer
		if err := writeTensors(&out, list); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := parseTensors(out.Bytes())
		if err != nil || len(again) != len(tensors) {
			t.Fatalf("written again, %d of %d tensors are read: %v", len(again), len(tensors), err)
		}
	})
}
