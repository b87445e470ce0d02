package wiretime_test

import (
	"slices"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/wiretime"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestParse(t *testing.T) {
	berlin := wiretime.Setting{Zone: zone(t, "Europe/Berlin"), Received: time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)}
	cases := []struct{ in, want string }{
		{"2026-08-03T09:15:00+02:00", "2026-08-03T07:15:00Z"},
		{"2026-08-03T09:15:00.250Z", "2026-08-03T09:15:00.25Z"},
		{"2026-08-03 09:15", "2026-08-03T07:15:00Z"},
		{"2026-08-03", "2026-08-02T22:00:00Z"},
		{"2026-08-03+02:00", "2026-08-02T22:00:00Z"},
		{"20260803T091500+0200", "2026-08-03T07:15:00Z"},
		{"20260803T091500+02:00", "2026-08-03T07:15:00Z"},
		{"20260803T091500Z", "2026-08-03T09:15:00Z"},
		{"20260803T0915", "2026-08-03T07:15:00Z"},
		{"20260803", "2026-08-02T22:00:00Z"},
		{"20260803091500", "2026-08-03T07:15:00Z"},
		{"Mon, 03 Aug 2026 09:15:00 GMT", "2026-08-03T09:15:00Z"},
		{"Mon, 3 Aug 26 09:15 EDT", "2026-08-03T13:15:00Z"},
		{"Mon, 03 Aug 2026 09:15:00 -0330", "2026-08-03T12:45:00Z"},
		{"Mon Aug  3 09:15:00 2026", "2026-08-03T07:15:00Z"},
		{"Monday, 3 August 2026, 9.15 Uhr", "2026-08-03T07:15:00Z"},
		{"03 ago 2026 09:15:00 +0200", "2026-08-03T07:15:00Z"},
		{"Пн, 03 авг 2026 09:15:00 +0300", "2026-08-03T06:15:00Z"},
		{"3 août 2026 à 9h15", "2026-08-03T07:15:00Z"},
		{"03/08/2026 09:15:00", "2026-08-03T07:15:00Z"},
		{"03.08.2026 09:15", "2026-08-03T07:15:00Z"},
		{"08-03-26 0915GMT", "2026-08-03T09:15:00Z"},
		{"12-31", "2026-12-30T23:00:00Z"},
		{"Aug 3, 2026 6:05 p.m. ET", "2026-08-03T22:05:00Z"},
		{"٣ آب ٢٠٢٦ 09:15 GMT+3", "2026-08-03T06:15:00Z"},
		{"3 كانون الثاني 2026 09:15 Z", "2026-01-03T09:15:00Z"},
		{"2026-08-03T09:15:00+0200 CEST", "2026-08-03T07:15:00Z"},
		{"2026", "2025-12-31T23:00:00Z"},
		{"2026-08", "2026-07-31T22:00:00Z"},
	}
	for _, c := range cases {
		r, err := wiretime.Parse(c.in, berlin)
		if got := r.Time.UTC().Format(time.RFC3339Nano); err != nil || got != c.want || r.Original != c.in {
			t.Errorf("Parse(%q) = %s (%+v), %v; want %s", c.in, got, r, err, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, in := range []string{"", "soon", "2026-13-01", "2026-02-30", "2026-08-03T25:00:00Z", "2026-08-03T09:15:00 nonsense", "31 February 2026", "99999999", "12:61 3 Aug 2026", "0000-00-00", "0001", "-"} {
		if r, err := wiretime.Parse(in, wiretime.Setting{Received: time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)}); err == nil {
			t.Errorf("Parse(%q) = %v; want a refusal", in, r.Time)
		}
	}
}

func TestYearEnd(t *testing.T) {
	received := time.Date(2027, 1, 1, 0, 10, 0, 0, time.UTC)
	r, err := wiretime.Parse("12-31 2350GMT", wiretime.Setting{Received: received})
	if want := time.Date(2026, 12, 31, 23, 50, 0, 0, time.UTC); err != nil || !r.Time.Equal(want) || len(r.Notes) == 0 {
		t.Errorf("31 December on 1 January: %v, %v, notes %q; want %v and a note", r.Time, err, r.Notes, want)
	}
	if r, err := wiretime.Parse("Jan 1 0010 GMT", wiretime.Setting{Received: received.Add(-time.Hour)}); err != nil || r.Time.Year() != 2027 {
		t.Errorf("1 January on 31 December: %v, %v; want 2027", r.Time, err)
	}
}

func TestClocks(t *testing.T) {
	paris := wiretime.Setting{Zone: zone(t, "Europe/Paris")}
	r, err := wiretime.Parse("2026-10-25T02:30:00", paris)
	if err != nil || !r.Ambiguous || r.Time.UTC().Hour() != 0 || r.Latest().Sub(r.Time) != time.Hour {
		t.Errorf("the hour that happens twice: %+v, %v; want it flagged, 00:30 and 01:30 UTC", r, err)
	}
	if r, err := wiretime.Parse("2026-03-29T02:30:00", paris); err != nil || !r.Ambiguous {
		t.Errorf("the hour that never happens: %+v, %v; want it flagged", r, err)
	}
	if r, _ := wiretime.Parse("2026-10-25T02:30:00+01:00", paris); r.Ambiguous || !r.Zoned || len(r.Notes) > 0 {
		t.Errorf("with an offset: %+v; want nothing assumed", r)
	}
}

func TestParseNotesToEditors(t *testing.T) {
	at := wiretime.Setting{Zone: zone(t, "Europe/Berlin"), Received: time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)} // a Monday
	at.Ahead = true
	cases := []struct{ in, want string }{
		{"0001 GMT Tuesday, 4 August", "2026-08-04T00:01:00Z"},
		{"04. August 14.20 Uhr", "2026-08-04T12:20:00Z"},
		{"le 4 août à 6h00 (heure de Paris)", "2026-08-04T04:00:00Z"},
		{"las 10:00 del 4 de agosto", "2026-08-04T08:00:00Z"},
		{"6 p.m. EST Friday", "2026-08-07T23:00:00Z"},
		{"06:00 GMT Monday", "2026-08-10T06:00:00Z"},
		{"12.01 a.m. BST on Wednesday", "2026-08-04T23:01:00Z"},
		{"00:01 Moscow time on August 5, 2026", "2026-08-04T21:01:00Z"},
		{"midnight tomorrow GMT", "2026-08-04T00:00:00Z"},
		{"0600 hrs GMT", "2026-08-04T06:00:00Z"},
		{"10:00 4 августа мск", "2026-08-04T07:00:00Z"},
	}
	for _, c := range cases {
		r, err := wiretime.Parse(c.in, at)
		if got := r.Time.UTC().Format(time.RFC3339); err != nil || got != c.want {
			t.Errorf("Parse(%q) = %s, %v; want %s", c.in, got, err, c.want)
		}
	}
	for _, in := range []string{"the minister speaks", "further notice", "after the speech at 10:00 GMT"} {
		if r, err := wiretime.Parse(in, at); err == nil {
			t.Errorf("Parse(%q) = %v; want nothing", in, r.Time)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-08-03T09:15:00Z", "3 août 2026 à 9h15", "08-03-26 0915GMT", "Mon, 3 Aug 26 09:15 EDT", "GMT+", "12.3.", "1:1:1:1"} {
		f.Add(s)
	}
	at := wiretime.Setting{Received: time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, s string) {
		if r, err := wiretime.Parse(s, at); err == nil && (r.Time.Year() < 0 || r.Time.Year() > 9999) {
			t.Fatalf("Parse(%q) = %v", s, r.Time)
		}
	})
}

// FuzzQuick holds the short way through dates of RFC 822 to what the long way makes of them.
func FuzzQuick(f *testing.F) {
	for _, s := range []string{
		"Tue, 03 Mar 2026 10:20:00 +0100", "Sun, 1 Jan 2023 00:00:00 GMT", "Sat, 31 Feb 2026 10:20:00 Z", "Wed, 29 Feb 2024 23:59:59 -1130", "Mon, 02 Nov 2026 10:20:30 UTC",
	} {
		f.Add(s)
	}
	at := wiretime.Setting{Received: time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, s string) {
		quick, ok := wiretime.Quick(s, at)
		if !ok {
			return
		}
		loose, ok := wiretime.Loose(s, at)
		if !ok || !quick.Time.Equal(loose.Time) || quick.Zoned != loose.Zoned || quick.DateOnly != loose.DateOnly || quick.Ambiguous != loose.Ambiguous || !slices.Equal(quick.Notes, loose.Notes) {
			t.Errorf("%q: the short way reads %+v, the long way %+v, %v", s, quick, loose, ok)
		}
	})
}
