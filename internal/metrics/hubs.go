package metrics

// Hub counts a try to tell a hub of WebSub of a changed feed: told, again, refused. Hubs are named in the configuration.
func (f *Figures) Hub(hub, outcome string) { f.hubs.WithLabelValues(hub, outcome).Inc() }
