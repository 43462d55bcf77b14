package warehouse

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"text/template"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"also/shop"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// statements are the SQL files, by name. Values reach them as prepared
// parameters ($name); only what SQL cannot take as one (file lists, the
// expressions of an import) is filled in as text.
var statements = template.Must(template.New("sql").Funcs(template.FuncMap{
	"text": sqlText, "texts": sqlTexts, "name": sqlName, "pointer": jsonPointer,
}).ParseFS(sqlFiles, "sql/*.sql"))

// duck is the DuckDB instance of a lake, opened when first asked for. It holds
// no data between questions: each works on a connection of its own.
type duck struct {
	mu     sync.Mutex
	db     *sql.DB
	closed bool

	importing sync.Mutex // held by an import, from its first look at the lake to its last
}

func (d *duck) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.db == nil {
		return nil
	}
	err := d.db.Close()
	d.db = nil
	return err
}

// engine returns the lake's DuckDB.
func (l *Lake) engine() (*sql.DB, error) {
	l.duck.mu.Lock()
	defer l.duck.mu.Unlock()
	if l.duck.closed {
		return nil, errors.New("the lake is closed")
	}
	if l.duck.db == nil {
		db, err := openDuck(l.opts)
		if err != nil {
			return nil, err
		}
		l.duck.db = db
	}
	return l.duck.db, nil
}

// openDuck starts a DuckDB in memory that installs and loads nothing from
// elsewhere and keeps to the options' memory, threads and temporary folder.
func openDuck(o Options) (*sql.DB, error) {
	tmp := o.TempDir
	if tmp == "" {
		tmp = os.TempDir()
	}
	memory := o.Memory
	if memory == "" {
		memory = "1GB"
	}
	settings := []string{
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET allow_community_extensions = false",
		"SET enable_external_file_cache = false", // the operating system's cache serves; ours would count as memory
		"SET memory_limit = " + sqlText(memory),
		// Of this instance alone: two that spill into one folder would overwrite each other's files. DuckDB makes and removes it.
		"SET temp_directory = " + sqlText(filepath.Join(tmp, "also-duckdb-"+shop.NewUUID(o.Now()).String())),
		"SET TimeZone = 'UTC'",
	}
	if o.Threads > 0 {
		settings = append(settings, fmt.Sprintf("SET threads = %d", o.Threads))
	}
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, fmt.Errorf("start DuckDB: %w", err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxIdleConns(0) // a closed connection takes its temporary tables with it
	for _, s := range settings {
		if _, err := db.Exec(s); err != nil {
			db.Close()
			return nil, fmt.Errorf("set up DuckDB: %s: %w", s, err)
		}
	}
	return db, nil
}

// statement returns the text of sql/<name>.sql, filled in with data.
func statement(name string, data any) (string, error) {
	var b strings.Builder
	if err := statements.ExecuteTemplate(&b, name+".sql", data); err != nil {
		return "", fmt.Errorf("sql/%s.sql: %w", name, err)
	}
	return b.String(), nil
}

// sqlText quotes a string as an SQL literal.
func sqlText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// sqlName quotes a string as an SQL identifier.
func sqlName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// sqlTexts quotes strings as an SQL list.
func sqlTexts(list []string) string {
	q := make([]string, len(list))
	for i, s := range list {
		q[i] = sqlText(s)
	}
	return "[" + strings.Join(q, ", ") + "]"
}

// jsonPointer names a key of a JSON object as RFC 6901 does.
func jsonPointer(key string) string {
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}

// interrupted gives a cancelled context's error the place of DuckDB's own.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
