package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// dot writes the product of two vectors and the addition of a multiple.
func dot(a *isa) {
	dotProduct(a)
	dotRows(a)
	axpy(a)
}

func dotProduct(a *isa) {
	begin("dot"+a.name, "func(x, y *float32, n uint64) float32")
	Doc("dot" + a.name + " returns Σ x[k]·y[k] over n values.")
	x, y, n := Load(Param("x"), GP64()), Load(Param("y"), GP64()), Load(Param("n"), GP64())
	s := a.dotOf(x.(reg.GPVirtual), y.(reg.GPVirtual), n.(reg.GPVirtual))
	VZEROUPPER()
	Store(s.AsX(), ReturnIndex(0))
	RET()
}

// dotRows does for many rows what dotProduct does for one, to the bit.
func dotRows(a *isa) {
	begin("dotRows"+a.name, "func(dst, x, y *float32, stride uint64, idx *int32, rows, n uint64)")
	Doc("dotRows"+a.name+" sets dst[j] to what dot"+a.name+" returns for x and row idx[j] of y, rows",
		"stride bytes apart.")
	dst, idx, rows := Load(Param("dst"), GP64()), Load(Param("idx"), GP64()), Load(Param("rows"), GP64())
	base, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	loop := fresh("rows")
	Label(loop)
	y := GP64()
	MOVLQSX(Mem{Base: idx}, y)
	IMULQ(stride, y)
	ADDQ(base, y)
	x, n := Load(Param("x"), GP64()), Load(Param("n"), GP64())
	s := a.dotOf(x.(reg.GPVirtual), y, n.(reg.GPVirtual))
	VMOVSS(s.AsX(), Mem{Base: dst})
	ADDQ(I32(4), dst)
	ADDQ(I32(4), idx)
	DECQ(rows)
	JNZ(LabelRef(loop))
	VZEROUPPER()
	RET()
}

// dotOf adds up the products of n values of x and y, which it moves past them.
func (a *isa) dotOf(x, y, n reg.GPVirtual) reg.VecVirtual {
	var acc [4]reg.VecVirtual
	for k := range acc {
		acc[k] = a.zero()
	}
	four, one, tail, done := fresh("four"), fresh("one"), fresh("tail"), fresh("done")
	Label(four)
	CMPQ(n, I32(4*a.lanes))
	JB(LabelRef(one))
	for k := range acc {
		v := a.load(Mem{Base: x, Disp: a.bytes(k)})
		VFMADD231PS(Mem{Base: y, Disp: a.bytes(k)}, v, acc[k])
	}
	ADDQ(I32(a.bytes(4)), x)
	ADDQ(I32(a.bytes(4)), y)
	SUBQ(I32(4*a.lanes), n)
	JMP(LabelRef(four))
	Label(one)
	CMPQ(n, I32(a.lanes))
	JB(LabelRef(tail))
	v := a.load(Mem{Base: x})
	VFMADD231PS(Mem{Base: y}, v, acc[0])
	ADDQ(I32(a.bytes(1)), x)
	ADDQ(I32(a.bytes(1)), y)
	SUBQ(I32(a.lanes), n)
	JMP(LabelRef(one))
	Label(tail)
	TESTQ(n, n)
	JZ(LabelRef(done))
	a.makeTail(n)
	v = a.loadTail(Mem{Base: x})
	w := a.loadTail(Mem{Base: y})
	VFMADD231PS(w, v, acc[1])
	Label(done)
	VADDPS(acc[0], acc[1], acc[0])
	VADDPS(acc[2], acc[3], acc[2])
	VADDPS(acc[0], acc[2], acc[0])
	return a.sum(acc[0])
}

func axpy(a *isa) {
	begin("axpy"+a.name, "func(dst, x *float32, n uint64, c float32)")
	Doc("axpy" + a.name + " adds c·x to dst, n values.")
	dst, x, n := Load(Param("dst"), GP64()), Load(Param("x"), GP64()), Load(Param("n"), GP64())
	c := a.vec()
	at, err := Param("c").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(at.Addr, c)
	four, one, tail, done := fresh("four"), fresh("one"), fresh("tail"), fresh("done")
	Label(four)
	CMPQ(n, I32(4*a.lanes))
	JB(LabelRef(one))
	for k := range 4 {
		v := a.load(Mem{Base: dst, Disp: a.bytes(k)})
		VFMADD231PS(Mem{Base: x, Disp: a.bytes(k)}, c, v)
		VMOVUPS(v, Mem{Base: dst, Disp: a.bytes(k)})
	}
	ADDQ(I32(a.bytes(4)), x)
	ADDQ(I32(a.bytes(4)), dst)
	SUBQ(I32(4*a.lanes), n)
	JMP(LabelRef(four))
	Label(one)
	CMPQ(n, I32(a.lanes))
	JB(LabelRef(tail))
	v := a.load(Mem{Base: dst})
	VFMADD231PS(Mem{Base: x}, c, v)
	VMOVUPS(v, Mem{Base: dst})
	ADDQ(I32(a.bytes(1)), x)
	ADDQ(I32(a.bytes(1)), dst)
	SUBQ(I32(a.lanes), n)
	JMP(LabelRef(one))
	Label(tail)
	TESTQ(n, n)
	JZ(LabelRef(done))
	a.makeTail(n.(reg.GPVirtual))
	v = a.loadTail(Mem{Base: dst})
	w := a.loadTail(Mem{Base: x})
	VFMADD231PS(w, c, v)
	a.storeTail(v, Mem{Base: dst})
	Label(done)
	VZEROUPPER()
	RET()
}
