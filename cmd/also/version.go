package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by the build of a release.
var version = "development"

// versionCommand says which version this is.
type versionCommand struct{}

// Run prints the version, the commit it was built from and with what.
func (versionCommand) Run() error {
	commit := "unknown commit"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	fmt.Printf("also %s (%s, %s, %s/%s)\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
