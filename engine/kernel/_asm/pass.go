package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// pass writes the heart of conjugate gradients: one walk over gathered rows
// that takes each row's product with p, turns it into a coefficient, and adds
// that multiple of the row to a sum, eight rows at a time while they are in
// the first-level cache. Rows are float32 or half-width (see kernel.ToHalf).
func pass(a *isa) {
	for _, half := range []bool{false, true} {
		for _, residual := range []bool{true, false} {
			passKernel(a, half, residual)
		}
	}
	if a.wide() {
		toHalf()
	}
}

func passKernel(a *isa, half, residual bool) {
	kind, element := "product", "float32"
	if residual {
		kind = "residual"
	}
	storage := ""
	if half {
		storage, element = "Half", "uint16"
	}
	name := kind + storage + a.name
	target := ""
	if residual {
		target = "b, "
	}
	TEXT(name, NOSPLIT, fmt.Sprintf("func(acc *float32, y *%s, stride uint64, idx *int32, n uint64, w, %sp *float32, d uint64, ahead *int32, aheadN uint64) float32", element, target))
	if residual {
		Doc(name+" adds Σ (b − w·t) y_idx to acc, t = y_idx·p, over n rows of d values, stride bytes",
			"apart, and returns Σ b·t. d is a multiple of 32. It prefetches the rows of ahead.")
	} else {
		Doc(name+" adds Σ w·t y_idx to acc, t = y_idx·p, over n rows of d values, stride bytes",
			"apart, and returns Σ w·t². d is a multiple of 32. It prefetches the rows of ahead.")
	}
	scratch := AllocLocal(64) // eight indices, then eight coefficients
	coefs := scratch.Offset(32)
	total := YMM()
	VXORPS(total, total, total)
	rowsLoop, done := fresh("rows"), fresh("done")
	whole, loaded := fresh("whole"), fresh("loaded")

	Label(rowsLoop)
	// Where the walk stands is kept in the arguments: registers are scarce.
	CMPQ(argument("n"), I32(0))
	JE(LabelRef(done))
	prefetchRows(half)
	idx, n := Load(Param("idx"), GP64()), Load(Param("n"), GP64())
	wp := Load(Param("w"), GP64())
	var bp reg.Register
	if residual {
		bp = Load(Param("b"), GP64())
	}

	// The group's indices, weights and targets; past the end they are zero: the
	// first row of the table with the coefficient zero.
	iv, wv, bv := YMM(), YMM(), YMM()
	CMPQ(n, I32(group))
	JAE(LabelRef(whole))
	mask := narrowMask(n)
	VPMASKMOVD(Mem{Base: idx}, mask, iv)
	VMASKMOVPS(Mem{Base: wp}, mask, wv)
	if residual {
		VMASKMOVPS(Mem{Base: bp}, mask, bv)
	}
	MOVQ(I32(group), argument("n"))
	JMP(LabelRef(loaded))
	Label(whole)
	VMOVDQU(Mem{Base: idx}, iv)
	VMOVUPS(Mem{Base: wp}, wv)
	if residual {
		VMOVUPS(Mem{Base: bp}, bv)
	}
	Label(loaded)
	VMOVDQU(iv, scratch)

	y, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	rows := make([]reg.GPVirtual, group)
	for j := range rows {
		rows[j] = GP64()
		MOVLQSX(scratch.Offset(4*j), rows[j])
		IMULQ(stride, rows[j])
		ADDQ(y, rows[j])
	}
	t := groupDots(a, half, rows).AsY()

	c, e := YMM(), YMM()
	if residual {
		VMULPS(t, bv, e)
		VMULPS(t, wv, c)
		VSUBPS(c, bv, c)
	} else {
		VMULPS(t, wv, c)
		VMULPS(t, c, e)
	}
	VADDPS(e, total, total)
	VMOVUPS(c, coefs)
	groupAxpy(a, half, rows, coefs)

	ADDQ(I32(4*group), argument("idx"))
	ADDQ(I32(4*group), argument("w"))
	if residual {
		ADDQ(I32(4*group), argument("b"))
	}
	SUBQ(I32(group), argument("n"))
	JMP(LabelRef(rowsLoop))
	Label(done)
	s := (&isa{lanes: 8}).sum(total)
	VZEROUPPER()
	Store(s.AsX(), ReturnIndex(0))
	RET()
}

