package warehouse

import (
	"context"
	"fmt"
	"slices"

	"also/shop"
)

// publishImport makes files that an import wrote aside part of the lake, in one
// step: all or nothing after a crash. dir is a folder from stage; the
// files are as publishFiles describes, but that their column position counts the import's events from 1
// (Min and Max too): they get their place in the lake's order here, by Base, so appends go on meanwhile. It returns
// the positions of the first and the last event; shop.Conflict if an import of that id was
// published before. A large import may publish its stages under further ids ("<id>/2").
func (l *Lake) publishImport(ctx context.Context, id, dir string, files []ParquetFile) (first, last Position, err error) {
	if l.log == nil {
		return 0, 0, errReadOnly
	}
	l.changing.Lock()
	defer l.changing.Unlock()
	if l.importDone(id) {
		return 0, 0, shop.Errorf(shop.Conflict, "", "import %s was published before", id)
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

// importDone reports whether an import of that id was published.
func (l *Lake) importDone(id string) bool { return slices.Contains(l.current().Imports, id) }
