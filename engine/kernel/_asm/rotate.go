package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// rotate writes a chain of plane rotations on rows, four vectors of columns at
// a time: a row comes in, one goes out, and the one between stays in registers.
func rotate(a *isa) {
	begin("rotate"+a.name, "func(top *float32, stride uint64, cs *float32, count, width uint64)")
	Doc("rotate"+a.name+" applies count rotations, the first to row top and the one before it; see",
		"Rotate. Rows are stride bytes apart; width is a multiple of four vectors.")
	top, stride, width := Load(Param("top"), GP64()), Load(Param("stride"), GP64()), Load(Param("width"), GP64())
	columns, chain := fresh("columns"), fresh("chain")
	Label(columns)
	at, cs, count := GP64(), Load(Param("cs"), GP64()), Load(Param("count"), GP64())
	MOVQ(top, at)
	carry := make([]reg.VecVirtual, 4)
	for k := range carry {
		carry[k] = a.load(Mem{Base: at, Disp: a.bytes(k)})
	}
	Label(chain)
	c, s := a.broadcast(Mem{Base: cs}), a.broadcast(Mem{Base: cs, Disp: 4})
	next := GP64()
	MOVQ(at, next)
	SUBQ(stride, next)
	for k := range carry {
		x, out := a.load(Mem{Base: next, Disp: a.bytes(k)}), a.vec()
		VMULPS(c, carry[k], out)
		VFMADD231PS(s, x, out)
		VMOVUPS(out, Mem{Base: at, Disp: a.bytes(k)})
		// carry = c·x − s·carry
		VMULPS(s, carry[k], carry[k])
		VFMSUB231PS(c, x, carry[k])
	}
	MOVQ(next, at)
	ADDQ(I32(8), cs)
	DECQ(count)
	JNZ(LabelRef(chain))
	for k := range carry {
		VMOVUPS(carry[k], Mem{Base: at, Disp: a.bytes(k)})
	}
	ADDQ(I32(a.bytes(4)), top)
	SUBQ(I32(4*a.lanes), width)
	JNZ(LabelRef(columns))
	VZEROUPPER()
	RET()
}
