package learn

import (
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/identifier"
	"carbonledger/quantity"
	"carbonledger/table"
)

// complete asks for what no column gives.
func (l *lesson) complete() {
	if l.isRegister() {
		return
	}
	l.askFigures()
	l.askUnits()
	l.askEntity()
	l.askPeriod()
	l.askRole()
	l.askCumulative()
}

// isRegister says whether the file registers entities and counts nothing.
func (l *lesson) isRegister() bool {
	return l.gives("entity") && l.gives("name") && l.gives("area") && len(l.counting()) == 0
}

// gives says whether a column or a line above the header gives a field.
func (l *lesson) gives(field string) bool {
	for _, c := range l.columns {
		if c.field == field {
			return true
		}
	}
	return false
}

// counting returns the columns of figures.
func (l *lesson) counting() (list []*column) {
	for i := range l.columns {
		if l.columns[i].isFigures() {
			list = append(list, &l.columns[i])
		}
	}
	return list
}

// askFigures makes sure that something is counted, and of what.
func (l *lesson) askFigures() {
	counting := l.counting()
	if len(counting) == 0 {
		l.open = append(l.open, Prompt{Words: say(
			"no column holds figures; say of one of them quantity COMMODITY UNIT",
			"没有数值列；请将其中一列指定为 quantity 品种 单位")})
	}
	for _, c := range counting {
		if c.commodity != "" || l.gives("commodity") {
			continue
		}
		l.ask(Prompt{Words: say(
			fmt.Sprintf("column %d %s: figures of which commodity?", c.number, c.header),
			fmt.Sprintf("第%d列 %s：是哪个品种的数值？", c.number, c.header))},
			func(text string) dialects.Words {
				commodity, ok := l.Lexicon.Catalogue.Find(text)
				if !ok {
					near := list(l.Lexicon.Catalogue.Near(text))
					return say(
						fmt.Sprintf("%q is not a known commodity; near ones: %s", text, near),
						fmt.Sprintf("不认识品种“%s”；相近的有：%s", text, near))
				}
				c.commodity = commodity.ID
				return l.fits(c.commodity, c.unit)
			})
	}
}

// askUnits asks for the unit of every column of figures without one.
func (l *lesson) askUnits() {
	if l.gives("unit") {
		return
	}
	stated, line := l.aboveHeader("unit")
	_, isUnit := unitOf(stated)
	for _, c := range l.counting() {
		if c.unit != "" {
			continue
		}
		if isUnit && c.commodity == "" {
			// The line stands above every row, so the row is read in its unit.
			l.keep(line)
			continue
		}
		p := Prompt{Words: say(
			fmt.Sprintf("column %d %s: in which unit?", c.number, c.header),
			fmt.Sprintf("第%d列 %s：计量单位是什么？", c.number, c.header))}
		if isUnit && l.fits(c.commodity, stated) == (dialects.Words{}) {
			p.Guess, p.Shown = stated, say(stated, stated)
		}
		l.ask(p, func(text string) dialects.Words {
			if _, ok := unitOf(text); !ok {
				return say(fmt.Sprintf("%q is not a known unit", text),
					fmt.Sprintf("不认识单位“%s”", text))
			}
			c.unit = text
			return l.fits(c.commodity, text)
		})
	}
}

// askEntity asks who reports, where neither a column nor an area says so.
func (l *lesson) askEntity() {
	if l.gives("entity") || l.gives("area") {
		return
	}
	l.askField("entity", say("who reports? (a code that all rows of the file get)",
		"填报单位是谁？（整个文件共用的单位代码）"), func(text string) dialects.Words {
		if problem, _ := identifier.Credit(text); problem != "" {
			return say(fmt.Sprintf("%q is no valid credit code (%s)", text, problem),
				fmt.Sprintf("“%s”不是有效的统一社会信用代码（%s）", text, problem))
		}
		return dialects.Words{}
	})
}

// askPeriod asks for the time the figures are of.
func (l *lesson) askPeriod() {
	if l.gives("period") || l.gives("year") || l.gives("first") {
		return
	}
	l.askField("period", say("of which period is every row? (2022, 2022-03)",
		"每行数据属于哪个期间？（如 2022、2022-03）"), func(text string) dialects.Words {
		if _, err := quantity.ParsePeriod(table.Fold(text)); err != nil {
			return say(fmt.Sprintf("%q is not a period", text),
				fmt.Sprintf("“%s”不是期间", text))
		}
		return dialects.Words{}
	})
}

// askField asks for a field that is the same for every row; what a line above the header says is
// the guess, and then each file is read by its own line.
func (l *lesson) askField(field string, words dialects.Words, check func(string) dialects.Words) {
	value, line := l.aboveHeader(field)
	p := Prompt{Words: words, Guess: value}
	if value != "" {
		p.Shown = say(value+" (as the lines above the header say)", value+"（取自表头上方）")
	}
	l.ask(p, func(text string) dialects.Words {
		if problem := check(text); problem != (dialects.Words{}) {
			return problem
		}
		if text == value {
			l.keep(line)
		} else {
			l.constant = append(l.constant, constant{field, text})
		}
		return dialects.Words{}
	})
}

