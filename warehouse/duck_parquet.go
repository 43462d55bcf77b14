package warehouse

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"also/shop"
)

// connect opens a connection that sees no snapshot.
func (l *Lake) connect(ctx context.Context) (*view, error) {
	db, err := l.engine()
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to DuckDB: %w", interrupted(ctx, err))
	}
	return &view{conn: conn}, nil
}

// writeParquet turns the landing into Parquet under dir, one file a UTC day of
// occurred_at and kind, sorted by position, without the events that
// existing(day) holds already or that were met earlier in the landing.
func (l *Lake) writeParquet(ctx context.Context, landing []LandingFile, existing func(day string) []ParquetFile, dir string) ([]ParquetFile, error) {
	v, err := l.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	if err := v.loadLanding(ctx, l, landing, existing); err != nil {
		return nil, err
	}
	return writeTable(ctx, []*view{v}, "landing", dir)
}

// rewriteParquet writes all events of a day's files into one file a kind, with
// absolute positions, leaving out those whose customer or session is one of
// without. Nothing left: no file.
func (l *Lake) rewriteParquet(ctx context.Context, day string, files []ParquetFile, without []shop.UserID, dir string) ([]ParquetFile, error) {
	if len(files) == 0 {
		return nil, nil
	}
	v, err := l.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	data := map[string]any{"Day": day, "Groups": l.parquetGroups(files, nil), "Without": joinUsers(without), "Salt": salt()}
	if err := v.exec(ctx, "parquet_rewrite", data); err != nil {
		return nil, err
	}
	return writeTable(ctx, []*view{v}, "rewritten", dir)
}

// salt is a text that nobody can guess.
func salt() string {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		panic("warehouse: salt: " + err.Error())
	}
	return hex.EncodeToString(b)
}

// parquetOf returns those of the files that hold events of the users.
func (l *Lake) parquetOf(ctx context.Context, users []shop.UserID, files []ParquetFile) ([]ParquetFile, error) {
	if len(users) == 0 || len(files) == 0 {
		return nil, nil
	}
	v, err := l.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	byPath := map[string]ParquetFile{}
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = l.path(f.Name)
		byPath[paths[i]] = f
	}
	found := map[string]bool{}
	err = v.query(ctx, "parquet_of", map[string]any{"Files": paths, "Users": joinUsers(users)}, func(scan func(...any) error) error {
		var path string
		if err := scan(&path); err != nil {
			return err
		}
		found[path] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []ParquetFile
	for _, p := range paths { // in the order given
		if found[p] {
			out = append(out, byPath[p])
		}
	}
	return out, nil
}

// writeTable writes a table of events, which has the columns of the view lake
// and is seen by all the connections, into a file a day and kind under dir.
func writeTable(ctx context.Context, conns []*view, table, dir string) ([]ParquetFile, error) {
	var files []ParquetFile
	err := conns[0].query(ctx, "parquet_parts", map[string]any{"Table": table}, func(scan func(...any) error) error {
		var f ParquetFile
		if err := scan(&f.Day, &f.Kind, &f.Rows, &f.Min, &f.Max); err != nil {
			return err
		}
		f.Name = "day=" + f.Day + "/" + string(f.Kind) + ".parquet"
		files = append(files, f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = parallel(ctx, conns, len(files), func(ctx context.Context, v *view, i int) error {
		f := files[i]
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return v.exec(ctx, "parquet_write", map[string]any{"Table": table, "Day": f.Day, "Kind": string(f.Kind), "Path": path})
	})
	return files, err
}

// joinUsers writes user ids as SQL does in a list, "1, 2".
func joinUsers(users []shop.UserID) string {
	s := make([]string, len(users))
	for i, u := range users {
		s[i] = u.String()
	}
	return strings.Join(s, ", ")
}

// parallel runs f for the numbers below n, one connection each at a time.
func parallel(ctx context.Context, conns []*view, n int, f func(ctx context.Context, v *view, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	next := make(chan int)
	group.Go(func() error {
		defer close(next)
		for i := range n {
			select {
			case next <- i:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for _, v := range conns {
		group.Go(func() error {
			for i := range next {
				if err := f(ctx, v, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
