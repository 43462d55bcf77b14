package warehouse

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"also/shop"
)

// importMemory is DuckDB's memory limit for an import, unless Options says
// otherwise: what does not fit is spilled.
const importMemory = "512MB"

// importRun is one import being carried out, with a DuckDB of its own.
type importRun struct {
	lake     *Lake
	spec     ImportSpec
	people   People
	progress func(ImportProgress)
	db       *sql.DB
	view     *view
	close    func()
	dir      string // what is written aside
	sources  []importSource
	lines    []lineCount // by source, of products and customers
	read     rowsRead
	report   ImportReport
}

func (l *Lake) newImportRun(ctx context.Context, spec ImportSpec, people People, progress func(ImportProgress)) (*importRun, error) {
	run := &importRun{lake: l, spec: spec, people: people, progress: progress, report: ImportReport{ID: spec.ID, Reasons: map[string]int64{}}}
	opts := l.opts
	if opts.Memory == "" {
		opts.Memory = importMemory
	}
	db, err := openDuck(opts)
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, interrupted(ctx, err)
	}
	run.db, run.view = db, &view{conn: conn}
	run.close = func() {
		run.view.close()
		db.Close()
	}
	if err := duckdb.RegisterScalarUDF(conn, "rows_read", &run.read); err != nil {
		run.close()
		return nil, fmt.Errorf("count rows: %w", err)
	}
	if run.dir, err = run.makeStage(); err != nil {
		run.close()
		return nil, err
	}
	closeDuck := run.close
	run.close = func() {
		closeDuck()
		os.RemoveAll(run.dir)
	}
	if err := os.MkdirAll(run.folder(), 0o755); err != nil {
		run.close()
		return nil, err
	}
	if spec.Guarded {
		if err := run.lock(ctx); err != nil {
			run.close()
			return nil, err
		}
	}
	for i, f := range spec.Files {
		s, err := run.view.openSource(ctx, i, f, spec)
		if err != nil {
			run.close()
			return nil, err
		}
		run.sources = append(run.sources, s)
	}
	return run, nil
}

// lock leaves the import its own files, the lake's and its stage; nothing in an
// expression changes that.
func (r *importRun) lock(ctx context.Context) error {
	folders := []string{r.dir, r.folder(), filepath.Join(r.lake.root, "events"), filepath.Join(r.lake.root, "journal")}
	return r.view.exec(ctx, "import_lock", map[string]any{"Folders": folders, "Files": r.spec.Files})
}

// makeStage makes the folder to write aside in: in the lake, from where files
// are published by renaming, or for a dry run elsewhere.
func (r *importRun) makeStage() (string, error) {
	if r.spec.DryRun {
		return os.MkdirTemp(r.lake.opts.TempDir, "also-import-")
	}
	return r.lake.stage("import")
}

// folder holds the reports of the import.
func (r *importRun) folder() string { return r.lake.importFolder(r.spec.ID) }

func (l *Lake) importFolder(id string) string { return filepath.Join(l.root, "imports", id) }

const importReportFile = "report.json"

// importReport returns the report of an import that was done; ok is false if
// there is none.
func (l *Lake) importReport(id string) (r ImportReport, ok bool, err error) {
	b, err := os.ReadFile(filepath.Join(l.importFolder(id), importReportFile))
	if errors.Is(err, fs.ErrNotExist) {
		return r, false, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil {
		return r, false, fmt.Errorf("read the report of import %s: %w", id, err)
	}
	return r, true, nil
}

// finish keeps the report: the import of this id is done.
func (r *importRun) finish() error {
	if r.spec.DryRun {
		return nil
	}
	b, err := json.MarshalIndent(r.report, "", "  ")
	if err != nil {
		return err
	}
	tmp := filepath.Join(r.folder(), "."+importReportFile)
	if err := os.WriteFile(tmp, append(b, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(r.folder(), importReportFile))
}

// rejectsFile is the reject report: CSV with file, line, reason and row.
const rejectsFile = "rejects.csv"

func (r *importRun) rejectFile() string { return filepath.Join(r.folder(), rejectsFile) }

// publish makes the files that were written aside part of the lake.
func (r *importRun) publish(ctx context.Context, files []ParquetFile) error {
	if len(files) == 0 || r.spec.DryRun {
		return nil
	}
	r.progress(ImportProgress{Phase: "publish", Rows: r.report.Accepted})
	var err error
	r.report.First, r.report.Last, err = r.lake.publishImport(ctx, r.spec.ID, r.dir, files)
	return err
}

// idPrefix is the hexadecimal text of what shop.DerivedUUID hashes before the
// key of a row, whose own length is not part of it.
func (r *importRun) idPrefix() string { return derivedPrefix("import", r.lake.shop, r.spec.Source) }

// derivedPrefix is what shop.DerivedUUID hashes of the first parts, in hexadecimal.
func derivedPrefix(parts ...string) string {
	var b []byte
	for _, p := range parts {
		b = append(b, byte(len(p)>>24), byte(len(p)>>16), byte(len(p)>>8), byte(len(p)))
		b = append(b, p...)
	}
	return hex.EncodeToString(b)
}

// derivedID is the id of the import's event with a key.
func (r *importRun) derivedID(key ...string) shop.UUID {
	return shop.DerivedUUID(append([]string{"import", r.lake.shop, r.spec.Source}, key...)...)
}
