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
	if a.wide() {
		gatherTransposed(a)
		fetch()
	}
}

// gatherTransposed turns blocks of 16×16 in registers: pairs of rows, then pairs
// of those, then lanes of four columns.
func gatherTransposed(a *isa) {
	begin("gatherTransposedAVX512", "func(dst *float32, ld uint64, y *float32, stride uint64, idx *int32, coef, scale *float32, d uint64)")
	Doc("gatherTransposedAVX512 sets value j of row k of dst, rows ld bytes apart, to coef[j]·scale[k]·y_idx[j][k]",
		"for 16 rows of y, stride bytes apart, and their first d values, a multiple of 16.")
	pointers := AllocLocal(8 * 16)
	dst, ld, y, stride := Load(Param("dst"), GP64()), Load(Param("ld"), GP64()), Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	idx, coef, scale, d := Load(Param("idx"), GP64()), Load(Param("coef"), GP64()), Load(Param("scale"), GP64()), Load(Param("d"), GP64())
	SHLQ(Imm(2), d)
	row := GP64()
	for j := range 16 {
		MOVLQSX(Mem{Base: idx, Disp: 4 * j}, row)
		IMULQ(stride, row)
		ADDQ(y, row)
		MOVQ(row, pointers.Offset(8*j))
	}
	at, inner := GP64(), fresh("inner")
	XORQ(at, at)
	Label(inner)
	v := make([]reg.VecVirtual, 16)
	for j := range v {
		MOVQ(pointers.Offset(8*j), row)
		v[j] = a.load(Mem{Base: row, Index: at, Scale: 1})
		VMULPS_BCST(Mem{Base: coef, Disp: 4 * j}, v[j], v[j])
	}
	pair := func(x, y reg.VecVirtual, lo, hi func(...Op)) (l, h reg.VecVirtual) {
		l, h = ZMM(), ZMM()
		lo(y, x, l)
		hi(y, x, h)
		return l, h
	}
	singles := [2]func(...Op){func(o ...Op) { VUNPCKLPS(o...) }, func(o ...Op) { VUNPCKHPS(o...) }}
	doubles := [2]func(...Op){func(o ...Op) { VUNPCKLPD(o...) }, func(o ...Op) { VUNPCKHPD(o...) }}
	lanes := [2]func(...Op){
		func(o ...Op) { VSHUFF32X4(Imm(0x88), o[0], o[1], o[2]) },
		func(o ...Op) { VSHUFF32X4(Imm(0xdd), o[0], o[1], o[2]) },
	}
	for j := 0; j < 16; j += 2 {
		v[j], v[j+1] = pair(v[j], v[j+1], singles[0], singles[1])
	}
	for j := 0; j < 16; j += 4 {
		b0, b1 := pair(v[j], v[j+2], doubles[0], doubles[1])
		b2, b3 := pair(v[j+1], v[j+3], doubles[0], doubles[1])
		v[j], v[j+1], v[j+2], v[j+3] = b0, b1, b2, b3
	}
	// Register 4g+c has, in its lane l, column 4l+c of rows 4g to 4g+3.
	for half := 0; half < 16; half += 8 {
		for c := half; c < half+4; c++ {
			v[c], v[c+4] = pair(v[c], v[c+4], lanes[0], lanes[1])
		}
	}
	columns := make([]reg.VecVirtual, 16)
	for c := range 4 {
		columns[c], columns[8+c] = pair(v[c], v[8+c], lanes[0], lanes[1])
		columns[4+c], columns[12+c] = pair(v[4+c], v[12+c], lanes[0], lanes[1])
	}
	for k, column := range columns {
		VMULPS_BCST(Mem{Base: scale, Disp: 4 * k}, column, column)
		VMOVUPS(column, Mem{Base: dst})
		ADDQ(ld, dst)
	}
	ADDQ(I32(64), scale)
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(inner))
	VZEROUPPER()
	RET()
}

// fetch asks for rows ahead of their use.
func fetch() {
	begin("fetchAVX512", "func(y *float32, stride uint64, idx *int32, n, d uint64)")
	Doc("fetchAVX512 asks the memory for n rows of d values, stride bytes apart, into the second-level",
		"cache.")
	y, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	idx, n, d := Load(Param("idx"), GP64()), Load(Param("n"), GP64()), Load(Param("d"), GP64())
	SHLQ(Imm(2), d)
	row, at := GP64(), GP64()
	rowsLoop, line := fresh("rows"), fresh("line")
	Label(rowsLoop)
	MOVLQSX(Mem{Base: idx}, row)
	IMULQ(stride, row)
	ADDQ(y, row)
	XORQ(at, at)
	Label(line)
	PREFETCHT1(Mem{Base: row, Index: at, Scale: 1})
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(line))
	ADDQ(I32(4), idx)
	DECQ(n)
	JNZ(LabelRef(rowsLoop))
	RET()
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
