package evaluate

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"also/engine"
)

// ReadLightGCN reads a published split in the text format of LightGCN and
// NGCF, one line per user: the user's number and those of their items, apart
// by spaces. All weights are 1. The two matrices have the shape that fits both
// files. Its error names the file and the line.
func ReadLightGCN(train, test io.Reader) (trainMatrix, testMatrix *engine.Matrix, err error) {
	var lists [2]map[int32][]int32
	users, items := int32(0), int32(0)
	for k, r := range []io.Reader{train, test} {
		name := [...]string{"train", "test"}[k]
		if lists[k], err = readLists(r); err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", name, err)
		}
		for u, list := range lists[k] {
			users = max(users, u+1)
			for _, i := range list {
				items = max(items, i+1)
			}
		}
	}
	var built [2]*engine.Matrix
	for k, list := range lists {
		b := engine.NewBuilder(int(users), int(items))
		for u := range users {
			for _, i := range sortedSet(list[u]) {
				b.Add(u, i, 1, 1)
			}
		}
		if built[k], err = b.Build(); err != nil {
			return nil, nil, err
		}
	}
	return built[0], built[1], nil
}

func readLists(r io.Reader) (map[int32][]int32, error) {
	lists := map[int32][]int32{}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 64<<20)
	for line := 1; scanner.Scan(); line++ {
		fields := strings.Fields(scanner.Text())
		if len(fields) == 0 {
			continue
		}
		numbers := make([]int32, len(fields))
		for k, f := range fields {
			n, err := strconv.ParseInt(f, 10, 32)
			if err != nil || n < 0 || n == math.MaxInt32 {
				return nil, fmt.Errorf("line %d: %q is not a number from 0", line, f)
			}
			numbers[k] = int32(n)
		}
		lists[numbers[0]] = append(lists[numbers[0]], numbers[1:]...)
	}
	return lists, scanner.Err()
}
