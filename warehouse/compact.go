package warehouse

import (
	"context"

	"also/shop"
)

// What the SQL half writes, all of it into a staging folder, for this half to
// check, sync, name and publish. A returned file's Name is its path within the folder
// ("day=2022-10-01/0.parquet"); Day, Rows, Min and Max are set; Base, Bytes and SHA256 are not.
//
//	// writeParquet turns the landing into Parquet, one file or more a UTC day of occurred_at, sorted by
//	// position, without the events that existing(day) holds already or that were met earlier in the landing.
//	func (l *Lake) writeParquet(ctx context.Context, landing []LandingFile, existing func(day string) []ParquetFile, dir string) ([]ParquetFile, error)
//
//	// rewriteParquet writes all events of a day's files into one file, with absolute positions (Base added), leaving out
//	// those whose customer or session is one of without, and PRODUCT… payloads as they are. Nothing left: no file.
//	func (l *Lake) rewriteParquet(ctx context.Context, day string, files []ParquetFile, without []shop.UserID, dir string) ([]ParquetFile, error)
//
//	// parquetOf returns those of the files that hold events of the users.
//	func (l *Lake) parquetOf(ctx context.Context, users []shop.UserID, files []ParquetFile) ([]ParquetFile, error)

// stage makes an empty folder in the lake to write files aside in. The caller
// removes it when done; one left by a crash is removed when the lake is next opened for writing.
func (l *Lake) stage(kind string) (dir string, err error) { return "", nil }

// publishImport makes files that an import wrote aside part of the lake, with
// its control records (the users of customer ids, …), in one step: all or nothing
// after a crash. dir is a folder from stage, the files are as described above, but that their
// column position counts the import's events from 1 (Min and Max too): they get their place in the
// lake's order here, by Base, so appends go on meanwhile. It returns the positions of the first and the last
// event; shop.Conflict if an import of that id was published before. Later stages of a
// large import may publish under further ids ("<id>/2").
func (l *Lake) publishImport(ctx context.Context, id, dir string, files []ParquetFile, control []shop.ControlRecord) (first, last Position, err error) {
	return 0, 0, nil
}

// importDone reports whether an import of that id was published.
func (l *Lake) importDone(id string) bool { return false }
