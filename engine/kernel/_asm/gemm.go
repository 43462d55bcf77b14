package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gemm writes tiles of C += A·B and C −= A·B: 4 rows, or 1, by up to 4 vectors of 16 lanes
// or 2 of 8, the last one masked.
func gemm(a *isa) {
	most := 4
	if !a.wide() {
		most = 2
	}
	for _, less := range []bool{false, true} {
		for _, rows := range []int{4, 1} {
			for vectors := 1; vectors <= most; vectors++ {
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
	begin(name, "func(k uint64, a *float32, rs, cs uint64, b *float32, ldb uint64, c *float32, ldc, tail uint64)")
	Doc(name+adds+" a tile of C. Strides are bytes; tail, 1 to a vector's lanes, is how many",
		"columns the last vector has.")
	tail := Load(Param("tail"), GP64())
	a.makeTail(tail.(reg.GPVirtual))
	k, ap, rs, cs := Load(Param("k"), GP64()), Load(Param("a"), GP64()), Load(Param("rs"), GP64()), Load(Param("cs"), GP64())
	b, ldb := Load(Param("b"), GP64()), Load(Param("ldb"), GP64())
	rs3 := GP64()
	LEAQ(Mem{Base: rs, Index: rs, Scale: 2}, rs3)
	acc := make([][]reg.VecVirtual, rows)
	for r := range acc {
		acc[r] = make([]reg.VecVirtual, vectors)
		for v := range acc[r] {
			acc[r][v] = a.zero()
		}
	}
	element := func(r int) Mem {
		switch r {
		case 0:
			return Mem{Base: ap}
		case 3:
			return Mem{Base: ap, Index: rs3, Scale: 1}
		default:
			return Mem{Base: ap, Index: rs, Scale: uint8(r)}
		}
	}
	loop, done := fresh("loop"), fresh("done")
	Label(loop)
	TESTQ(k, k)
	JZ(LabelRef(done))
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
	ADDQ(cs, ap)
	ADDQ(ldb, b)
	DECQ(k)
	JMP(LabelRef(loop))
	Label(done)
	c, ldc := Load(Param("c"), GP64()), Load(Param("ldc"), GP64())
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
	VZEROUPPER()
	RET()
}
