package entry

import "github.com/wiredesk/wiredesk/internal/markup"

// Short is the text that the short way through well-formed HTML gives; ok is false where it is not taken.
func Short(text string) (plain string, ok bool) {
	_, plain, ok = markup.Running(text)
	return plain, ok
}
