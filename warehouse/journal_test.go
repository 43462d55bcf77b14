package warehouse_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"also/shop"
	"also/warehouse"
	"also/warehouse/warehousetest"
)

// journalOf makes a lake of n entries, an event each, and returns the folder
// and the path of its only segment.
func journalOf(t *testing.T, n int) (dir, segment string) {
	t.Helper()
	dir = t.TempDir()
	l, err := warehouse.Open(dir, "demo", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for i := range n {
		if _, err := l.Append(context.Background(), []warehouse.Entry{warehousetest.EntryOf("shop", fmt.Sprintf("%d-0", i+1), 1)}); err != nil {
			t.Fatal(err)
		}
	}
	return dir, filepath.Join(dir, "demo", "journal", "00000001.jsonl")
}

func change(t *testing.T, path string, f func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, f(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestJournalCutsATornEnd(t *testing.T) {
	for name, tear := range map[string]func([]byte) []byte{
		"half a line":           func(b []byte) []byte { return b[:len(b)-100] },
		"no line feed":          func(b []byte) []byte { return b[:len(b)-1] },
		"one byte of a line":    func(b []byte) []byte { return b[:bytes.LastIndexByte(b[:len(b)-1], '\n')+2] },
		"zeros for the content": func(b []byte) []byte { return append(b[:len(b)-200], make([]byte, 200)...) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, segment := journalOf(t, 3)
			change(t, segment, tear)
			l, err := warehouse.Open(dir, "demo", warehouse.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			head, ends, err := l.Ends(context.Background())
			if err != nil || head != 2 || ends["shop"] != "2-0" || l.Torn() == 0 {
				t.Fatalf("head %d, ends %v, torn %d, %v", head, ends, l.Torn(), err)
			}
			if head, err := l.Append(context.Background(), []warehouse.Entry{warehousetest.EntryOf("shop", "3-0", 1)}); err != nil || head != 3 {
				t.Fatalf("Append = %d, %v", head, err)
			}
		})
	}
}

// Lines of one write may reach the disk in any order: a hole among them is no damage.
func TestJournalCutsATornGroup(t *testing.T) {
	dir, segment := journalOf(t, 2)
	l, err := warehouse.Open(dir, "demo", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var group []warehouse.Entry
	for i := range 10 {
		group = append(group, warehousetest.EntryOf("shop", fmt.Sprintf("%d-0", 3+i), 1))
	}
	if _, err := l.Append(context.Background(), group); err != nil {
		t.Fatal(err)
	}
	l.Close()
	change(t, segment, func(b []byte) []byte {
		at := len(b) / 2
		copy(b[at:], make([]byte, 50))
		return b
	})
	if l, err = warehouse.Open(dir, "demo", warehouse.Options{}); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if head, _, err := l.Ends(context.Background()); err != nil || head < 2 || head >= 12 {
		t.Fatalf("head %d, %v", head, err)
	}
}

func TestJournalRefusesDamage(t *testing.T) {
	lines := func(b []byte) [][]byte { return bytes.SplitAfter(b, []byte("\n")) }
	for name, hurt := range map[string]func([]byte) []byte{
		"a changed byte":     func(b []byte) []byte { b[len(b)/3] ^= 1; return b },
		"a changed checksum": func(b []byte) []byte { b[9] ^= 1; return b },
		"a line is missing":  func(b []byte) []byte { l := lines(b); return bytes.Join(append(l[:1:1], l[2:]...), nil) },
		"a line twice":       func(b []byte) []byte { l := lines(b); return bytes.Join(append(l[:2:2], l[1:]...), nil) },
		"lines exchanged":    func(b []byte) []byte { l := lines(b); l[1], l[2] = l[2], l[1]; return bytes.Join(l, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, segment := journalOf(t, 6)
			change(t, segment, hurt)
			before, err := os.ReadFile(segment)
			if err != nil {
				t.Fatal(err)
			}
			if l, err := warehouse.Open(dir, "demo", warehouse.Options{}); shop.CodeOf(err) != shop.Internal || !strings.Contains(fmt.Sprint(err), "00000001.jsonl") {
				if err == nil {
					l.Close()
				}
				t.Fatalf("Open = %v, want INTERNAL naming the file", err)
			}
			if after, err := os.ReadFile(segment); err != nil || !bytes.Equal(before, after) {
				t.Fatal("the damaged file was changed")
			}
		})
	}
}

func TestOpenRefusesAMissingFile(t *testing.T) {
	for _, gone := range []string{"journal/00000001.jsonl", "manifest/CURRENT", "manifest/00000001.json"} {
		dir, _ := journalOf(t, 2)
		if err := os.Remove(filepath.Join(dir, "demo", gone)); err != nil {
			t.Fatal(err)
		}
		l, err := warehouse.Open(dir, "demo", warehouse.Options{})
		if err == nil {
			l.Close()
			t.Errorf("without %s Open succeeds", gone)
		}
	}
}

func TestOneProcessWrites(t *testing.T) {
	dir := t.TempDir()
	l, err := warehouse.Open(dir, "demo", warehouse.Options{Address: "127.0.0.1:8080"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := warehouse.Open(dir, "demo", warehouse.Options{})
	if err == nil {
		second.Close()
	}
	for _, part := range []string{"127.0.0.1:8080", fmt.Sprint(os.Getpid())} {
		if shop.CodeOf(err) != shop.Conflict || !strings.Contains(fmt.Sprint(err), part) {
			t.Fatalf("a second Open = %v, want CONFLICT that names %q", err, part)
		}
	}
	other, err := warehouse.Open(dir, "other", warehouse.Options{})
	if err != nil {
		t.Fatalf("another shop: %v", err)
	}
	other.Close()
	l.Close()
	if l, err = warehouse.Open(dir, "demo", warehouse.Options{}); err != nil {
		t.Fatalf("after Close: %v", err)
	}
	l.Close()
}

func TestShopNamesStayInTheFolder(t *testing.T) {
	for _, name := range []string{"", "..", "a/b", "/a", "."} {
		if l, err := warehouse.Open(t.TempDir(), name, warehouse.Options{}); shop.CodeOf(err) != shop.BadUserInput {
			if err == nil {
				l.Close()
			}
			t.Errorf("Open(%q) = %v, want BAD_USER_INPUT", name, err)
		}
	}
}

func TestReaderSeesWhatIsAcknowledged(t *testing.T) {
	dir := t.TempDir()
	if _, err := warehouse.OpenReader(dir, "demo", warehouse.Options{}); shop.CodeOf(err) != shop.NotFound {
		t.Fatalf("OpenReader without a lake = %v", err)
	}
	w, err := warehouse.Open(dir, "demo", warehouse.Options{SegmentBytes: 2000})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r, err := warehouse.OpenReader(dir, "demo", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for i := range 20 {
		want, err := w.Append(context.Background(), []warehouse.Entry{warehousetest.EntryOf("shop", fmt.Sprintf("%d-0", i+1), i%3), warehousetest.EntryOf("p00", fmt.Sprintf("%d-0", i+1), 1)})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.Head(context.Background()); err != nil || got != want {
			t.Fatalf("the reader's head is %d, %v, want %d", got, err, want)
		}
		if i%7 == 6 {
			if _, err := w.Compact(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := r.Append(context.Background(), nil); shop.CodeOf(err) != shop.Conflict {
		t.Errorf("a reader's Append = %v", err)
	}
	if _, err := r.Compact(context.Background()); shop.CodeOf(err) != shop.Conflict {
		t.Errorf("a reader's Compact = %v", err)
	}
	size, err := r.Size(context.Background())
	if err != nil || size.Events != 39 || size.ParquetRows == 0 || size.LandingBytes == 0 {
		t.Errorf("Size = %+v, %v", size, err)
	}
}

// Entries go on being appended while a compaction drops the segments before theirs; none
// is lost (and the race detector finds nothing).
func TestAppendWhileCompacting(t *testing.T) {
	l, err := warehouse.Open(t.TempDir(), "demo", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx := context.Background()
	stop, failed := make(chan struct{}), make(chan error, 1)
	var appended atomic.Int64
	go func() {
		for {
			select {
			case <-stop:
				failed <- nil
				return
			default:
			}
			if _, err := l.Append(ctx, []warehouse.Entry{warehousetest.EntryOf("shop", fmt.Sprintf("%d-0", appended.Load()+1), 1)}); err != nil {
				failed <- err
				return
			}
			appended.Add(1)
		}
	}()
	var moved int64
	compact := func() {
		r, err := l.Compact(ctx)
		if err != nil {
			t.Error(err)
		}
		moved += int64(r.Events)
	}
	for n := 0; len(failed) == 0 && (n < 8 || appended.Load() < 100); n++ {
		compact()
	}
	close(stop)
	if err := <-failed; err != nil {
		t.Fatal(err)
	}
	if head, _, err := l.Ends(ctx); err != nil || head != warehouse.Position(appended.Load()) {
		t.Errorf("the lake ends at %d, %v, after %d entries", head, err, appended.Load())
	}
	if compact(); moved != appended.Load() {
		t.Errorf("%d events are in Parquet of %d", moved, appended.Load())
	}
}
