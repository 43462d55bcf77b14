// Package frontend holds the built single-page applications: the shop at /,
// the admin console at /admin and the playground at /playground. Before
// `npm run build` the folder is empty but for a marker, so that the Go code
// builds without Node.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns what `npm run build` wrote: index.html, admin/index.html,
// playground/index.html, and assets/ with names that carry their hash. Without
// a build none of them exist.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("frontend: Files: " + err.Error()) // only an invalid path fails
	}
	return sub
}