// narrowMask makes a mask of eight lanes with the lowest n set.
func narrowMask(n reg.Register) reg.VecVirtual {
	table, back := GP64(), GP64()
	LEAQ(tailMask, table)
	MOVQ(n, back)
	NEGQ(back)
	mask := YMM()
	VMOVDQU(Mem{Base: table, Index: back, Scale: 4, Disp: 32}, mask)
	return mask
}

// argument is where a parameter lies on the stack.
func argument(name string) Mem {
	at, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return at.Addr
}

// prefetchRows asks for the next eight rows of ahead, if there are as many.
func prefetchRows(half bool) {
	skip, line := fresh("skip"), fresh("line")
	CMPQ(argument("aheadN"), I32(group))
	JB(LabelRef(skip))
	ahead := Load(Param("ahead"), GP64())
	y, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	rows := rowPointers(ahead, y, stride)
	at, d := GP64(), Load(Param("d"), GP64())
	XORQ(at, at)
	shift := uint64(2)
	if half {
		shift = 1
	}
	SHLQ(Imm(shift), d)
	Label(line)
	for _, r := range rows {
		PREFETCHT0(Mem{Base: r, Index: at, Scale: 1})
	}
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(line))
	ADDQ(I32(4*group), argument("ahead"))
	SUBQ(I32(group), argument("aheadN"))
	Label(skip)
}

// halves loads 2·lanes half-width values of a row and widens them. With 16
// lanes they are consecutive, with 8 the second eight come from 16 further on:
// the table pairs value k with value k+16.
func (a *isa) halves(m Mem) (lo, hi reg.VecVirtual) {
	v := a.vec()
	lo, hi = a.vec(), a.vec()
	if a.wide() {
		VMOVDQU32(m, v)
		VPSLLD(Imm(16), v, lo)
		VPANDD(a.highMask, v, hi)
	} else {
		VMOVDQU(m, v)
		VPSLLD(Imm(16), v, lo)
		VPAND(a.highMask, v, hi)
	}
	return lo, hi
}

// makeHighMask sets the upper half of every lane.
func (a *isa) makeHighMask() {
	a.highMask = a.vec()
	if a.wide() {
		VPTERNLOGD(Imm(0xff), a.highMask, a.highMask, a.highMask)
	} else {
		VPCMPEQD(a.highMask, a.highMask, a.highMask)
	}
	VPSLLD(Imm(16), a.highMask, a.highMask)
}

// groupDots returns the products of eight rows with p.
func groupDots(a *isa, half bool, rows []reg.GPVirtual) reg.VecVirtual {
	inner := fresh("dots")
	p, d := Load(Param("p"), GP64()), Load(Param("d"), GP64())
	acc := make([]reg.VecVirtual, group)
	for j := range acc {
		acc[j] = a.zero()
	}
	at := GP64()
	XORQ(at, at)
	if !half {
		SHLQ(Imm(2), d)
		Label(inner)
		v := a.load(Mem{Base: p, Index: at, Scale: 1})
		for j := range acc {
			VFMADD231PS(Mem{Base: rows[j], Index: at, Scale: 1}, v, acc[j])
		}
		ADDQ(I32(a.bytes(1)), at)
		CMPQ(at, d)
		JB(LabelRef(inner))
		return a.sums(acc)
	}
	// at counts bytes of the row: two for a value, whose p takes four.
	SHLQ(Imm(1), d)
	a.makeHighMask()
	Label(inner)
	for step := range 16 / a.lanes {
		lo := a.load(Mem{Base: p, Index: at, Scale: 2, Disp: a.bytes(step)})
		hi := a.load(Mem{Base: p, Index: at, Scale: 2, Disp: 64 + a.bytes(step)})
		for j := range acc {
			x, z := a.halves(Mem{Base: rows[j], Index: at, Scale: 1, Disp: a.bytes(step)})
			VFMADD231PS(lo, x, acc[j])
			VFMADD231PS(hi, z, acc[j])
		}
	}
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(inner))
	return a.sums(acc)
}

