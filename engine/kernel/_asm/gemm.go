package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gemm writes tiles of C += A·B and C −= A·B: 4 rows, or 1, by up to 4 vectors of 16 lanes
// or 2 of 8, the last one masked. Where 4 rows are too few sums to hide what each
// waits for, of up to 3 vectors of 16 lanes, there are 8 as well.
func gemm(a *isa) {
	most := 4
	if !a.wide() {
		most = 2
	}
	for _, less := range []bool{false, true} {
		for _, rows := range []int{8, 4, 1} {
			for vectors := 1; vectors <= most; vectors++ {
				if rows == 8 && (!a.wide() || vectors == most) {
					continue
				}
				gemmTile(a, rows, vectors, less)
			}
		}
	}
}

func gemmTile(a *isa, rows, vectors int, less bool) {
	verb, adds := "gemm", " adds A·B to"
	if less {
		verb, adds = "less", " subtracts A·B from"
	}
	name := fmt.Sprintf("%s%dx%d%s", verb, rows, vectors, a.name)
	begin(name, "func(k uint64, a *float32, rs, cs uint64, b *float32, ldb uint64, c *float32, ldc, tail, tiles uint64)")
	Doc(name+adds+" so many tiles of C, one below the other. Strides are bytes; tail, 1 to a vector's",
		"lanes, is how many columns the last vector has.")
	tail := Load(Param("tail"), GP64())
	a.makeTail(tail.(reg.GPVirtual))
	rs, cs, ldb := Load(Param("rs"), GP64()), Load(Param("cs"), GP64()), Load(Param("ldb"), GP64())
	c, ldc := Load(Param("c"), GP64()), Load(Param("ldc"), GP64())
	rs3 := GP64()
	LEAQ(Mem{Base: rs, Index: rs, Scale: 2}, rs3)
	below, loop := fresh("tile"), fresh("loop")
	Label(below)
	k, b := Load(Param("k"), GP64()), Load(Param("b"), GP64())
	bases := []reg.Register{Load(Param("a"), GP64())} // of four rows each
	if rows == 8 {
		fifth := GP64()
		LEAQ(Mem{Base: bases[0], Index: rs, Scale: 4}, fifth)
		bases = append(bases, fifth)
	}
	acc := make([][]reg.VecVirtual, rows)
	for r := range acc {
		acc[r] = make([]reg.VecVirtual, vectors)
		for v := range acc[r] {
			acc[r][v] = a.zero()
		}
	}
	element := func(r int) Mem {
		base := bases[r/4]
		switch r % 4 {
		case 0:
			return Mem{Base: base}
		case 3:
			return Mem{Base: base, Index: rs3, Scale: 1}
		default:
			return Mem{Base: base, Index: rs, Scale: uint8(r % 4)}
		}
	}
	Label(loop)
	bv := make([]reg.VecVirtual, vectors)
	for v := range bv {
		if v == vectors-1 {
			bv[v] = a.loadTail(Mem{Base: b, Disp: a.bytes(v)})
		} else {
			bv[v] = a.load(Mem{Base: b, Disp: a.bytes(v)})
		}
	}
	for r := range acc {
		e := a.broadcast(element(r))
		for v := range acc[r] {
			VFMADD231PS(bv[v], e, acc[r][v])
		}
	}
	for _, base := range bases {
		ADDQ(cs, base)
	}
	ADDQ(ldb, b)
	DECQ(k)
	JNZ(LabelRef(loop))
	for r := range acc {
		for v := range acc[r] {
			at := Mem{Base: c, Disp: a.bytes(v)}
			load, store := a.load, func(v reg.VecVirtual, m Mem) { VMOVUPS(v, m) }
			if v == vectors-1 {
				load, store = a.loadTail, a.storeTail
			}
			old := load(at)
			if less {
				VSUBPS(acc[r][v], old, old)
			} else {
				VADDPS(old, acc[r][v], old)
			}
			store(old, at)
		}
		ADDQ(ldc, c)
	}
	next := GP64() // rows of A further down
	MOVQ(rs, next)
	switch rows {
	case 4:
		SHLQ(Imm(2), next)
	case 8:
		SHLQ(Imm(3), next)
	}
	ADDQ(next, argument("a"))
	DECQ(argument("tiles"))
	JNZ(LabelRef(below))
	VZEROUPPER()
	RET()
}
