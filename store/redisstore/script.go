package redisstore

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

//go:embed lua/*.lua
var luaFiles embed.FS

// Redis does not take back what a failed script wrote: every script checks
// everything before its first write.
var (
	applyScript   = loadScript("apply")
	recordScript  = loadScript("record")
	appendScript  = loadScript("append")
	replaceScript = loadScript("replace")
	orderScript   = loadScript("order")
	noteScript    = loadScript("note")
	claimScript   = loadScript("claim")
	renewScript   = loadScript("renew")
	extendScript  = loadScript("extend")
	allowScript   = loadScript("allow")
	drawScript    = loadScript("draw")
	publishScript = loadScript("publish")
)

// script is one file of lua/.
type script struct{ src, sha string }

func loadScript(name string) script {
	src, err := luaFiles.ReadFile("lua/" + name + ".lua")
	if err != nil {
		panic(fmt.Sprintf("redisstore: loadScript: %v", err))
	}
	return script{string(src), redis.NewScript(string(src)).Hash()}
}

// call is one run of a script; its keys share a tag.
type call struct {
	script script
	keys   []string
	args   []any
}

// run runs one script, sending its text only if the server does not have it.
func (s *Store) run(ctx context.Context, c call) (any, error) {
	v, err := s.rdb.EvalSha(ctx, c.script.sha, c.keys, c.args...).Result()
	if isNoScript(err) {
		v, err = s.rdb.Eval(ctx, c.script.src, c.keys, c.args...).Result()
	}
	return v, err
}

// runAll runs scripts in one round trip and returns their results, in order,
// with an error each. The error that it returns itself is the first of those.
func (s *Store) runAll(ctx context.Context, calls []call) ([]any, []error, error) {
	results, errs := make([]any, len(calls)), make([]error, len(calls))
	if len(calls) == 1 {
		results[0], errs[0] = s.run(ctx, calls[0])
		return results, errs, errs[0]
	}
	pipe := s.rdb.Pipeline()
	cmds := make([]*redis.Cmd, len(calls))
	for i, c := range calls {
		cmds[i] = pipe.EvalSha(ctx, c.script.sha, c.keys, c.args...)
	}
	_, _ = pipe.Exec(ctx) // every command has its own error
	var first error
	for i, cmd := range cmds {
		results[i], errs[i] = cmd.Result()
		if isNoScript(errs[i]) {
			results[i], errs[i] = s.run(ctx, calls[i])
		}
		if first == nil {
			first = errs[i]
		}
	}
	return results, errs, first
}

func isNoScript(err error) bool { return err != nil && strings.HasPrefix(err.Error(), "NOSCRIPT") }
