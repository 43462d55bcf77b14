package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"also/shop"
)

// EventIDs returns how often each event is in the lake, and checks that its
// position is its own.
func (l *Lake) EventIDs(ctx context.Context) (map[string]int, error) {
	ids := map[string]int{}
	err := l.read(ctx, func(s *snapshot) error {
		clear(ids)
		v, err := l.view(ctx, s, nil)
		if err != nil {
			return err
		}
		defer v.close()
		rows, err := v.conn.QueryContext(ctx, "SELECT CAST(id AS VARCHAR), position FROM lake")
		if err != nil {
			return err
		}
		defer rows.Close()
		at := map[int64]string{}
		for rows.Next() {
			var id string
			var p sql.NullInt64
			if err := rows.Scan(&id, &p); err != nil {
				return err
			}
			if at[p.Int64] != "" || p.Int64 < 1 || Position(p.Int64) > s.Head {
				return fmt.Errorf("event %s is at %d of %d, where %s is", id, p.Int64, s.Head, at[p.Int64])
			}
			at[p.Int64] = id
			ids[id]++
		}
		return rows.Err()
	})
	return ids, err
}

// PublishEvents publishes events as an import does.
func (l *Lake) PublishEvents(ctx context.Context, id string, events []shop.Event) error {
	dir, err := l.stage("import")
	if err != nil {
		return err
	}
	defer l.unstage(dir)
	var files []ParquetFile
	v, err := l.connect(ctx)
	if err != nil {
		return err
	}
	defer v.close()
	for i, e := range events {
		f := ParquetFile{Name: fmt.Sprintf("%d.parquet", i), Day: e.Day(), Kind: BehaviourFile, Rows: 1, Min: Position(i + 1), Max: Position(i + 1)}
		path := filepath.Join(dir, f.Name)
		q := fmt.Sprintf(`COPY (SELECT %d::BIGINT AS position, '%s'::UUID AS id, '%s' AS type, epoch_ms(%d) AS occurred_at, epoch_ms(%d) AS recorded_at,
			%d::BIGINT AS customer, NULL::BIGINT AS session, '%s' AS sku, NULL::BIGINT AS quantity, NULL::BIGINT AS price_minor, NULL::VARCHAR AS currency,
			NULL::INTEGER AS rating, NULL::VARCHAR AS order_id, NULL::BIGINT AS line, NULL::VARCHAR AS recommendation_id, NULL::VARCHAR AS query,
			NULL::VARCHAR AS source, NULL::UUID AS ref, NULL::VARCHAR AS payload, NULL::VARCHAR AS extra) TO '%s' (FORMAT parquet)`,
			i+1, e.ID, e.Type, e.OccurredAt.UnixMilli(), e.RecordedAt.UnixMilli(), e.Customer, e.SKU, path)
		if _, err := v.conn.ExecContext(ctx, q); err != nil {
			return err
		}
		files = append(files, f)
	}
	_, _, err = l.publishImport(ctx, id, dir, files)
	if shop.CodeOf(err) == shop.Conflict {
		return nil
	}
	return err
}

// DataFiles returns the names of all files that make up the lake or could.
func (l *Lake) DataFiles() ([]string, error) {
	var names []string
	err := filepath.WalkDir(l.root, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "lock" {
			rel, rerr := filepath.Rel(l.root, path)
			names, err = append(names, filepath.ToSlash(rel)), rerr
		}
		return err
	})
	return names, err
}

// NamedFiles returns the names of the files of the current manifest.
func (l *Lake) NamedFiles() []string { return l.current().names() }

// Hold pins the lake as it is until release.
func (l *Lake) Hold(ctx context.Context) (head Position, release func(), err error) {
	s, err := l.snapshot(ctx)
	if err != nil {
		return 0, nil, err
	}
	return s.Head, s.release, nil
}

// MergeFrom is mergeFrom.
const MergeFrom = mergeFrom

// Since is a moment of the tests.
var Since = time.Date(2022, 10, 1, 12, 0, 0, 0, time.UTC)
