package broker

import (
	"fmt"
	"reflect"
	"strings"
)

// Drift is one field of a stream or consumer that is not as the settings want it. Field is empty where the whole thing
// is missing.
type Drift struct {
	What, Field string
	Want, Have  string
}

func (d Drift) String() string {
	if d.Field == "" {
		return fmt.Sprintf("%s: %s", d.What, d.Have)
	}
	return fmt.Sprintf("%s: %s is %s, the settings want %s", d.What, d.Field, d.Have, d.Want)
}

// Drifts is the error of Ensure: everything that is not as the settings want it.
type Drifts []Drift

func (d Drifts) Error() string {
	var b strings.Builder
	b.WriteString("broker: streams differ from the settings; change the settings, or the broker with nats stream edit and nats consumer edit")
	for _, one := range d {
		b.WriteString("\n  " + one.String())
	}
	return b.String()
}

// compare lists the fields that differ between two configurations of one type. What the server fills in by itself does
// not count, and a limit of 0 and of -1 both mean none.
func compare[C any](what string, want, have C) Drifts {
	var found Drifts
	w, h := reflect.ValueOf(want), reflect.ValueOf(have)
	for i := range w.NumField() {
		name := w.Type().Field(i).Name
		a, b := w.Field(i), h.Field(i)
		if same(a, b) || a.IsZero() && filledIn(name) {
			continue
		}
		found = append(found, Drift{What: what, Field: name, Want: show(a), Have: show(b)})
	}
	return found
}

func same(a, b reflect.Value) bool {
	if a.CanInt() {
		return max(a.Int(), 0) == max(b.Int(), 0)
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

func filledIn(field string) bool {
	switch field {
	case "Name", "Metadata", "Placement", "ConsumerLimits", "Duplicates", "MaxWaiting", "Replicas":
		return true
	case "AllowRollup", "DenyPurge": // schedules and message TTLs turn these on and off
		return true
	}
	return false
}

func show(v reflect.Value) string {
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	return fmt.Sprintf("%+v", v.Interface())
}
