package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"also/shop"
)

// Preview is the first rows of an upload, as texts.
type Preview struct {
	Format  string // csv, json or parquet
	Columns []string
	Rows    [][]string // a value per column, empty where there is none
}

// Preview reads the first n rows of an upload.
func (l *Lake) Preview(ctx context.Context, u Upload, n int) (p Preview, err error) {
	v, end, err := l.uploadView(ctx, u)
	if err != nil {
		return p, err
	}
	defer end()
	s, err := v.openSource(ctx, 0, u.path, ImportSpec{Name: u.Name})
	if err != nil {
		return p, renamedField(err, "uploadId")
	}
	p = Preview{Format: s.Format, Columns: s.Columns}
	err = v.query(ctx, "import_preview", map[string]any{"Source": s, "Columns": s.Columns, "Rows": n}, func(scan func(...any) error) error {
		row := make([]string, len(s.Columns))
		targets := make([]any, len(row))
		for i := range row {
			targets[i] = &row[i]
		}
		err := scan(targets...)
		p.Rows = append(p.Rows, row)
		return err
	})
	if err != nil && ctx.Err() == nil {
		return p, &shop.Error{Code: shop.BadUserInput, Field: "uploadId", Err: err,
			Message: fmt.Sprintf("%s cannot be read as %s: save it again, as UTF-8, and send that", u.Name, s.Format)}
	}
	return p, interrupted(ctx, err)
}

// CheckImport fails as Import would at once, before it reads the upload's rows.
func (l *Lake) CheckImport(ctx context.Context, u Upload, spec ImportSpec) error {
	spec.Files, spec.Name, spec.Guarded = []string{u.path}, u.Name, true
	spec, err := spec.withDefaults(l.opts.Now())
	if err != nil {
		return err
	}
	v, end, err := l.uploadView(ctx, u)
	if err != nil {
		return err
	}
	defer end()
	_, err = v.openSource(ctx, 0, u.path, spec)
	var e *shop.Error
	if errors.As(err, &e) && strings.HasPrefix(e.Field, "files") {
		return renamedField(err, "uploadId")
	}
	return err
}

// ImportUpload is Import of an upload, whose expressions are guarded.
func (l *Lake) ImportUpload(ctx context.Context, u Upload, spec ImportSpec, people People, progress func(ImportProgress)) (ImportReport, error) {
	spec.Files, spec.Name, spec.Guarded = []string{u.path}, u.Name, true
	if spec.Source == "" {
		spec.Source = u.Name
	}
	return l.Import(ctx, spec, people, progress)
}

// uploadView is a DuckDB of its own that reads the upload only.
func (l *Lake) uploadView(ctx context.Context, u Upload) (*view, func(), error) {
	opts := l.opts
	if opts.Memory == "" {
		opts.Memory = importMemory
	}
	db, err := openDuck(opts)
	if err != nil {
		return nil, nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		_ = db.Close() // in memory
		return nil, nil, interrupted(ctx, err)
	}
	v := &view{conn: conn}
	end := func() { closeView(v, db) }
	if err := v.exec(ctx, "import_lock", map[string]any{"Folders": []string{filepath.Dir(u.path)}, "Files": []string{u.path}}); err != nil {
		end()
		return nil, nil, err
	}
	return v, end, nil
}

func closeView(v *view, db *sql.DB) {
	v.close()
	_ = db.Close() // in memory: nothing can be lost
}
