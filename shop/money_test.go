package shop

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestParseMoney(t *testing.T) {
	f := func(amount, currency string, minor int64, text string) {
		t.Helper()
		m, err := ParseMoney(amount, currency)
		if err != nil || m != (Money{minor, currency}) || m.Amount() != text {
			t.Errorf("ParseMoney(%q, %s) = %d (%s), %v; want %d (%s)", amount, currency, m.Minor, m.Amount(), err, minor, text)
		}
	}
	f("12.5", "EUR", 1250, "12.50")
	f("12", "EUR", 1200, "12.00")
	f("0.05", "EUR", 5, "0.05")
	f("-0.05", "EUR", -5, "-0.05")
	f("-12.34", "EUR", -1234, "-12.34")
	f("12.500", "EUR", 1250, "12.50")
	f("007", "EUR", 700, "7.00")
	f("1500", "JPY", 1500, "1500")
	f("1500.00", "JPY", 1500, "1500")
	f("1.234", "KWD", 1234, "1.234")
	f("92233720368547758.07", "EUR", math.MaxInt64, "92233720368547758.07")

	bad := func(amount, currency, field string) {
		t.Helper()
		m, err := ParseMoney(amount, currency)
		var coded *Error
		if !errors.As(err, &coded) || coded.Code != BadUserInput || coded.Field != field {
			t.Errorf("ParseMoney(%q, %s) = %v, %v", amount, currency, m, err)
		}
	}
	for _, amount := range []string{"", "-", ".", ".5", "1.234", "1,50", "1e3", "+1", "--1", "1-", "1.5.0", " 1", "١", "92233720368547758.08"} {
		bad(amount, "EUR", "amount")
	}
	bad("1.5", "JPY", "amount")
	for _, currency := range []string{"", "eur", "EURO", "E1R", "€"} {
		bad("1", currency, "currency")
	}
}

func TestMoneyArithmetic(t *testing.T) {
	eur := func(minor int64) Money { return Money{minor, "EUR"} }
	if got, err := eur(250).Times(3); err != nil || got != eur(750) {
		t.Errorf("2.50 × 3 = %v, %v", got, err)
	}
	if got, err := eur(250).Times(0); err != nil || got != eur(0) {
		t.Errorf("2.50 × 0 = %v, %v", got, err)
	}
	for _, n := range []int{2, -2, math.MaxInt} {
		if got, err := eur(math.MaxInt64 - 1).Times(n); CodeOf(err) != BadUserInput {
			t.Errorf("too much × %d = %v, %v", n, got, err)
		}
	}
	if got, err := eur(math.MinInt64).Times(-1); CodeOf(err) != BadUserInput {
		t.Errorf("the least × -1 = %v, %v", got, err)
	}
	if got, err := eur(1).Plus(eur(-3)); err != nil || got != eur(-2) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := (Money{}).Plus(eur(5)); err != nil || got != eur(5) {
		t.Errorf("nothing + 5 = %v, %v", got, err)
	}
	if got, err := eur(5).Plus(Money{}); err != nil || got != eur(5) {
		t.Errorf("5 + nothing = %v, %v", got, err)
	}
	if _, err := eur(5).Plus(Money{5, "USD"}); CodeOf(err) != BadUserInput {
		t.Errorf("euros and dollars were added: %v", err)
	}
	for _, sum := range [][2]int64{{math.MaxInt64, 1}, {math.MinInt64, -1}} {
		if got, err := eur(sum[0]).Plus(eur(sum[1])); CodeOf(err) != BadUserInput {
			t.Errorf("%d + %d = %v, %v", sum[0], sum[1], got, err)
		}
	}
}

func TestMustMoney(t *testing.T) {
	if got := MustMoney("2.50", "EUR").String(); got != "2.50 EUR" {
		t.Errorf("got %s", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a bad constant was accepted")
		}
	}()
	MustMoney("x", "EUR")
}

func FuzzMoney(f *testing.F) {
	f.Add("12.50", "EUR", int64(0))
	f.Add("-0.001", "KWD", int64(math.MinInt64))
	f.Add("15", "JPY", int64(-7))
	f.Fuzz(func(t *testing.T, amount, currency string, minor int64) {
		if m, err := ParseMoney(amount, currency); err == nil {
			again, err := ParseMoney(m.Amount(), currency)
			if err != nil || again != m {
				t.Fatalf("%q became %v, then %v, %v", amount, m, again, err)
			}
		}
		for _, c := range []string{"EUR", "JPY", "KWD"} {
			m := Money{minor, c}
			again, err := ParseMoney(m.Amount(), c)
			if minor == math.MinInt64 {
				continue // no price is that low, and none is read
			}
			if err != nil || again != m {
				t.Fatalf("%v became %q, then %v, %v", m.Minor, m.Amount(), again, err)
			}
			if strings.Count(m.Amount(), ".") > 1 {
				t.Fatalf("%d is written %q", minor, m.Amount())
			}
		}
	})
}
