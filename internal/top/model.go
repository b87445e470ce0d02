package top

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Model is the terminal's picture of a line. It reads the figures again at every interval until q or Ctrl-C is pressed.
type Model struct {
	read        func() Reading
	every       time.Duration
	colour      bool
	last        Reading
	table       Table
	height      int
	interrupted bool
}

// NewModel makes a picture of what read returns. Without colour it writes none.
func NewModel(read func() Reading, every time.Duration, colour bool) Model {
	return Model{read: read, every: every, colour: colour}
}

// Interrupted says whether Ctrl-C ended it.
func (m Model) Interrupted() bool { return m.interrupted }

type tick struct{}

// Init implements tea.Model.
func (m Model) Init() tea.Cmd { return m.look }

func (m Model) look() tea.Msg { return m.read() }

// Update implements tea.Model.
func (m Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q", "esc":
			return m, tea.Quit
		case "ctrl+c":
			m.interrupted = true
			return m, tea.Quit
		}
	case tea.WindowSizeMsg:
		m.height = msg.Height
	case tick:
		return m, m.look
	case Reading:
		if m.last.At.IsZero() {
			m.last = msg
		}
		m.table, m.last = Between(m.last, msg), msg
		return m, tea.Tick(m.every, func(time.Time) tea.Msg { return tick{} })
	}
	return m, nil
}

// View implements tea.Model.
func (m Model) View() tea.View {
	v := tea.NewView("reading the figures …\n")
	if !m.last.At.IsZero() {
		v = tea.NewView(m.picture())
	}
	v.AltScreen = true
	return v
}

// picture is the table as far as the window goes.
func (m Model) picture() string {
	lines := strings.Split(strings.TrimSuffix(m.table.String(), "\n"), "\n")
	if m.height > 2 && len(lines) > m.height-1 {
		lines = append(lines[:m.height-2], "…")
	}
	for i, line := range lines {
		heading := i == 0 || strings.HasPrefix(line, "STAGE") || strings.HasPrefix(line, "FEED") || strings.HasPrefix(line, "OUTPUT")
		if m.colour && heading {
			lines[i] = "\x1b[1m" + line + "\x1b[0m"
		}
	}
	return strings.Join(append(lines, "q quits"), "\n")
}
