//go:build purego || !amd64

package kernel

func levels() map[string]level { return map[string]level{"go": best} }
