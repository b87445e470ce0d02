package entry

import (
	"bytes"
	"slices"
)

// ReusedName is the name under which a part of a JSON Feed carries the mark that its id is not its own.
const ReusedName = "_wiredesk_id_reused"

// AsReused is a part of a feed with the mark that its id is not its own, as a splitter sets it where one document shows
// that. It is for who has seen the id on other stories before. The part is in UTF-8, and is not changed itself.
func AsReused(part []byte) []byte {
	if bytes.HasPrefix(part, []byte(mark)) {
		return part
	}
	if open := bytes.IndexByte(part, '{'); open >= 0 && len(bytes.TrimSpace(part[:open])) == 0 {
		if bytes.Contains(part, []byte(`"`+ReusedName+`"`)) {
			return part
		}
		return slices.Concat([]byte(`{"`+ReusedName+`":true,`), part[open+1:])
	}
	return append([]byte(mark), part...)
}

// AsOwn is a part of a feed without the mark of [AsReused], and whether it had one.
func AsOwn(part []byte) ([]byte, bool) {
	if plain, ok := bytes.CutPrefix(part, []byte(mark)); ok {
		return plain, true
	}
	pair := `"` + ReusedName + `":true`
	for _, marked := range []string{"," + pair, pair + ","} {
		if before, after, ok := bytes.Cut(part, []byte(marked)); ok {
			return slices.Concat(before, after), true
		}
	}
	return part, false
}
