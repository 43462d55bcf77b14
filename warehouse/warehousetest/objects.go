package warehousetest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"also/shop"
	"also/warehouse"
)

// RunObjectStorage holds an object storage to its contract. open returns an
// empty one and a folder from which PutFile may take files.
func RunObjectStorage(t *testing.T, open func(t *testing.T) (s warehouse.ObjectStorage, dir string)) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s *objectsCase)
	}{
		{"Put/stores under a new name only", putAbsent},
		{"Put/of many at once, one wins", putRace},
		{"PutFile/stores a file's content", putFile},
		{"Replace/makes and replaces", replaceObject},
		{"Get/missing is NotFound", getMissing},
		{"GetRange/cuts at the end", getRange},
		{"Local/is a file with the content", localFile},
		{"List/by prefix, by name", listObjects},
		{"Delete/missing is no error", deleteObject},
		{"names lead nowhere else", badNames},
		{"a cancelled context stops all", cancelled},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, dir := open(t)
			c.test(t, &objectsCase{s, t, dir})
		})
	}
}

type objectsCase struct {
	warehouse.ObjectStorage
	t   *testing.T
	dir string
}

func (s *objectsCase) put(name, data string) {
	s.t.Helper()
	if err := s.Put(context.Background(), name, []byte(data)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *objectsCase) want(name, data string) {
	s.t.Helper()
	got, err := s.Get(context.Background(), name)
	if err != nil || string(got) != data {
		s.t.Fatalf("Get(%q) = %q, %v, want %q", name, got, err, data)
	}
}

func wantCode(t *testing.T, what string, err error, code shop.Code) {
	t.Helper()
	if shop.CodeOf(err) != code {
		t.Errorf("%s: error %v, want %s", what, err, code)
	}
}

func putAbsent(t *testing.T, s *objectsCase) {
	s.put("a/b/c.txt", "one")
	s.put("a/b/empty", "")
	wantCode(t, "Put again", s.Put(context.Background(), "a/b/c.txt", []byte("two")), shop.Conflict)
	s.want("a/b/c.txt", "one")
	s.want("a/b/empty", "")
}

func putRace(t *testing.T, s *objectsCase) {
	var mu sync.Mutex
	var won []string
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			data := fmt.Sprint(i)
			err := s.Put(context.Background(), "claim", []byte(data))
			if err == nil {
				mu.Lock()
				won = append(won, data)
				mu.Unlock()
				return
			}
			wantCode(t, "Put", err, shop.Conflict)
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Fatalf("%d won, want 1", len(won))
	}
	s.want("claim", won[0])
}

func putFile(t *testing.T, s *objectsCase) {
	write := func(name, data string) string {
		path := filepath.Join(s.dir, name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if err := s.PutFile(context.Background(), "x/file", write("1", "content")); err != nil {
		t.Fatal(err)
	}
	s.want("x/file", "content")
	wantCode(t, "PutFile again", s.PutFile(context.Background(), "x/file", write("2", "other")), shop.Conflict)
	s.want("x/file", "content")
	if err := s.PutFile(context.Background(), "x/none", filepath.Join(s.dir, "none")); err == nil {
		t.Error("a missing file was stored")
	}
}

func replaceObject(t *testing.T, s *objectsCase) {
	for _, data := range []string{"1", "", "a longer text"} {
		if err := s.Replace(context.Background(), "CURRENT", []byte(data)); err != nil {
			t.Fatal(err)
		}
		s.want("CURRENT", data)
	}
}

func getMissing(t *testing.T, s *objectsCase) {
	s.put("a/b", "x")
	for _, name := range []string{"none", "a", "a/c", "none/at/all"} {
		_, err := s.Get(context.Background(), name)
		wantCode(t, "Get "+name, err, shop.NotFound)
		_, err = s.GetRange(context.Background(), name, 0, 1)
		wantCode(t, "GetRange "+name, err, shop.NotFound)
		_, err = s.Local(context.Background(), name)
		wantCode(t, "Local "+name, err, shop.NotFound)
	}
}

func getRange(t *testing.T, s *objectsCase) {
	s.put("digits", "0123456789")
	f := func(offset, n int64, want string) {
		t.Helper()
		got, err := s.GetRange(context.Background(), "digits", offset, n)
		if err != nil || string(got) != want {
			t.Errorf("GetRange(%d, %d) = %q, %v, want %q", offset, n, got, err, want)
		}
	}
	f(0, 10, "0123456789")
	f(3, 4, "3456")
	f(8, 4, "89")
	f(10, 4, "")
	f(12, 4, "")
	f(4, 0, "")
}

func localFile(t *testing.T, s *objectsCase) {
	data := bytes.Repeat([]byte("content "), 10000)
	if err := s.Put(context.Background(), "big", data); err != nil {
		t.Fatal(err)
	}
	path, err := s.Local(context.Background(), "big")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, data) {
		t.Fatalf("the file holds %d bytes, %v, want %d", len(got), err, len(data))
	}
}

func listObjects(t *testing.T, s *objectsCase) {
	for _, name := range []string{"b/2", "b/10", "a", "b/1", "b/c/d", "bb"} {
		s.put(name, name+name)
	}
	f := func(prefix string, want ...string) {
		t.Helper()
		var got []string
		for o, err := range s.List(context.Background(), prefix) {
			if err != nil {
				t.Fatal(err)
			}
			if int(o.Bytes) != 2*len(o.Name) || o.Modified.IsZero() {
				t.Errorf("List: %+v", o)
			}
			got = append(got, o.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("List(%q) = %q, want %q", prefix, got, want)
		}
	}
	f("", "a", "b/1", "b/10", "b/2", "b/c/d", "bb")
	f("b", "b/1", "b/10", "b/2", "b/c/d", "bb")
	f("b/", "b/1", "b/10", "b/2", "b/c/d")
	f("b/1", "b/1", "b/10")
	f("b/c/", "b/c/d")
	f("none/")
	for range s.List(context.Background(), "b/") {
		break // stopping early is fine
	}
}

func deleteObject(t *testing.T, s *objectsCase) {
	s.put("a/b", "x")
	for range 2 {
		if err := s.Delete(context.Background(), "a/b"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Get(context.Background(), "a/b")
	wantCode(t, "Get after Delete", err, shop.NotFound)
	s.put("a/b", "again")
	s.want("a/b", "again")
}

func badNames(t *testing.T, s *objectsCase) {
	for _, name := range []string{"", "/a", "../a", "a/../../b", "a//b", "a/", "./a"} {
		wantCode(t, fmt.Sprintf("Put %q", name), s.Put(context.Background(), name, nil), shop.BadUserInput)
		_, err := s.Get(context.Background(), name)
		wantCode(t, fmt.Sprintf("Get %q", name), err, shop.BadUserInput)
	}
}

func cancelled(t *testing.T, s *objectsCase) {
	s.put("a", "x")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Put(ctx, "b", nil); err == nil {
		t.Error("Put went on")
	}
	if _, err := s.Get(ctx, "a"); err == nil {
		t.Error("Get went on")
	}
	if err := s.Delete(ctx, "a"); err == nil {
		t.Error("Delete went on")
	}
	s.want("a", "x")
}
