package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"also/shop"
)

// publishImport makes files that an import wrote aside part of the lake, with
// its control records (the users of customer ids, …). dir is a folder from stage; the
// files are as publishFiles describes, but that their column position counts the import's events from 1
// (Min and Max too): they get their place in the lake's order here, by Base, so appends go on meanwhile.
//
// The control records go first, through the journal; then all files appear in one step. After
// a crash between the two the records are there and the import can be published again: it must make the same ones.
// It returns the positions of the first and the last event; shop.Conflict if an import of that id was
// published before. A large import may publish its stages under further ids ("<id>/2").
func (l *Lake) publishImport(ctx context.Context, id, dir string, files []ParquetFile, control []shop.ControlRecord) (first, last Position, err error) {
	if l.log == nil {
		return 0, 0, errReadOnly
	}
	l.changing.Lock()
	defer l.changing.Unlock()
	if l.importDone(id) {
		return 0, 0, shop.Errorf(shop.Conflict, "", "import %s was published before", id)
	}
	if err := l.importControl(ctx, id, control); err != nil {
		return 0, 0, fmt.Errorf("import %s: %w", id, err)
	}
	m := l.current().successor(l.opts.Now())
	if files, err = l.publishFiles(ctx, dir, files, m.Number); err != nil {
		return 0, 0, fmt.Errorf("import %s: %w", id, err)
	}
	m.Imports = append(m.Imports, id)
	var events Position
	for _, f := range files {
		events = max(events, f.Max)
	}
	first, err = l.log.interpose(func(first Position) error {
		for i := range files {
			files[i].Base = first - 1
			files[i].Min += first - 1
			files[i].Max += first - 1
		}
		m.Parquet = append(m.Parquet, files...)
		if events > 0 {
			m.Taken = append(m.Taken, span{first, first + events - 1})
		}
		return l.commit(ctx, m, func() { l.log.skip(events) })
	})
	if err != nil {
		return 0, 0, fmt.Errorf("import %s: %w", id, err)
	}
	return first, first + events - 1, nil
}

// importBatch is how many control records of an import share a journal line.
const importBatch = 1000

// importControl appends an import's control records, each once however often it is called.
func (l *Lake) importControl(ctx context.Context, id string, control []shop.ControlRecord) error {
	var entries []Entry
	for batch := range slices.Chunk(control, importBatch) {
		body, err := json.Marshal(map[string]any{"control": batch})
		if err != nil {
			return fmt.Errorf("encode control records: %w", err)
		}
		no := strconv.Itoa(len(entries) + 1)
		entries = append(entries, Entry{Outbox: "import/" + id, ID: no, At: l.opts.Now(), Body: body})
	}
	_, err := l.log.append(entries)
	return err
}

// importDone reports whether an import of that id was published.
func (l *Lake) importDone(id string) bool { return slices.Contains(l.current().Imports, id) }
