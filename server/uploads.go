package server

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/go-chi/chi/v5"

	"also/graph"
	"also/imports"
	"also/shop"
	"also/warehouse"
)

// uploadPatience is how long an upload may bring nothing before it is given up.
const uploadPatience = time.Minute

// onlyAdmin lets admins through: with a key of that role, or signed in to the console.
func (s *Server) onlyAdmin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch role := graph.CallerOf(r.Context()).Role; role {
		case shop.RoleAdmin:
			next.ServeHTTP(w, r)
		case "":
			s.fail(w, r, shop.Errorf(shop.Unauthenticated, "", "this needs a key of role ADMIN: send it as Authorization: Bearer …, or sign in to the console"))
		default:
			s.fail(w, r, shop.Errorf(shop.Forbidden, "", "this needs a key of role ADMIN; yours is %s", role))
		}
	})
}

// upload keeps the body of POST /uploads?name=products.csv, to be imported. It
// answers {"id", "name", "size"}.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > s.MaxUpload {
		s.uploadTooLarge(w, r)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.streams.ended, cancel)()
	body := &patientBody{ctx: ctx, from: http.MaxBytesReader(w, r.Body, s.MaxUpload), conn: http.NewResponseController(w)}
	u, err := s.Resolver.Imports.Receive(ctx, r.URL.Query().Get("name"), body)
	var large *http.MaxBytesError
	switch {
	case err == nil:
		writeJSON(w, http.StatusCreated, map[string]any{"id": u.ID, "name": u.Name, "size": u.Size})
	case errors.As(err, &large):
		s.uploadTooLarge(w, r)
	case errors.Is(err, syscall.ENOSPC):
		s.fail(w, r, &shop.Error{Code: shop.Unavailable, Err: err, Message: "the server's disk is full: make room, and send the file again"})
	case body.failed != nil:
		s.fail(w, r, &shop.Error{Code: shop.BadUserInput, Err: err, Message: "the upload was broken off, and nothing of it is kept: send the file again"})
	default:
		s.fail(w, r, err)
	}
}

func (s *Server) uploadTooLarge(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close") // what is left of the body is not read
	s.refuse(w, r, http.StatusRequestEntityTooLarge, shop.Errorf(shop.BadUserInput, "",
		"the file is larger than %s: send it in parts, compress it with gzip, or start the server with a larger --max-upload", megabytes(s.MaxUpload)))
}

// megabytes writes a size for people.
func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// patientBody is a request's body that may take long as a whole, but not
// between two parts.
type patientBody struct {
	ctx    context.Context
	from   io.Reader
	conn   *http.ResponseController
	failed error
}

// Read implements io.Reader.
func (b *patientBody) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		b.failed = err
		return 0, err
	}
	_ = b.conn.SetReadDeadline(time.Now().Add(uploadPatience)) // a connection that knows none waits as it likes
	n, err := b.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		b.failed = err
	}
	return n, err
}

// rejects answers the rejected rows of an import as CSV: line, reason, code, row.
func (s *Server) rejects(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	i, err := s.Resolver.Imports.Import(r.Context(), id)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": rejectsName(i)}))
	out := csv.NewWriter(w)
	_ = out.Write([]string{"line", "reason", "code", "row"}) // whoever asked may be gone: Error tells
	err = s.Resolver.Imports.Rejects(r.Context(), id, func(x warehouse.Reject) error {
		return out.Write([]string{strconv.FormatInt(x.Line, 10), x.Reason, x.Code(), x.Row})
	})
	out.Flush()
	if err = errors.Join(err, out.Error()); err != nil {
		s.Log.WarnContext(r.Context(), "send rejected rows", "import", id, "error", err)
		panic(http.ErrAbortHandler) // half a list must not look whole
	}
}

// rejectsName is what the download is called: after the file that was imported.
func rejectsName(i imports.Import) string {
	name, _, _ := strings.Cut(i.File, ".")
	return name + "-rejected.csv"
}