// keep takes a line above the header into the dialect, once.
func (l *lesson) keep(line dialects.Preamble) {
	if !slices.ContainsFunc(l.preambles, func(p dialects.Preamble) bool {
		return p.Pattern == line.Pattern
	}) {
		l.preambles = append(l.preambles, line)
	}
}

// askRole asks what the figures were for, where neither a column nor a header says so.
func (l *lesson) askRole() {
	open := slices.ContainsFunc(l.counting(), func(c *column) bool { return c.role == "" })
	if l.gives("role") || !open {
		return
	}
	l.ask(Prompt{Guess: "use", Shown: say("use", "消费（use）"), Words: say(
		"what became of it: use, feedstock, convert, product, sale, loss, or supply (bought)?",
		"这些数值的用途：消费、原料、加工转换、产出、外供、损失或购进？")}, func(text string) dialects.Words {
		role, ok := dialects.ReadRole(text)
		if !ok {
			return say(fmt.Sprintf("%q is not a role", text), fmt.Sprintf("“%s”不是用途", text))
		}
		l.constant = append(l.constant, constant{"role", string(role)})
		return dialects.Words{}
	})
}

// askCumulative asks whether figures run from 1 January. Words of the header are a guess; without
// them there is none, because a wrong one counts everything several times.
func (l *lesson) askCumulative() {
	p := Prompt{
		Words: say("do the figures run from 1 January to the end of their period? (yes, no)",
			"数值是否为自1月1日起的累计数？（是、否）"),
	}
	for _, c := range l.columns {
		switch {
		case strings.Contains(c.header, "累计") || strings.Contains(c.header, "1-本月"):
			p.Guess, p.Shown = "yes", say("yes", "是")
		case strings.Contains(c.header, "本月") || strings.Contains(c.header, "当月"):
			p.Guess, p.Shown = "no", say("no", "否")
		}
	}
	l.ask(p, func(text string) dialects.Words {
		switch strings.ToLower(text) {
		case "yes", "y", "是":
			l.cumulative = true
		case "no", "n", "否":
			l.cumulative = false
		default:
			return say("write yes or no", "请写是或否")
		}
		return dialects.Words{}
	})
}

// text writes the dialect.
func (l *lesson) text() string {
	var b strings.Builder
	file := l.Sheet.File
	fmt.Fprintf(
		&b,
		"# Dialect learned from %s; docs/format/dialect.md describes the keys.\n",
		oneLine(file),
	)
	fmt.Fprintf(&b, "# 由 %s 学得的表式；各项含义见 docs/format/dialect.md。\n", oneLine(file))
	fmt.Fprintf(&b, "id = %s\ntitle_zh = %s\ntitle_en = %s\nsource = %s\n", quote(l.id()),
		quote("由 "+file+" 学得"), quote("learned from "+file), quote("learned from "+file))
	if l.cumulative {
		b.WriteString("cumulative = true\n")
	}
	if l.isRegister() {
		b.WriteString("registers = true\n")
	}
	b.WriteString("closed = true\n")
	fmt.Fprintf(&b, "missing = %s\n", quotes(signs))
	fmt.Fprintf(&b, "totals = %s\n", quotes(totals))
	fmt.Fprintf(&b, "notes = %s\n", quotes([]string{"注：", "说明：", "数据来源", "填表人", "制表人"}))
	if len(l.constant) > 0 {
		b.WriteString("\n[constant]\n")
	}
	for _, c := range l.constant {
		fmt.Fprintf(&b, "%s = %s\n", c.field, quote(c.value))
	}
	for _, p := range l.preambles {
		fmt.Fprintf(&b, "\n[[preamble]]\npattern = %s\n", quote(p.Pattern))
		for field, value := range p.Fields {
			fmt.Fprintf(&b, "fields = { %s = %s }\n", field, quote(value))
		}
	}
	for _, c := range l.columns {
		b.WriteString(c.text())
	}
	return b.String()
}

// text writes the entry of a column. All columns that are read are required: the dialect is for
// this header and no other.
func (c column) text() string {
	if !c.isFigures() {
		text := fmt.Sprintf("\n[[column]]\nnames = [%s]\nfield = %s\n", quote(c.header),
			quote(c.field))
		if c.field != ignored {
			text += "required = true\n"
		}
		return text
	}
	text := fmt.Sprintf("\n[[measure]]\nnames = [%s]\n", quote(c.header))
	pairs := [][2]string{{"commodity", c.commodity}, {"unit", c.unit}, {"role", c.role}}
	for _, pair := range pairs {
		if pair[1] != "" {
			text += fmt.Sprintf("%s = %s\n", pair[0], quote(pair[1]))
		}
	}
	return text
}

// quote writes a TOML basic string.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String() + `"`
}

func quotes(texts []string) string {
	var all []string
	for _, text := range texts {
		all = append(all, quote(text))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// oneLine keeps a text from ending the comment it stands in.
func oneLine(text string) string { return strings.Trim(quote(text), `"`) }
