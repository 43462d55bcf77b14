package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// group is how many gathered rows are taken together.
const group = 8

// rowPointers computes the addresses of the next group of rows. The caller has
// made sure that there are as many.
func rowPointers(idx, y, stride reg.Register) []reg.GPVirtual {
	rows := make([]reg.GPVirtual, group)
	for j := range rows {
		rows[j] = GP64()
		MOVLQSX(Mem{Base: idx, Disp: 4 * j}, rows[j])
		IMULQ(stride, rows[j])
		ADDQ(y, rows[j])
	}
	return rows
}

// gather writes the products of gathered rows with one vector and the sum of
// multiples of gathered rows, eight rows at a time.
func gather(a *isa) {
	gatherDot(a)
	gatherAxpy(a)
	gatherScaled(a)
}

func gatherScaled(a *isa) {
	begin("gatherScaled"+a.name, "func(dst, y *float32, stride uint64, idx *int32, n uint64, coef, scale *float32, d uint64)")
	Doc("gatherScaled"+a.name+" sets row j of dst to coef[j]·scale∘y_idx[j] for n rows of d values, stride",
		"bytes apart in y and packed in dst.")
	dst, idx, n := Load(Param("dst"), GP64()), Load(Param("idx"), GP64()), Load(Param("n"), GP64())
	y, stride, coef, scale := Load(Param("y"), GP64()), Load(Param("stride"), GP64()), Load(Param("coef"), GP64()), Load(Param("scale"), GP64())
	tail, whole := Load(Param("d"), GP64()), GP64()
	MOVQ(tail, whole)
	ANDQ(I32(a.lanes-1), tail)
	SUBQ(tail, whole)
	SHLQ(Imm(2), whole)
	bytes := GP64() // of the tail
	MOVQ(tail, bytes)
	SHLQ(Imm(2), bytes)
	a.makeTail(tail.(reg.GPVirtual))
	rowsLoop, inner, rest, done := fresh("rows"), fresh("inner"), fresh("rest"), fresh("done")
	Label(rowsLoop)
	TESTQ(n, n)
	JZ(LabelRef(done))
	row, at := GP64(), GP64()
	MOVLQSX(Mem{Base: idx}, row)
	IMULQ(stride, row)
	ADDQ(y, row)
	c := a.broadcast(Mem{Base: coef})
	XORQ(at, at)
	Label(inner)
	CMPQ(at, whole)
	JAE(LabelRef(rest))
	v := a.load(Mem{Base: row, Index: at, Scale: 1})
	VMULPS(Mem{Base: scale, Index: at, Scale: 1}, v, v)
	VMULPS(c, v, v)
	VMOVUPS(v, Mem{Base: dst, Index: at, Scale: 1})
	ADDQ(I32(a.bytes(1)), at)
	JMP(LabelRef(inner))
	Label(rest)
	v = a.loadTail(Mem{Base: row, Index: at, Scale: 1})
	s := a.loadTail(Mem{Base: scale, Index: at, Scale: 1})
	VMULPS(s, v, v)
	VMULPS(c, v, v)
	a.storeTail(v, Mem{Base: dst, Index: at, Scale: 1})
	ADDQ(at, dst)
	ADDQ(bytes, dst)
	ADDQ(I32(4), idx)
	ADDQ(I32(4), coef)
	DECQ(n)
	JMP(LabelRef(rowsLoop))
	Label(done)
	VZEROUPPER()
	RET()
}

func gatherDot(a *isa) {
	begin("gatherDot"+a.name, "func(dst, y *float32, stride uint64, idx *int32, n uint64, p *float32, d uint64)")
	Doc("gatherDot"+a.name+" sets dst[j] = y_idx[j]·p for n rows of d values, stride bytes apart;",
		"n is a multiple of 8 and d of the vector.")
	dst, idx, n := Load(Param("dst"), GP64()), Load(Param("idx"), GP64()), Load(Param("n"), GP64())
	d := Load(Param("d"), GP64())
	SHLQ(Imm(2), d)
	rowsLoop, inner, done := fresh("rows"), fresh("inner"), fresh("done")
	Label(rowsLoop)
	TESTQ(n, n)
	JZ(LabelRef(done))
	y, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	rows := rowPointers(idx, y, stride)
	p := Load(Param("p"), GP64())
	acc := make([]reg.VecVirtual, group)
	for j := range acc {
		acc[j] = a.zero()
	}
	at := GP64()
	XORQ(at, at)
	Label(inner)
	v := a.load(Mem{Base: p, Index: at, Scale: 1})
	for j := range acc {
		VFMADD231PS(Mem{Base: rows[j], Index: at, Scale: 1}, v, acc[j])
	}
	ADDQ(I32(a.bytes(1)), at)
	CMPQ(at, d)
	JB(LabelRef(inner))
	VMOVUPS(a.sums(acc).AsY(), Mem{Base: dst})
	ADDQ(I32(4*group), dst)
	ADDQ(I32(4*group), idx)
	SUBQ(I32(group), n)
	JMP(LabelRef(rowsLoop))
	Label(done)
	VZEROUPPER()
	RET()
}

func gatherAxpy(a *isa) {
	begin("gatherAxpy"+a.name, "func(acc, y *float32, stride uint64, idx *int32, n uint64, coef *float32, d uint64)")
	Doc("gatherAxpy"+a.name+" adds Σ coef[j]·y_idx[j] to acc for n rows of d values, stride bytes",
		"apart; n is a multiple of 8 and d of the vector.")
	coef, idx, n := Load(Param("coef"), GP64()), Load(Param("idx"), GP64()), Load(Param("n"), GP64())
	d := Load(Param("d"), GP64())
	SHLQ(Imm(2), d)
	rowsLoop, inner, done := fresh("rows"), fresh("inner"), fresh("done")
	Label(rowsLoop)
	TESTQ(n, n)
	JZ(LabelRef(done))
	y, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	rows := rowPointers(idx, y, stride)
	out := Load(Param("acc"), GP64())
	c := make([]reg.VecVirtual, group)
	for j := range c {
		c[j] = a.broadcast(Mem{Base: coef, Disp: 4 * j})
	}
	at := GP64()
	XORQ(at, at)
	Label(inner)
	v := a.load(Mem{Base: out, Index: at, Scale: 1})
	for j := range c {
		VFMADD231PS(Mem{Base: rows[j], Index: at, Scale: 1}, c[j], v)
	}
	VMOVUPS(v, Mem{Base: out, Index: at, Scale: 1})
	ADDQ(I32(a.bytes(1)), at)
	CMPQ(at, d)
	JB(LabelRef(inner))
	ADDQ(I32(4*group), coef)
	ADDQ(I32(4*group), idx)
	SUBQ(I32(group), n)
	JMP(LabelRef(rowsLoop))
	Label(done)
	VZEROUPPER()
	RET()
}
