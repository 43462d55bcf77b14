package warehouse_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"also/shop"
	"also/warehouse"
)

// ageing is a lake with a clock that the test moves.
type ageing struct {
	*warehouse.Lake
	t   *testing.T
	dir string
	now time.Time
	h   *history
}

func newAgeing(t *testing.T) *ageing {
	a := &ageing{t: t, dir: t.TempDir(), now: warehouse.Since, h: newHistory()}
	a.open()
	t.Cleanup(func() { a.Close() })
	return a
}

func (a *ageing) open() {
	a.t.Helper()
	l, err := warehouse.Open(a.dir, "demo", warehouse.Options{Now: func() time.Time { return a.now }, Keep: time.Hour, Threads: 1})
	a.ok(err)
	a.Lake = l
}

func (a *ageing) ok(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

func (a *ageing) add(user shop.UserID, days ...int) {
	a.t.Helper()
	_, err := a.Append(context.Background(), []warehouse.Entry{a.h.entry(user, days...)})
	a.ok(err)
}

func (a *ageing) compact() warehouse.CompactReport {
	a.t.Helper()
	r, err := a.Compact(context.Background())
	a.ok(err)
	return r
}

func (a *ageing) count(prefix string) int {
	a.t.Helper()
	files, err := a.DataFiles()
	a.ok(err)
	n := 0
	for _, f := range files {
		if strings.HasPrefix(f, prefix) {
			n++
		}
	}
	return n
}

func TestSupersededFilesStayForReaders(t *testing.T) {
	a := newAgeing(t)
	a.add(1, 0)
	a.compact()
	a.add(1, 0)
	a.compact()
	if journal, manifests := a.count("journal/"), a.count("manifest/"); journal != 3 || manifests != 4 {
		t.Errorf("%d journal segments and %d manifest files are there, want 3 and 4", journal, manifests)
	}
	a.now = a.now.Add(2 * time.Hour)
	_, release, err := a.Hold(context.Background()) // reads for longer than an hour
	a.ok(err)
	a.add(1, 0)
	a.compact()
	a.now = a.now.Add(2 * time.Hour)
	a.compact()
	if control, manifests := a.count("control/"), a.count("manifest/"); control != 2 || manifests != 3 {
		t.Errorf("%d control and %d manifest files are there while a reader holds the last but one, want 2 and 3", control, manifests)
	}
	release()
	a.compact()
	if journal, control, manifests := a.count("journal/"), a.count("control/"), a.count("manifest/"); journal != 1 || control != 1 || manifests != 2 {
		t.Errorf("%d journal segments, %d control and %d manifest files are left, want 1, 1 and 2", journal, control, manifests)
	}
	a.ok(a.h.check(a.Lake))
}

func TestOpenSweepsWhatNobodyNames(t *testing.T) {
	a := newAgeing(t)
	a.add(1, 0)
	a.compact()
	for _, name := range []string{"events/day=2022-10-01/x.parquet", "control/00000099.jsonl", "manifest/00000099.json", "staging/y/z"} {
		path := filepath.Join(a.dir, "demo", name)
		a.ok(os.MkdirAll(filepath.Dir(path), 0o755))
		a.ok(os.WriteFile(path, []byte("left by a crash"), 0o600))
	}
	a.ok(a.Close())
	a.open()
	files, err := a.DataFiles()
	a.ok(err)
	for _, f := range files {
		if strings.Contains(f, "99") || strings.HasSuffix(f, "x.parquet") || strings.HasPrefix(f, "staging/") {
			t.Errorf("%s is still there", f)
		}
	}
	a.ok(a.h.check(a.Lake))
}

func TestSmallFilesOfADayAreMerged(t *testing.T) {
	a := newAgeing(t)
	merged := 0
	for i := range warehouse.MergeFrom {
		a.add(shop.UserID(i+1), 0, 3)
		a.add(shop.UserID(i + 1))
		merged += a.compact().Merged
	}
	if names := a.NamedFiles(); merged != 2*warehouse.MergeFrom || len(names) != 3 {
		t.Errorf("%d files were merged, %d are left: %q", merged, len(names), names)
	}
	a.ok(a.h.check(a.Lake))
	if r := a.compact(); r.Files != 0 || r.Merged != 0 {
		t.Errorf("nothing is new, and a compaction did %+v", r)
	}
}

func TestRepeatedEventsAreDropped(t *testing.T) {
	a := newAgeing(t)
	again := a.h.entry(1, 0, 1)
	for range 2 { // the same events under another id: delivered twice, recorded twice
		for range 2 {
			_, err := a.Append(context.Background(), []warehouse.Entry{again})
			a.ok(err)
			a.h.n++
			again.ID = fmt.Sprintf("%d-0", a.h.n)
		}
		a.ok(a.h.check(a.Lake))
		a.compact()
	}
	a.ok(a.h.check(a.Lake))
}

func TestForget(t *testing.T) {
	a := newAgeing(t)
	a.add(1, 0, 1)
	a.add(2, 0)
	a.compact()
	kept := newHistory()
	for _, n := range a.NamedFiles() {
		kept.events[n] = 1
	}
	a.add(1, 0, 2)
	report, err := a.Forget(context.Background(), []shop.UserID{1})
	a.ok(err)
	if report.Files != 4 || report.Events != 4 || report.Sales != 0 { // two files of the first day, one of each other
		t.Errorf("%+v, want 4 files and 4 events", report)
	}
	only2 := shop.DerivedUUID("2", "0").String()
	a.h.events = map[string]int{only2: 1}
	a.ok(a.h.check(a.Lake))
	a.now = a.now.Add(2 * time.Hour)
	a.compact()
	files, err := a.DataFiles()
	a.ok(err)
	for _, f := range files {
		if strings.HasPrefix(f, "events/") && !slices.Contains(a.NamedFiles(), f) {
			t.Errorf("%s still holds what was forgotten", f)
		}
	}
	if report, err := a.Forget(context.Background(), []shop.UserID{1}); err != nil || report.Files != 0 {
		t.Errorf("forgetting again: %+v, %v", report, err)
	}
}

func TestControlRecords(t *testing.T) {
	a := newAgeing(t)
	for range 10 {
		a.add(0)
		a.ok(a.h.check(a.Lake))
		if a.h.n%3 == 0 {
			a.compact()
			a.ok(a.h.check(a.Lake))
		}
	}
	for _, name := range a.NamedFiles() {
		info, err := os.Stat(filepath.Join(a.dir, "demo", name))
		a.ok(err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v", name, info.Mode())
		}
	}
	// SQL cannot see them.
	a.add(5, 0)
	err := a.SQL(context.Background(), "SELECT * FROM events", func(columns []string, row []any) error {
		if strings.Contains(fmt.Sprint(row), "key/") || slices.Contains(columns, "control") {
			t.Errorf("SQL shows control records: %v", row)
		}
		return nil
	})
	a.ok(err)
}

func TestVerifyFindsDamage(t *testing.T) {
	a := newAgeing(t)
	a.add(1, 0)
	a.compact()
	for _, name := range a.NamedFiles() {
		path := filepath.Join(a.dir, "demo", name)
		a.ok(a.Verify(context.Background()))
		change(t, path, func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
		if err := a.Verify(context.Background()); shop.CodeOf(err) != shop.Internal || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is damaged, and Verify = %v", name, err)
		}
		change(t, path, func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
	}
}
