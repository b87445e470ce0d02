//go:build !unix

package wirescore_test

import "time"

var begun = time.Now()

func worked() time.Duration { return time.Since(begun) }
