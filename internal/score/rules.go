package score

// Rules counts, for every rule that fired on annotated stories, how many of the attributions it had a part in are right:
// what the factors of a rule are set by.
func Rules(stories []Story, read Reader) *Table {
	t := new(Table)
	for _, s := range stories {
		a := read(s.Text)
		_, right := Match(s.Text, a.Attributions, s.Gold.Attributions)
		for i, at := range a.Attributions {
			c := Count{Claimed: 1}
			if right[i] {
				c.Hit = 1
			}
			for _, rule := range at.Rules {
				t.Add("rule "+rule, s.Name, c)
			}
		}
	}
	return t
}