// groupAxpy adds the rows, each times its coefficient, to acc.
func groupAxpy(a *isa, half bool, rows []reg.GPVirtual, coefs Mem) {
	inner := fresh("axpy")
	out, d := Load(Param("acc"), GP64()), Load(Param("d"), GP64())
	c := make([]reg.VecVirtual, group)
	for j := range c {
		c[j] = a.broadcast(coefs.Offset(4 * j))
	}
	at := GP64()
	XORQ(at, at)
	if !half {
		SHLQ(Imm(2), d)
		Label(inner)
		v := a.load(Mem{Base: out, Index: at, Scale: 1})
		for j := range c {
			VFMADD231PS(Mem{Base: rows[j], Index: at, Scale: 1}, c[j], v)
		}
		VMOVUPS(v, Mem{Base: out, Index: at, Scale: 1})
		ADDQ(I32(a.bytes(1)), at)
		CMPQ(at, d)
		JB(LabelRef(inner))
		return
	}
	SHLQ(Imm(1), d)
	a.makeHighMask()
	Label(inner)
	for step := range 16 / a.lanes {
		lo := Mem{Base: out, Index: at, Scale: 2, Disp: a.bytes(step)}
		hi := Mem{Base: out, Index: at, Scale: 2, Disp: 64 + a.bytes(step)}
		u, v := a.load(lo), a.load(hi)
		for j := range c {
			x, z := a.halves(Mem{Base: rows[j], Index: at, Scale: 1, Disp: a.bytes(step)})
			VFMADD231PS(c[j], x, u)
			VFMADD231PS(c[j], z, v)
		}
		VMOVUPS(u, lo)
		VMOVUPS(v, hi)
	}
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(inner))
}

// toHalf writes the conversion of rows to half width.
func toHalf() {
	TEXT("toHalfAVX512", NOSPLIT, "func(dst *uint16, src *float32, n uint64)")
	Doc("toHalfAVX512 rounds n values, a multiple of 32, to half width; see ToHalf.")
	dst, src, n := Load(Param("dst"), GP64()), Load(Param("src"), GP64()), Load(Param("n"), GP64())
	one, half := ZMM(), ZMM()
	VPTERNLOGD(Imm(0xff), one, one, one)
	VPSRLD(Imm(31), one, one)
	VPTERNLOGD(Imm(0xff), half, half, half)
	VPSRLD(Imm(17), half, half) // 0x7fff
	high := ZMM()
	VPTERNLOGD(Imm(0xff), high, high, high)
	VPSLLD(Imm(16), high, high)
	round := func(m Mem) reg.VecVirtual {
		v, odd := ZMM(), ZMM()
		VMOVDQU32(m, v)
		VPSRLD(Imm(16), v, odd)
		VPANDD(one, odd, odd)
		VPADDD(half, v, v)
		VPADDD(odd, v, v)
		return v
	}
	loop, done := fresh("loop"), fresh("done")
	Label(loop)
	TESTQ(n, n)
	JZ(LabelRef(done))
	lo, hi := round(Mem{Base: src}), round(Mem{Base: src, Disp: 64})
	VPSRLD(Imm(16), lo, lo)
	VPANDD(high, hi, hi)
	VPORD(lo, hi, hi)
	VMOVDQU32(hi, Mem{Base: dst})
	ADDQ(I32(128), src)
	ADDQ(I32(64), dst)
	SUBQ(I32(32), n)
	JMP(LabelRef(loop))
	Label(done)
	VZEROUPPER()
	RET()
}
