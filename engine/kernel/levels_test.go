//go:build !purego && amd64

package kernel

// levels are the variants that this CPU can run.
func levels() map[string]level {
	all := map[string]level{"go": levelGo}
	if best >= levelAVX2 {
		all["avx2"] = levelAVX2
	}
	if best >= levelAVX512 {
		all["avx512"] = levelAVX512
	}
	return all
}
