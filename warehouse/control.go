package warehouse

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"also/shop"
)

// Control yields the latest control record of every name that has a value, by
// name.
func (l *Lake) Control(ctx context.Context) iter.Seq2[shop.ControlRecord, error] {
	return func(yield func(shop.ControlRecord, error) bool) {
		s, err := l.snapshot(ctx)
		if err != nil {
			yield(shop.ControlRecord{}, err)
			return
		}
		defer s.release()
		err = l.mergeControl(ctx, s, func(r shop.ControlRecord) error {
			if !yield(r, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(shop.ControlRecord{}, err)
		}
	}
}

// mergeControl calls f with the latest record of every name that has a value,
// by name: those of the snapshot's control file, changed by its landing.
func (l *Lake) mergeControl(ctx context.Context, s *snapshot, f func(shop.ControlRecord) error) error {
	changed, err := l.landingControl(ctx, s)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(changed))
	// upTo passes on the changed records before a name, or all that are left.
	upTo := func(name string, all bool) error {
		for len(names) > 0 && (all || names[0] < name) {
			if r := (shop.ControlRecord{Name: names[0], Value: changed[names[0]]}); !r.Deleted() {
				if err := f(r); err != nil {
					return err
				}
			}
			names = names[1:]
		}
		return nil
	}
	err = l.controlFile(ctx, s.manifest.Control, func(r shop.ControlRecord) error {
		if err := upTo(r.Name, false); err != nil {
			return err
		}
		if _, ok := changed[r.Name]; ok {
			return nil
		}
		return f(r)
	})
	if err != nil {
		return err
	}
	return upTo("", true)
}

// landingControl returns the latest values in the landing, null for deleted.
func (l *Lake) landingControl(ctx context.Context, s *snapshot) (map[string]json.RawMessage, error) {
	changed := make(map[string]json.RawMessage)
	err := l.lines(ctx, s, func(h lineHead, body []byte) error {
		if !bytes.Contains(body, []byte(`"control":[`)) {
			return nil
		}
		var line struct {
			Control []shop.ControlRecord `json:"control"`
		}
		if err := json.Unmarshal(body, &line); err != nil {
			return damaged("the control records of entry %s/%s cannot be read: %v", h.Outbox, h.ID, err)
		}
		for _, r := range line.Control {
			changed[r.Name] = r.Value
		}
		return nil
	})
	return changed, err
}

// controlFile calls f with the records of a control file, by name; nil is empty.
func (l *Lake) controlFile(ctx context.Context, file *namedFile, f func(shop.ControlRecord) error) error {
	if file == nil {
		return nil
	}
	path, err := l.objects.Local(ctx, file.Name)
	if err != nil {
		return err
	}
	in, err := l.opts.FS.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return missing(file.Name, err)
	}
	defer in.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	for n := 0; ; n++ {
		var r shop.ControlRecord
		err := dec.Decode(&r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged("record %d of %s cannot be read: %v", n, file.Name, err)
		}
		if err := f(r); err != nil {
			return err
		}
	}
}

// compactControl writes the control records as of the snapshot and returns the
// file, the old one if nothing changed. The file is for its owner's eyes only.
func (l *Lake) compactControl(ctx context.Context, s *snapshot, number int64) (*namedFile, error) {
	changed, err := l.landingControl(ctx, s)
	if err != nil {
		return nil, err
	}
	if len(changed) == 0 {
		return s.manifest.Control, nil
	}
	dir, err := l.stage("control")
	if err != nil {
		return nil, err
	}
	defer l.unstage(dir)
	path := filepath.Join(dir, "control.jsonl")
	out, err := l.opts.FS.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write the control records: %w", err)
	}
	w := bufio.NewWriterSize(out, 1<<20)
	enc := json.NewEncoder(w)
	err = l.mergeControl(ctx, s, func(r shop.ControlRecord) error { return enc.Encode(r) })
	if err == nil {
		err = w.Flush()
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, fmt.Errorf("write the control records: %w", err)
	}
	return l.publishFile(ctx, fmt.Sprintf("control/%08d.jsonl", number), path)
}
